"""A declared board: its rows are written as given, and its list has every row once and in order."""

import asyncio
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fastapi import Depends, FastAPI
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.board import Ascending, Asked, Board, Descending, Division, Key
from shared.http.paging import PageRequest, decode_cursor, encode_cursor
from shared.postgres import Pool, new_pool
from shared.refusals import InvalidInput
from tests.parts import FreshDatabase, PostgresForTests
from tests.shared.ledgers import COUNTY, DIVISION, NEIGHBOUR
from tests.shared.loans import LOANS, LoanRow, State, fresh_loans, written

MIDNIGHT = datetime(2025, 3, 4, tzinfo=UTC)
ELSEWHERE = "519901101"
NEWEST, DUE = Asked("newest", {}), Asked("due", {})


def loan(division: str, number: int, **changes: Any) -> LoanRow:
    row = LoanRow(
        division=division,
        loan_id=f"{division}-{number:04}",
        shelf="a",
        state=State.LENT,
        lent_at=MIDNIGHT,
        due_at=None,
        returned_at=None,
        readers=[],
        count=0,
        version=1,
        card=None,
    )
    return replace(row, **changes)


def given_rows(*loans: LoanRow) -> list[dict[str, object]]:
    left_out = {"division", "count"}
    return [{k: v for k, v in asdict(one).items() if k not in left_out} for one in loans]


@pytest.fixture(scope="module")
def database(postgres: PostgresForTests, tmp_path_factory: Any) -> FreshDatabase:
    folder: Path = tmp_path_factory.mktemp("loans")
    return fresh_loans(postgres, folder)


@pytest.fixture(autouse=True)
def emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "database" in request.fixturenames:
        empty(request.getfixturevalue("database"))


def empty(database: FreshDatabase) -> None:
    with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
        connection.execute("delete from loan_board")


def insert(database: FreshDatabase, loans: list[LoanRow]) -> None:
    for division in sorted({each.division for each in loans}):
        rows = given_rows(*(each for each in loans if each.division == division))
        written(database, division, LOANS.insert(division, rows))


async def pages(pool: Pool, scope: str, asked: Asked, size: int) -> list[list[Any]]:
    """Every page, by the cursor of the one before."""
    read, paging = [], PageRequest(size, None)
    while True:
        page = await LOANS.page(pool, scope, asked, paging)
        read.append(page["items"])
        if page["next"] is None:
            return read
        paging = PageRequest(size, decode_cursor(page["next"]))


def listed(
    database: FreshDatabase, scope: str = COUNTY, asked: Asked = NEWEST, size: int = 50
) -> list[list[Any]]:
    async def read() -> list[list[Any]]:
        async with new_pool(database.dsn, name="board", size=1) as pool:
            return await pages(pool, scope, asked, size)

    return asyncio.run(read())


def ids(found: list[list[Any]]) -> list[str]:
    return [line.loan_id for page in found for line in page]


moments = st.integers(0, 2).map(lambda days: MIDNIGHT + timedelta(days=days))
places = st.tuples(st.sampled_from([DIVISION, NEIGHBOUR, ELSEWHERE]), st.integers(0, 400))
boards = st.dictionaries(
    places,
    st.tuples(
        moments, st.none() | moments, st.sampled_from(State), st.sampled_from(["a", "b", None])
    ),
    max_size=25,
)


@dataclass(frozen=True)
class Question:
    """A list that is asked for, and what the plain model answers."""

    scope: str
    order: str
    shelf: str | None
    out: bool

    @property
    def asked(self) -> Asked:
        shelf = {"shelf": self.shelf} if self.shelf else {}
        return Asked(self.order, shelf | ({"out": True} if self.out else {}))

    def answer(self, loans: list[LoanRow]) -> list[str]:
        is_out = {State.LENT, State.OVERDUE}
        only_out = self.out or self.order == "due"
        found = [
            each
            for each in loans
            if each.division.startswith(self.scope)
            and (self.shelf is None or each.shelf == self.shelf)
            and (not only_out or each.state in is_out)
        ]
        if self.order == "newest":
            found.sort(key=lambda each: (each.division, each.lent_at, each.loan_id), reverse=True)
        else:
            found.sort(key=lambda each: (each.due_at is None, each.due_at or 0, each.loan_id))
        return [each.loan_id for each in found]


questions = st.builds(
    Question,
    scope=st.sampled_from([DIVISION, NEIGHBOUR, COUNTY, ELSEWHERE, "519900109"]),
    order=st.sampled_from(["newest", "due"]),
    shelf=st.sampled_from(["a", None]),
    out=st.booleans(),
)


@pytest.mark.parts
@settings(max_examples=60, deadline=None)
@given(board=boards, asked=st.lists(st.tuples(questions, st.integers(1, 7)), max_size=6))
def test_every_row_in_scope_comes_once_and_in_order(
    database: FreshDatabase, board: dict[Any, Any], asked: list[tuple[Question, int]]
) -> None:
    loans = [
        loan(*place, lent_at=lent, due_at=due, state=state, shelf=shelf)
        for place, (lent, due, state, shelf) in board.items()
    ]
    empty(database)
    insert(database, loans)
    for question, size in asked:
        found = listed(database, question.scope, question.asked, size)
        assert ids(found) == question.answer(loans)
        assert all(len(page) == size for page in found[:-1])


@pytest.mark.parts
def test_a_line_shows_what_was_inserted_and_what_is_computed(database: FreshDatabase) -> None:
    one = loan(DIVISION, 1, readers=["Wu", "Li"], due_at=MIDNIGHT, card="c-1")
    insert(database, [one])
    ((line,),) = listed(database)
    assert asdict(line) == {
        name: value for name, value in asdict(one).items() if name != "card"
    } | {"count": 2}


@pytest.mark.parts
def test_an_update_moves_the_moving_columns_of_its_rows_only(database: FreshDatabase) -> None:
    insert(database, [loan(DIVISION, 1, shelf="b"), loan(DIVISION, 2), loan(NEIGHBOUR, 1)])
    moved = {
        "loan_id": f"{DIVISION}-0001",
        "state": State.BACK,
        "due_at": MIDNIGHT,
        "returned": True,
        "returned_at": MIDNIGHT,
        "readers": ["Wu"],
        "version": 2,
    }
    written(database, DIVISION, LOANS.update(DIVISION, [moved]))
    neighbour, second, first = listed(database)[0]
    assert (first.state, first.due_at, first.readers) == (State.BACK, MIDNIGHT, ["Wu"])
    assert (first.shelf, first.lent_at, first.returned_at) == ("b", MIDNIGHT, MIDNIGHT)
    assert {second.version, neighbour.version} == {1}
    stays = {"returned": False, "returned_at": None, "state": State.OVERDUE}
    written(database, DIVISION, LOANS.update(DIVISION, [moved | stays]))
    assert listed(database)[0][2].returned_at == MIDNIGHT


@pytest.mark.parts
def test_an_upsert_inserts_and_then_moves(database: FreshDatabase) -> None:
    once = given_rows(loan(DIVISION, 1, shelf="a", version=1))
    again = given_rows(loan(DIVISION, 1, shelf="b", version=2), loan(DIVISION, 2))
    for rows in (once, again):
        written(database, DIVISION, LOANS.upsert(DIVISION, rows))
    second, first = listed(database)[0]
    assert (first.shelf, first.version) == ("a", 2)
    assert second.version == 1


@pytest.mark.parts
def test_filters_with_sql_of_their_own_narrow_the_list(database: FreshDatabase) -> None:
    insert(database, [loan(DIVISION, 1, readers=["Wu"]), loan(DIVISION, 2, state="lost")])
    assert ids(listed(database, asked=Asked("newest", {"reader": "Wu"}))) == [f"{DIVISION}-0001"]
    assert ids(listed(database, asked=Asked("newest", {"all": False}))) == [f"{DIVISION}-0001"]


def test_no_rows_need_no_statement() -> None:
    assert LOANS.insert(DIVISION, []) == LOANS.update(DIVISION, []) == []


def test_a_row_that_lacks_a_column_is_refused() -> None:
    (row,) = given_rows(loan(DIVISION, 1))
    del row["version"]
    with pytest.raises(ValueError, match=r"\['version'\]"):
        LOANS.insert(DIVISION, [row])


@pytest.mark.parametrize("order", ["newest", "due"])
@pytest.mark.parametrize(
    "values",
    [
        (DIVISION, 17, "x"),
        (DIVISION, "yesterday", "x"),
        (DIVISION, "2025-03-04T00:00:00.000000Z"),
        ("due", "2025-03-04T00:00:00.000000Z", 1),
        ("due", 17, "x"),
        ("infinity", "x"),
        (),
    ],
)
def test_a_cursor_that_the_order_did_not_make_is_refused(order: str, values: Any) -> None:
    with pytest.raises(InvalidInput):
        LOANS.keysets[order].place(PageRequest(5, values))


def test_a_cursor_of_another_order_is_refused() -> None:
    for made, asked in (("newest", "due"), ("due", "newest")):
        cursor = LOANS.keysets[made].cursor(loan(DIVISION, 1))
        with pytest.raises(InvalidInput):
            LOANS.keysets[asked].place(PageRequest(5, cursor))


@given(st.none() | moments, st.integers(0, 9))
def test_a_cursor_says_where_its_line_is(due_at: datetime | None, number: int) -> None:
    line = loan(DIVISION, number, due_at=due_at)
    for keyset, place in (
        (LOANS.keysets["newest"], (DIVISION, MIDNIGHT, line.loan_id)),
        (LOANS.keysets["due"], (due_at, line.loan_id)),
    ):
        cursor = decode_cursor(encode_cursor(keyset.cursor(line)))
        assert keyset.place(PageRequest(5, cursor)) == place


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine:
    """A line whose title may be unknown."""

    division: Division
    note_id: Key[str]
    title: str | None
    noted_at: datetime | None


@pytest.mark.parametrize(
    "order",
    [
        Ascending(by=("title", "note_id"), says="by title"),
        Descending(by=("noted_at", "note_id"), says="the newest first"),
    ],
)
def test_what_may_be_unknown_orders_only_as_a_time_and_ascending(order: Any) -> None:
    with pytest.raises(TypeError, match="may be unknown"):
        Board("note_board", shows=NoteLine, orders={"only": order})


def test_a_type_without_a_column_is_refused() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Odd:
        weight: float

    with pytest.raises(TypeError, match="weight"):
        Board("odd_board", shows=Odd, orders={"only": Ascending(by=("weight",), says="")})


def test_a_route_documents_every_filter_and_the_orders() -> None:
    app = FastAPI()

    @app.get("/loans")
    async def loans(asked: Asked = Depends(LOANS.asked)) -> dict[str, Any]:  # noqa: B008
        return asdict(asked)

    told = app.openapi()["paths"]["/loans"]["get"]["parameters"]
    assert [each["name"] for each in told] == [
        *("division", "shelf", "state", "out", "reader", "all", "order", "from", "to")
    ]
    (order,) = (each for each in told if each["name"] == "order")
    assert order["schema"]["enum"] == ["newest", "due"]
    assert order["description"] == "newest: the newest first; due: the soonest due first"

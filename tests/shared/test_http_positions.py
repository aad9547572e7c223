"""Positions: written and read back, waited for, never for ever."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.http import Position, format_positions, parse_positions
from tests.shared.doors import following_router, knocking, sample_app

DIVISIONS = st.from_regex(r"[1-9][0-9]{5}([0-9]{3})?", fullmatch=True).filter(str.isascii)
POSITIONS = st.builds(
    Position,
    st.sampled_from(["intake", "grid", "mediation", "stats"]),
    DIVISIONS,
    st.integers(min_value=0, max_value=2**53 - 1),
)


@given(st.lists(POSITIONS, min_size=1, unique_by=lambda p: (p.service, p.division)))
def test_positions_are_read_as_they_were_written(positions: list[Position]) -> None:
    assert parse_positions(format_positions(positions)) == tuple(positions)


def test_a_position_reads_as_service_division_and_sequence() -> None:
    assert str(Position("intake", "519900101", 42)) == "intake/519900101@42"


def test_of_one_ledger_the_furthest_counts() -> None:
    text = "intake/519900101@7, intake/519900101@42,intake/519900101@9"
    assert parse_positions(text) == (Position("intake", "519900101", 42),)


@given(st.text(max_size=60))
def test_hostile_text_is_no_position(text: str) -> None:
    try:
        position = Position.parse(text)
    except ValueError:
        return
    assert str(position) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        ",",
        "intake/519900101",
        "intake/519900101@-1",
        "intake/519900101@042",
        "intake/519900101@9007199254740992",
        "intake/519900101@１",
        "intake/51990010@1",
        "Intake/519900101@1",
        "intake/519900101@1;grid/519900101@1",
    ],
)
def test_what_is_not_quite_a_position_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a position is written as"):
        parse_positions(text)


def test_a_list_has_an_end() -> None:
    many = ",".join(f"intake/{number}@1" for number in range(519900101, 519900101 + 501))
    with pytest.raises(ValueError, match="at most 500"):
        parse_positions(many)


async def test_a_query_waits_until_the_position_is_reached() -> None:
    reached = {("intake", "519900101"): 41}
    app = sample_app(following_router(reached, within=5))
    async with knocking(app) as client:
        asking = asyncio.create_task(client.get("/shown?at_least=intake/519900101@42"))
        await asyncio.sleep(0.03)
        assert not asking.done()
        reached["intake", "519900101"] = 42
        answer = await asking
    assert answer.json() == {"shown": ["intake/519900101@42"]}


async def test_a_position_that_is_not_reached_in_time_is_503_with_retry_after() -> None:
    app = sample_app(following_router({}, within=0.05))
    async with knocking(app) as client:
        answer = await client.get("/shown?at_least=intake/519900101@42")
    assert answer.status_code == 503
    assert answer.json()["type"] == "/problems/position-not-reached"
    assert answer.headers["retry-after"] == "1"


async def test_a_ledger_that_is_not_followed_is_422() -> None:
    app = sample_app(following_router({}, within=5))
    async with knocking(app) as client:
        answer = await client.get("/shown?at_least=grid/519900101@1")
    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/ledger-not-followed"


async def test_a_malformed_position_names_its_parameter() -> None:
    app = sample_app(following_router({}, within=5))
    async with knocking(app) as client:
        answer = await client.get("/shown?at_least=张三")
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["at_least"]
    assert "张三" not in answer.text


async def test_without_positions_nothing_is_waited_for() -> None:
    async with knocking(sample_app(following_router({}, within=5))) as client:
        assert (await client.get("/shown")).json() == {"shown": []}

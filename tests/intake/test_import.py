"""The bulk door: registers come in whole, once, and a bad row fails alone."""

import asyncio
from typing import Any

import pytest

from shared.http import parse_positions
from shared.identity import Role
from tests.intake.doors import COUNTY, NEIGHBOUR, TOWNSHIP, Doors, problem

pytestmark = pytest.mark.parts

FILED_AT = "2019-01-05T10:00:00+08:00"
REPLIED_AT = "2019-01-20T10:00:00+08:00"
REPLY = {"do": "reply", "at": REPLIED_AT, "text": "已处理。"}


def a_row(row: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "row": row,
        "number": str(2000 + row),
        "division": TOWNSHIP,
        "file": {"at": FILED_AT, "channel": "online", "narrative": f"第{row}封信"},
        "facts": [],
    } | changes


async def bring(
    doors: Doors, source: str, *rows: dict[str, Any], division: str = COUNTY
) -> dict[str, Any]:
    answer = await doors.post(
        "/cases/import",
        {"source": source, "rows": list(rows)},
        role=Role.BACKFILL,
        division=division,
    )
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def counts(told: dict[str, Any]) -> tuple[int, int, int, int]:
    return told["filed"], told["extended"], told["known"], told["rejected"]


def the_only(told: dict[str, Any]) -> dict[str, Any]:
    (result,) = told["results"]
    found: dict[str, Any] = result
    return found


async def history(doors: Doors, case_id: str) -> list[dict[str, Any]]:
    shown = await doors.get(f"/cases/{case_id}", division=COUNTY)
    facts: list[dict[str, Any]] = shown.json()["history"]
    return facts


async def test_a_row_becomes_a_case_with_all_that_it_states(doors: Doors) -> None:
    result = the_only(await bring(doors, "whole", a_row(facts=[REPLY])))
    assert (result["outcome"], result["events"], result["problem"]) == ("filed", 2, None)
    filed, replied = await history(doors, result["case_id"])
    assert filed["occurred_at"] == "2019-01-05T02:00:00.000000Z"
    assert filed["data"]["imported"] is True
    assert filed["data"]["external_source"] == "whole"
    assert filed["data"]["external_number"] == "2001"
    assert filed["data"]["number"].startswith("519900-2019-WS-")
    assert replied["event"] == "case-replied"
    assert replied["occurred_at"] == "2019-01-20T02:00:00.000000Z"
    assert len(replied["data"]["reply_digest"]) == 64


async def test_what_a_register_does_not_state_is_not_made_up(doors: Doors) -> None:
    silent = a_row(file={"at": FILED_AT, "day_only": True})
    (filed,) = await history(doors, the_only(await bring(doors, "silent", silent))["case_id"])
    told = {name: filed["data"][name] for name in ("channel", "purpose", "category", "headcount")}
    assert told == {
        "channel": "not-stated",
        "purpose": "not-stated",
        "category": "unclassified",
        "headcount": None,
    }
    assert filed["data"]["day_only"] is True
    assert filed["data"]["number"].startswith("519900-2019-QT-")


async def test_every_fact_that_a_register_may_state_is_taken(doors: Doors) -> None:
    at = {"at": "2019-02-01T10:00:00+08:00"}
    rows = [
        a_row(1, facts=[{"do": "accept", **at}, REPLY, {"do": "close", **at}]),
        a_row(2, facts=[{"do": "withdraw", **at}, {"do": "close", **at, "outcome": "withdrawn"}]),
        a_row(3, facts=[{"do": "divert", **at}]),
        a_row(4, facts=[{"do": "link", **at, "why": "duplicate"}]),
        a_row(5, facts=[{"do": "forward", **at}]),
        a_row(6, facts=[{"do": "resolve", **at, "how": "agreement-performed"}]),
        a_row(7, facts=[{"do": "close", **at, "outcome": "partly"}]),
    ]
    told = await bring(doors, "every-fact", *rows)
    assert counts(told) == (7, 0, 0, 0)
    states = [
        (await doors.get(f"/cases/{result['case_id']}")).json()["state"]
        for result in told["results"]
    ]
    assert states == ["closed", "closed", "diverted", "linked", "forwarded", "resolved", "closed"]
    again = await bring(doors, "every-fact", *rows)
    assert counts(again) == (0, 0, 7, 0)


async def test_the_same_rows_again_file_nothing(doors: Doors) -> None:
    rows = [a_row(number, facts=[REPLY]) for number in range(1, 21)]
    first = await bring(doors, "twice", *rows)
    heads = await doors.office.cases.ledger.heads(COUNTY, [TOWNSHIP])
    again = await bring(doors, "twice", *rows)
    assert (counts(first), counts(again)) == ((20, 0, 0, 0), (0, 0, 20, 0))
    assert [result["case_id"] for result in again["results"]] == [
        result["case_id"] for result in first["results"]
    ]
    assert await doors.office.cases.ledger.heads(COUNTY, [TOWNSHIP]) == heads


async def test_a_row_that_has_an_answer_now_is_extended(doors: Doors) -> None:
    first = the_only(await bring(doors, "later", a_row()))
    result = the_only(await bring(doors, "later", a_row(facts=[REPLY])))
    assert (result["outcome"], result["events"]) == ("extended", 1)
    assert result["case_id"] == first["case_id"]
    assert [fact["event"] for fact in await history(doors, first["case_id"])] == [
        "case-filed",
        "case-replied",
    ]


async def test_a_row_whose_answer_has_changed_is_told(doors: Doors) -> None:
    await bring(doors, "changed", a_row(facts=[REPLY]))
    changed = REPLY | {"text": "又处理了一次。"}
    result = the_only(await bring(doors, "changed", a_row(facts=[changed])))
    assert result["outcome"] == "rejected"
    assert result["problem"]["type"] == "/problems/case-replied-otherwise"


async def test_a_number_that_comes_with_other_content_is_told(doors: Doors) -> None:
    other = a_row(file={"at": FILED_AT, "narrative": "另一封信"})
    told = await bring(doors, "reused", a_row(1), other, a_row(1))
    assert [result["outcome"] for result in told["results"]] == ["filed", "rejected", "known"]
    assert told["results"][1]["problem"]["type"] == "/problems/filed-with-other-content"


async def test_a_row_without_a_number_goes_by_its_place(doors: Doors) -> None:
    row = a_row(12, number=None)
    result = the_only(await bring(doors, "unnumbered", row))
    (filed,) = await history(doors, result["case_id"])
    assert filed["data"]["external_number"] == "row 12"
    assert counts(await bring(doors, "unnumbered", row)) == (0, 0, 1, 0)


async def test_two_registers_may_use_the_same_number(doors: Doors) -> None:
    assert counts(await bring(doors, "register-a", a_row())) == (1, 0, 0, 0)
    assert counts(await bring(doors, "register-b", a_row())) == (1, 0, 0, 0)


async def test_a_corrected_division_does_not_file_a_row_twice(doors: Doors) -> None:
    first = the_only(await bring(doors, "moved", a_row()))
    result = the_only(await bring(doors, "moved", a_row(division=NEIGHBOUR)))
    assert result["outcome"] == "rejected"
    assert result["case_id"] == first["case_id"]
    assert result["problem"]["type"] == "/problems/filed-under-another-division"
    assert result["problem"]["field"] == "division"


async def test_the_case_of_another_township_is_not_named(doors: Doors) -> None:
    await bring(doors, "hidden", a_row())
    told = await bring(doors, "hidden", a_row(division=NEIGHBOUR), division=NEIGHBOUR)
    result = the_only(told)
    assert result["problem"]["type"] == "/problems/filed-under-another-division"
    assert result["case_id"] is None
    assert TOWNSHIP not in str(result)


BAD_ROWS: list[tuple[dict[str, Any], str, str | None]] = [
    ({"division": "519900"}, "invalid-input", "division"),
    ({"division": "519901101"}, "division-out-of-scope", "division"),
    ({"file": {"at": FILED_AT, "channel": "pigeon"}}, "invalid-input", "file.channel"),
    ({"file": {"at": "2019-01-05T10:00:00"}}, "invalid-input", "file.at"),
    ({"file": {"at": "2199-01-05T10:00:00Z"}}, "not-yet-happened", "file.at"),
    ({"file": {"at": FILED_AT, "ethnicity": "x"}}, "invalid-input", "file.ethnicity"),
    ({"facts": [REPLY | {"at": "2199-01-05T10:00:00Z"}]}, "not-yet-happened", "facts.0.at"),
    ({"facts": [REPLY | {"at": "2018-01-05T10:00:00Z"}]}, "happened-before-it-began", None),
    ({"facts": [{"do": "file", "at": FILED_AT}]}, "invalid-input", "facts.0"),
    ({"facts": [{"do": "link", "at": FILED_AT}]}, "invalid-input", "facts.0.link.why"),
    (
        {"facts": [{"do": "close", "at": FILED_AT, "outcome": "withdrawn"}]},
        "outcome-not-in-record",
        None,
    ),
    (
        {"file": {"at": FILED_AT, "village_code": "519900102001"}},
        "village-elsewhere",
        "village_code",
    ),
    ({"row": "twelve"}, "invalid-input", "row"),
]


@pytest.mark.parametrize(
    ("changes", "slug", "field"), BAD_ROWS, ids=[f"{slug}-{field}" for _, slug, field in BAD_ROWS]
)
async def test_a_bad_row_fails_alone(
    doors: Doors, changes: dict[str, Any], slug: str, field: str | None
) -> None:
    source = f"bad-{BAD_ROWS.index((changes, slug, field))}"
    told = await bring(doors, source, a_row(1), a_row(2) | changes, a_row(3))
    assert counts(told) == (2, 0, 0, 1)
    result = told["results"][1]
    assert result["outcome"] == "rejected"
    assert result["problem"]["type"] == f"/problems/{slug}"
    assert result["problem"]["field"] == field
    assert "pigeon" not in str(told)


async def test_all_of_a_row_goes_in_or_nothing_of_it(doors: Doors) -> None:
    contrary = [REPLY, REPLY | {"text": "另一个答复"}]
    told = await bring(doors, "halves", a_row(facts=contrary))
    assert counts(told) == (0, 0, 0, 1)
    assert counts(await bring(doors, "halves", a_row(facts=[REPLY]))) == (1, 0, 0, 0)


async def test_rows_of_several_townships_tell_every_ledgers_position(doors: Doors) -> None:
    rows = [a_row(1), a_row(2, division=NEIGHBOUR), a_row(3)]
    answer = await doors.post(
        "/cases/import",
        {"source": "spread", "rows": rows},
        role=Role.BACKFILL,
        division=COUNTY,
    )
    positions = parse_positions(answer.headers["Concord-Position"])
    assert {position.division for position in positions} == {TOWNSHIP, NEIGHBOUR}
    shown = await doors.get("/cases", division=COUNTY, at_least=answer.headers["Concord-Position"])
    assert shown.status_code == 200


async def test_the_board_shows_what_was_brought_in(empty_doors: Doors) -> None:
    told = await bring(empty_doors, "board", a_row(1, facts=[REPLY]), a_row(2))
    lines = (await empty_doors.get("/cases")).json()["items"]
    shown = {line["case_id"]: (line["state"], line["filed_at"][:10]) for line in lines}
    first, second = (result["case_id"] for result in told["results"])
    assert shown == {first: ("answered", "2019-01-05"), second: ("filed", "2019-01-05")}


async def test_the_same_rows_at_the_same_time_file_nothing_twice(doors: Doors) -> None:
    rows = [
        a_row(number, division=(TOWNSHIP, NEIGHBOUR)[number % 2], facts=[REPLY])
        for number in range(1, 41)
    ]
    tellings = await asyncio.gather(*(bring(doors, "race", *rows) for _ in range(4)))
    assert sum(told["filed"] for told in tellings) == 40
    assert sum(told["known"] for told in tellings) == 120
    cases = {tuple(result["case_id"] for result in told["results"]) for told in tellings}
    assert len(cases) == 1


async def test_the_same_rows_under_two_divisions_at_the_same_time_are_filed_once(
    doors: Doors,
) -> None:
    here = [a_row(number) for number in range(1, 31)]
    there = [a_row(number, division=NEIGHBOUR) for number in reversed(range(1, 31))]
    tellings = await asyncio.gather(
        bring(doors, "two-maps", *here), bring(doors, "two-maps", *there)
    )
    assert sum(told["filed"] for told in tellings) == 30
    assert sum(told["rejected"] for told in tellings) == 30


@pytest.mark.parametrize(
    "body",
    [
        {"source": "x", "rows": []},
        {"source": "", "rows": [{}]},
        {"source": "x", "rows": [{}] * 1001},
        {"source": "x", "rows": [7]},
        {"rows": [{}]},
    ],
    ids=["no rows", "no source", "too many", "no object", "source missing"],
)
async def test_a_request_that_is_no_import_is_refused_whole(
    doors: Doors, body: dict[str, Any]
) -> None:
    answer = await doors.post("/cases/import", body, role=Role.BACKFILL)
    assert (problem(answer), answer.status_code) == ("invalid-input", 422)


async def test_a_register_larger_than_a_megabyte_fits_through_the_door(doors: Doors) -> None:
    rows = [
        a_row(number, file={"at": FILED_AT, "narrative": "长" * 5_000}) for number in range(1, 101)
    ]
    assert counts(await bring(doors, "large", *rows)) == (100, 0, 0, 0)

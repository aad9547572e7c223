"""Cases are read: the board with its filters and pages, and one case with its history."""

from typing import Any

import pytest

from services.intake.domain.case import CaseState
from shared.contracts.document import code_lists
from shared.contracts.event import Code
from shared.identity import Role
from tests.intake.doors import (
    ACCEPT,
    COUNTY,
    FILE_HERE,
    NEIGHBOUR,
    TOWNSHIP,
    Doors,
    a_filing,
    problem,
)

pytestmark = pytest.mark.parts


async def listed(doors: Doors, **query: Any) -> list[str]:
    answer = await doors.get("/cases", **query)
    assert answer.status_code == 200, answer.text
    return [line["case_id"] for line in answer.json()["items"]]


async def test_the_board_shows_the_newest_case_first(empty_doors: Doors) -> None:
    days = ("2025-03-04", "2025-01-01", "2025-06-30")
    filed = {day: await empty_doors.file(occurred_at=f"{day}T10:00:00+08:00") for day in days}
    assert await listed(empty_doors) == [filed[day] for day in sorted(days, reverse=True)]


async def test_pages_neither_skip_nor_repeat(empty_doors: Doors) -> None:
    filed = {await empty_doors.file(division) for division in (TOWNSHIP, NEIGHBOUR) * 3}
    seen: list[str] = []
    query: dict[str, Any] = {"role": Role.AUDITOR, "division": COUNTY, "limit": 2}
    while True:
        answer = (await empty_doors.get("/cases", **query)).json()
        seen += [line["case_id"] for line in answer["items"]]
        if answer["next"] is None:
            break
        query["cursor"] = answer["next"]
    assert len(seen) == 6
    assert set(seen) == filed


async def test_the_board_is_narrowed_by_what_it_is_asked_for(empty_doors: Doors) -> None:
    doors = empty_doors
    land = await doors.file(category="land", occurred_at="2025-01-31T23:30:00+08:00")
    health = await doors.file(category="health", occurred_at="2025-02-01T00:30:00+08:00")
    online = await doors.file(
        category="health", channel="online", occurred_at="2025-02-02T10:00:00+08:00"
    )
    await doors.tell(health, ACCEPT)
    assert await listed(doors, category="land") == [land]
    assert await listed(doors, category="health") == [online, health]
    assert await listed(doors, state="accepted") == [health]
    assert await listed(doors, state="filed", category="health") == [online]
    assert await listed(doors, channel="online") == [online]
    assert await listed(doors, **{"from": "2025-02-01"}) == [online, health]
    assert await listed(doors, to="2025-01-31") == [land]
    assert await listed(doors, **{"from": "2025-02-01", "to": "2025-02-01"}) == [health]


async def test_a_period_that_ends_before_it_begins_is_refused(doors: Doors) -> None:
    period: dict[str, Any] = {"from": "2025-02-01", "to": "2025-01-31"}
    answer = await doors.get("/cases", **period)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "to"


async def test_times_have_one_spelling_on_the_board_and_in_the_case(empty_doors: Doors) -> None:
    case_id = await empty_doors.file(occurred_at="2025-03-04T10:00:00+08:00")
    await empty_doors.tell(case_id, ACCEPT)
    (line,) = (await empty_doors.get("/cases")).json()["items"]
    shown = (await empty_doors.get(f"/cases/{case_id}")).json()
    assert line["filed_at"] == "2025-03-04T02:00:00.000000Z"
    assert line["due_at"] == shown["due_at"]


async def test_a_county_narrows_the_board_to_a_township(empty_doors: Doors) -> None:
    here, there = await empty_doors.file(), await empty_doors.file(NEIGHBOUR)
    headers = empty_doors.tokens.headers(Role.COUNTY_LEADER, COUNTY)
    for division, wanted in ((TOWNSHIP, here), (NEIGHBOUR, there)):
        answer = await empty_doors.http.get(
            "/cases", params={"division": division}, headers=headers
        )
        assert [line["case_id"] for line in answer.json()["items"]] == [wanted]


async def test_a_township_sees_nothing_of_its_neighbour(empty_doors: Doors) -> None:
    await empty_doors.file(NEIGHBOUR)
    assert await listed(empty_doors) == []
    headers = empty_doors.tokens.headers(Role.CLERK, TOWNSHIP)
    asked = {"division": NEIGHBOUR}
    answer = await empty_doors.http.get("/cases", params=asked, headers=headers)
    assert answer.json()["items"] == []


async def test_a_line_of_the_board_follows_its_case(empty_doors: Doors) -> None:
    case_id = await empty_doors.file()
    await empty_doors.tell(case_id, ACCEPT)
    (line,) = (await empty_doors.get("/cases")).json()["items"]
    shown = (await empty_doors.get(f"/cases/{case_id}")).json()
    assert (line["state"], line["handler"], line["version"]) == ("accepted", "post-1", 3)
    assert line["number"] == shown["number"]
    assert line["responsible_unit"] == "justice-office"


@pytest.mark.parametrize(
    "query",
    [
        {"state": "lost"},
        {"category": "gossip"},
        {"from": "yesterday"},
        {"from": "1900-01-01"},
        {"division_code": "519900101"},
        {"limit": "0"},
        {"cursor": "nonsense"},
        {"cursor": "WyI1MTk5MDAxMDEiXQ"},
        {"at_least": "intake"},
        {"at_least": "mediation/519900101@1"},
        {"at_least": f"intake/{NEIGHBOUR}@1"},
    ],
)
async def test_a_question_that_cannot_be_answered_is_refused(
    doors: Doors, query: dict[str, str]
) -> None:
    headers = doors.tokens.headers(Role.CLERK, TOWNSHIP)
    answer = await doors.http.get("/cases", params=query, headers=headers)
    assert answer.status_code == 422
    assert problem(answer) in {"invalid-input", "ledger-not-followed"}


async def test_what_was_saved_is_visible_at_its_position(doors: Doors) -> None:
    filed = await doors.post(FILE_HERE, a_filing(), role=Role.CLERK)
    position = filed.headers["Concord-Position"]
    lines = await listed(doors, at_least=position, limit=500)
    assert filed.json()["case_id"] in lines
    one = await doors.get(f"/cases/{filed.json()['case_id']}", at_least=position)
    assert one.headers["Concord-Position"] == position


async def test_a_position_that_never_comes_is_waited_for_and_refused(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.http.position_waits.WITHIN", 0.05)
    answer = await doors.get("/cases", at_least=f"intake/{TOWNSHIP}@999999")
    assert (problem(answer), answer.status_code) == ("position-not-reached", 503)
    assert answer.headers["Retry-After"]


async def test_one_case_is_shown_with_its_history(doors: Doors) -> None:
    case_id = await doors.file()
    await doors.tell(case_id, ACCEPT)
    answer = await doors.get(f"/cases/{case_id}", role=Role.AUDITOR)
    shown = answer.json()
    assert answer.headers["ETag"] == '"3"'
    kinds = [fact["event"] for fact in shown["history"]]
    assert kinds == ["case-filed", "case-routed", "case-accepted"]
    assert shown["history"][2]["position"] == answer.headers["Concord-Position"]
    assert shown["history"][2]["data"]["handler"] == "post-1"
    assert shown["history"][2]["actor_ref"] == "post-1"


async def test_a_case_of_another_township_is_not_found(doors: Doors) -> None:
    theirs = await doors.file(NEIGHBOUR)
    for case_id in (theirs, "519900101-0198a5c0-0000-7000-8000-000000000001"):
        answer = await doors.get(f"/cases/{case_id}")
        assert (problem(answer), answer.status_code) == ("case-not-found", 404)


async def test_what_is_no_id_is_named_as_a_field(doors: Doors) -> None:
    answer = await doors.get("/cases/17")
    assert problem(answer) == "invalid-input"
    assert answer.json()["errors"][0]["field"] == "case_id"


async def test_every_code_is_told_with_its_label(doors: Doors) -> None:
    told = (await doors.get("/codes", role=Role.AGENCY)).json()
    lists: list[type[Code]] = [*code_lists(), CaseState]
    for codes in lists:
        assert told[codes.__name__] == [
            {"code": code.value, "label": code.label} for code in codes
        ]


async def test_the_schema_of_an_event_lies_where_its_dataschema_says(doors: Doors) -> None:
    schema = (await doors.get("/contracts/case-filed/1")).json()
    assert schema["$id"] == "/contracts/case-filed/1"
    for unknown in ("/contracts/case-filed/2", "/contracts/person-scored/1"):
        assert problem(await doors.get(unknown)) == "schema-unknown"


@pytest.mark.parametrize("path", ["/cases", "/codes", "/contracts/case-filed/1"])
async def test_nothing_is_shown_without_a_token(doors: Doors, path: str) -> None:
    answer = await doors.http.get(path)
    assert (problem(answer), answer.status_code) == ("token-missing", 401)

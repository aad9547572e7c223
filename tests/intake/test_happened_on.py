"""Days over HTTP: when it was received, when each act happened, and how far back that may lie."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.intake.domain.reporting_policy import WITHIN_SIXTY_DAYS
from shared.identity import Role
from shared.times import china_day, end_of, to_wire
from tests.intake.doors import ACCEPT, ANSWER, COUNTY, FILE_HERE, Doors, a_filing, problem
from tests.intake.test_import import a_row, bring, the_only
from tests.legal_acts import WITHDRAWAL

pytestmark = pytest.mark.parts


def days_ago(days: int) -> str:
    return (china_day(datetime.now(UTC)) - timedelta(days)).isoformat()


def on(step: tuple[str, dict[str, Any]], day: str) -> tuple[str, dict[str, Any]]:
    return step[0], step[1] | {"happened_on": day}


async def shown(doors: Doors, case_id: str) -> dict[str, Any]:
    told: dict[str, Any] = (await doors.get(f"/cases/{case_id}", division=COUNTY)).json()
    return told


async def test_accepted_last_tuesday_and_typed_today(doors: Doors) -> None:
    filing = a_filing(received_on=days_ago(8))
    filed = await doors.post(FILE_HERE, filing, role=Role.CLERK)
    case_id = filed.json()["case_id"]
    accepted = await doors.tell(case_id, on(ACCEPT, days_ago(7)))
    told = await shown(doors, case_id)
    assert (told["received_on"], told["registration_delay"]) == (days_ago(8), 8)
    routed, act = told["history"][1:]
    assert routed["occurred_at"] == act["occurred_at"]
    assert act["occurred_at"] == to_wire(end_of(date.fromisoformat(days_ago(7))))
    assert act["data"]["due_at_for_petitioner"] >= act["data"]["due_at"]
    assert accepted.json()["due_at"] == act["data"]["due_at"]


async def test_a_case_without_a_day_of_receipt_was_received_when_it_was_filed(
    doors: Doors,
) -> None:
    told = await shown(doors, await doors.file())
    assert (told["received_on"], told["registration_delay"]) == (days_ago(0), 0)
    assert "received_on" not in told["history"][0]["data"]


async def test_the_list_shows_the_day_of_receipt(doors: Doors) -> None:
    stated = await doors.file(received_on=days_ago(3))
    silent = await doors.file()
    lines = (await doors.get("/cases", limit=2)).json()["items"]
    assert {each["case_id"]: each["received_on"] for each in lines} == {
        stated: days_ago(3),
        silent: days_ago(0),
    }


async def test_a_case_is_not_received_after_its_filing(doors: Doors) -> None:
    late = await doors.post(FILE_HERE, a_filing(received_on=days_ago(-1)), role=Role.CLERK)
    assert (problem(late), late.status_code) == ("received-after-filing", 422)
    assert late.json()["field"] == "received_on"


@pytest.mark.parametrize("step", [ACCEPT, WITHDRAWAL])
async def test_no_act_lies_before_the_receipt(
    doors: Doors, step: tuple[str, dict[str, Any]]
) -> None:
    case_id = await doors.file(received_on=days_ago(8))
    verb, body = on(step, days_ago(9))
    for role in (Role.HANDLER, Role.BACKFILL):
        early = await doors.post(f"/cases/{case_id}/{verb}", body, role=role)
        assert (problem(early), early.status_code) == ("happened-before-it-began", 422)
        assert days_ago(8) in early.json()["detail"]


@pytest.mark.parametrize("role", [Role.HANDLER, Role.BACKFILL])
async def test_acts_do_not_come_out_of_order(doors: Doors, role: Role) -> None:
    case_id = await doors.file(received_on=days_ago(9))
    await doors.tell(case_id, on(ACCEPT, days_ago(5)))
    early = await doors.post(f"/cases/{case_id}/answer", on(ANSWER, days_ago(6))[1], role=role)
    assert (problem(early), early.status_code) == ("out-of-order", 422)
    assert (early.json()["act"], early.json()["act_on"]) == ("case-accepted", days_ago(5))
    assert f"case-accepted on {days_ago(5)}" in early.json()["detail"]
    same = await doors.post(f"/cases/{case_id}/answer", on(ANSWER, days_ago(5))[1], role=role)
    assert same.status_code == 200


async def test_how_far_back_is_policy_and_a_backfill_goes_further(doors: Doors) -> None:
    back = WITHIN_SIXTY_DAYS.days_back
    case_id = await doors.file(received_on=days_ago(back + 9))
    refused = await doors.post(f"/cases/{case_id}/accept", on(ACCEPT, days_ago(back + 1))[1])
    assert (problem(refused), refused.status_code) == ("too-long-ago", 403)
    assert "backfill" in refused.json()["detail"]
    assert refused.json()["earliest"] == days_ago(back)
    path = f"/cases/{case_id}/accept"
    taken = await doors.post(path, on(ACCEPT, days_ago(back + 1))[1], role=Role.BACKFILL)
    assert taken.status_code == 200


async def test_a_day_is_stated_once_and_never_lies_ahead(doors: Doors) -> None:
    case_id = await doors.file()
    path = f"/cases/{case_id}/accept"
    ahead = await doors.post(path, on(ACCEPT, days_ago(-1))[1])
    assert (problem(ahead), ahead.status_code) == ("not-yet-happened", 422)
    both = on(ACCEPT, days_ago(0))[1] | {"occurred_at": "2025-01-01T10:00:00+08:00"}
    assert problem(await doors.post(path, both, role=Role.BACKFILL)) == "invalid-input"


async def test_a_row_states_its_day_of_receipt(doors: Doors) -> None:
    row = a_row(
        file={"at": "2019-01-05T10:00:00+08:00", "received_on": "2019-01-02"},
        facts=[{"do": "accept", "at": "2019-01-03T10:00:00+08:00"}],
    )
    result = the_only(await bring(doors, "received", row))
    told = await shown(doors, result["case_id"])
    assert (told["received_on"], told["registration_delay"]) == ("2019-01-02", 3)
    assert told["history"][1]["event"] == "case-accepted"


async def test_a_row_that_resolves_before_it_accepts_is_rejected(doors: Doors) -> None:
    facts = [
        {"do": "accept", "at": "2019-01-09T10:00:00+08:00"},
        {"do": "resolve", "how": "on-the-spot", "at": "2019-01-08T10:00:00+08:00"},
    ]
    for number, order in enumerate((facts, facts[::-1]), start=1):
        result = the_only(await bring(doors, "out-of-order", a_row(number, facts=order)))
        assert result["outcome"] == "rejected"
        assert result["problem"]["type"] == "/problems/out-of-order"


async def test_a_row_replies_and_closes_before_it_accepts(doors: Doors) -> None:
    facts = [
        {"do": "accept", "at": "2019-01-09T10:00:00+08:00"},
        {"do": "reply", "text": "好", "at": "2019-01-08T10:00:00+08:00"},
        {"do": "close", "at": "2019-01-07T10:00:00+08:00"},
    ]
    result = the_only(await bring(doors, "free", a_row(facts=facts)))
    assert (result["outcome"], result["events"]) == ("filed", 4)

"""A withdrawal by the API: its due row ends the case at its true time, once, also after a kill."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest

from services.intake.domain.withdrawal_policy import WITHIN_SEVEN_DAYS
from services.intake.store.due_withdrawals import KIND
from services.intake.stream.withdrawals import ending_withdrawals, ends_of
from shared.due import DueRow, Outcome
from shared.identity import Role
from shared.ledger import Ledger
from shared.times import china_day, to_wire
from tests.intake.doors import ACCEPT, ANSWER, COUNTY, Doors, problem
from tests.legal_acts import (
    DIVERTED,
    LONG_AGO,
    SETTLED,
    TAKEN_BACK,
    WITHDRAWAL,
    WITHDRAWAL_LONG_AGO,
    WITHDRAWN,
    Step,
)
from tests.office_doors import at

pytestmark = pytest.mark.parts

NOW = datetime.now(UTC)
EFFECT = WITHIN_SEVEN_DAYS.takes_effect_at(china_day(NOW))


@pytest.fixture
def empty_doors(empty_doors: Doors) -> Iterator[Doors]:
    """The office's clock stands still, so that no midnight moves when a withdrawal takes effect."""
    with at(empty_doors, NOW):
        yield empty_doors


async def work_off(doors: Doors, now: datetime) -> None:
    await ending_withdrawals(doors.office.ledger, county=COUNTY, now=lambda: now).work_off()


async def shown(doors: Doors, case_id: str) -> dict[str, Any]:
    told: dict[str, Any] = (await doors.get(f"/cases/{case_id}")).json()
    return told


async def kinds(doors: Doors, case_id: str) -> list[str]:
    return [each["event"] for each in (await shown(doors, case_id))["history"]]


def rows(doors: Doors) -> list[tuple[str, str]]:
    """State and case of every row."""
    with psycopg.connect(doors.database.superuser_dsn) as connection:
        return connection.execute(
            "select state, payload::json ->> 'case_id' from due_row where kind = %s order by key",
            (KIND,),
        ).fetchall()


async def pending(doors: Doors, *more: Step) -> str:
    case_id = await doors.file()
    await doors.tell(case_id, ACCEPT, WITHDRAWAL, *more)
    return case_id


async def test_a_stated_withdrawal_is_shown_and_the_case_goes_on(empty_doors: Doors) -> None:
    doors = empty_doors
    case_id = await doors.file()
    await doors.tell(case_id, ACCEPT)
    due_at = (await shown(doors, case_id))["due_at"]
    verb, body = WITHDRAWAL
    body = body | {"called_back_by": "county-office", "taken_by": "post-he"}
    answer = await doors.post(f"/cases/{case_id}/{verb}", body)
    assert (answer.status_code, answer.json()["takes_effect_at"]) == (200, to_wire(EFFECT))
    told = await shown(doors, case_id)
    assert (told["state"], told["due_at"]) == ("accepted", due_at)
    assert told["withdrawal"] == {
        "stated_at": told["history"][-1]["occurred_at"],
        "takes_effect_at": to_wire(EFFECT),
        "way": "in-writing",
        "called_back_by": "county-office",
    }
    assert told["history"][-1]["data"]["taken_by"] == "post-he"
    assert WITHDRAWAL[1]["text"] not in str(told)
    assert rows(doors) == [("waiting", case_id)]
    await doors.tell(case_id, ANSWER)
    assert (await shown(doors, case_id))["withdrawal"]["takes_effect_at"] == to_wire(EFFECT)


async def test_it_ends_at_its_true_time_however_late_it_is_recorded(empty_doors: Doors) -> None:
    doors = empty_doors
    case_id = await pending(doors)
    await work_off(doors, EFFECT - timedelta(microseconds=1))
    assert (await shown(doors, case_id))["state"] == "accepted"
    # the worker was down for days
    await work_off(doors, EFFECT + timedelta(days=3))
    told = await shown(doors, case_id)
    stated, ended = told["history"][-2:]
    assert (told["state"], told["withdrawal"]) == ("withdrawn", None)
    assert (ended["event"], ended["occurred_at"]) == ("case-withdrawn", to_wire(EFFECT))
    assert ended["data"]["statement_recorded"] is True
    assert (ended["causation_id"], ended["actor_ref"]) == (stated["event_id"], "policy:intake")
    assert rows(doors) == [("done", case_id)]
    listed = await doors.get("/cases", state="withdrawn")
    assert case_id in {each["case_id"] for each in listed.json()["items"]}


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ((TAKEN_BACK,), "accepted"),
        ((DIVERTED,), "diverted"),
        ((SETTLED, ("resolve", {"how": "on-the-spot"})), "resolved"),
        ((DIVERTED, ("reopen", {"reason": "new-facts"})), "accepted"),
    ],
)
async def test_a_row_whose_withdrawal_does_not_count_any_more_has_no_effect(
    empty_doors: Doors, more: tuple[Step, ...], state: str
) -> None:
    doors = empty_doors
    case_id = await pending(doors, *more)
    before = await kinds(doors, case_id)
    await work_off(doors, EFFECT)
    assert await kinds(doors, case_id) == before
    told = await shown(doors, case_id)
    assert (told["state"], told["withdrawal"]) == (state, None)
    assert rows(doors) == [("done", case_id)]


async def test_stated_again_it_counts_from_its_own_day(empty_doors: Doors) -> None:
    doors = empty_doors
    case_id = await pending(doors, TAKEN_BACK, WITHDRAWAL)
    assert rows(doors) == [("waiting", case_id), ("waiting", case_id)]
    await work_off(doors, EFFECT)
    assert (await kinds(doors, case_id)).count("case-withdrawn") == 1


async def test_a_kill_between_the_end_and_its_settling_leaves_one_end(empty_doors: Doors) -> None:
    doors = empty_doors
    case_ids = [await pending(doors) for _ in range(3)]
    taken: list[Sequence[DueRow]] = []
    handle = ends_of(doors.office.ledger, COUNTY).handle

    async def killed_after(division: str, due: Sequence[DueRow]) -> list[Outcome]:
        taken.append(due)
        await handle(division, due)
        raise asyncio.CancelledError

    runner = ending_withdrawals(doors.office.ledger, county=COUNTY, now=lambda: EFFECT)
    runner._handler = killed_after
    with pytest.raises(asyncio.CancelledError):
        await runner.work_off()
    assert len(taken[0]) == 3
    with at(doors, EFFECT + timedelta(minutes=1)):
        await doors.tell(case_ids[0], ("reopen", {"reason": "withdrawal-revoked"}))
    await work_off(doors, EFFECT)
    for case_id in case_ids:
        assert (await kinds(doors, case_id)).count("case-withdrawn") == 1
    assert {state for state, _ in rows(doors)} == {"done"}


async def test_several_runners_end_each_case_once(empty_doors: Doors) -> None:
    doors = empty_doors
    case_ids = [await pending(doors) for _ in range(8)]
    ledgers = [Ledger(doors.pool, source="/intake") for _ in range(3)]
    runners = [ending_withdrawals(each, county=COUNTY, now=lambda: EFFECT) for each in ledgers]
    await asyncio.gather(*(runner.work_off() for runner in runners))
    for case_id in case_ids:
        assert (await kinds(doors, case_id)).count("case-withdrawn") == 1


async def test_a_backfill_states_the_end_itself(empty_doors: Doors) -> None:
    doors = empty_doors
    case_id = await doors.file(occurred_at="2025-03-03T10:00:00+08:00")
    steps = [
        (WITHDRAWAL, "2025-03-06"),
        (WITHDRAWN, "2025-03-13"),
        (WITHDRAWN, "2025-03-14"),
    ]
    answers = [
        await doors.post(
            f"/cases/{case_id}/{verb}", body | {"happened_on": on}, role=Role.BACKFILL
        )
        for (verb, body), on in steps
    ]
    assert [each.status_code for each in answers] == [200, 409, 200]
    assert problem(answers[1]) == "withdrawal-may-be-taken-back"
    assert answers[1].json()["takes_effect_at"] == "2025-03-13T16:00:00.000000Z"
    assert rows(doors) == []
    assert answers[2].json()["state"] == "withdrawn"


async def test_whoever_states_the_end_at_the_desk_states_it_of_its_true_time(
    doors: Doors,
) -> None:
    case_id = await doors.file(received_on=LONG_AGO)
    await doors.tell(case_id, WITHDRAWAL_LONG_AGO, WITHDRAWN)
    stated, ended = (await shown(doors, case_id))["history"][-2:]
    assert ended["occurred_at"] == stated["data"]["takes_effect_at"]


@pytest.mark.parametrize("days", [8, 30])
async def test_a_statement_that_the_desk_dates_back_counts_from_its_recording(
    empty_doors: Doors, days: int
) -> None:
    doors, (verb, body) = empty_doors, WITHDRAWAL
    on = (china_day(NOW) - timedelta(days=days)).isoformat()
    case_id = await doors.file(received_on=LONG_AGO)
    answer = await doors.post(f"/cases/{case_id}/{verb}", body | {"happened_on": on})
    assert (answer.status_code, answer.json()["takes_effect_at"]) == (200, to_wire(EFFECT))
    told = await shown(doors, case_id)
    assert (told["state"], china_day(datetime.fromisoformat(told["withdrawal"]["stated_at"]))) == (
        "filed",
        date.fromisoformat(on),
    )
    refused = await doors.post(f"/cases/{case_id}/withdraw", WITHDRAWN[1])
    assert problem(refused) == "withdrawal-may-be-taken-back"
    await doors.tell(case_id, ACCEPT)


async def test_who_called_the_petitioner_back_is_added_to_the_statement_once(
    empty_doors: Doors,
) -> None:
    doors, (verb, body) = empty_doors, WITHDRAWAL
    case_id = await pending(doors)
    stated = (await shown(doors, case_id))["withdrawal"]
    path, named = f"/cases/{case_id}/{verb}", body | {"called_back_by": "county-office"}
    for _ in range(2):
        assert (await doors.post(path, named)).json()["takes_effect_at"] == to_wire(EFFECT)
    with_caller = stated | {"called_back_by": "county-office"}
    assert (await shown(doors, case_id))["withdrawal"] == with_caller
    assert (await kinds(doors, case_id)).count("withdrawal-stated") == 2
    for other in (body, body | {"called_back_by": "water-bureau"}):
        refused = await doors.post(path, other)
        assert problem(refused) == "withdrawal-stated-otherwise"
    assert rows(doors) == [("waiting", case_id)]
    await work_off(doors, EFFECT)
    assert (await shown(doors, case_id))["state"] == "withdrawn"
    assert (await kinds(doors, case_id)).count("case-withdrawn") == 1


async def test_a_repeated_statement_puts_no_second_row(empty_doors: Doors) -> None:
    doors = empty_doors
    case_id = await pending(doors)
    path, body = f"/cases/{case_id}/{WITHDRAWAL[0]}", WITHDRAWAL[1]
    again = await doors.post(path, body)
    assert (again.status_code, again.json()["takes_effect_at"]) == (200, to_wire(EFFECT))
    assert rows(doors) == [("waiting", case_id)]

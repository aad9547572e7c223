"""Cases are resolved by the API on grounds that the record has, which it fills in by itself."""

from typing import Any

import pytest

from shared.identity import Role
from tests.intake.doors import ACCEPT, ANSWER, COUNTY, Doors, problem
from tests.legal_acts import CONTENT, SETTLED, Step, stated

pytestmark = pytest.mark.parts

BY_TIME: Step = ("resolve", {"how": "time-for-review-passed"})
WORDS = "水渠已经修好，我没有别的要求。"


async def history(doors: Doors, case_id: str) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = (await doors.get(f"/cases/{case_id}")).json()["history"]
    return shown


async def test_the_grounds_are_filled_in_and_the_words_stay_in_the_vault(doors: Doors) -> None:
    case_id = await doors.file()
    await doors.tell(case_id, ACCEPT, stated("settled-on-the-spot", WORDS))
    answer = await doors.tell(case_id, ("resolve", {"how": "on-the-spot", "on_site": True}))
    assert answer.json()["state"] == "resolved"
    shown = await history(doors, case_id)
    recorded, resolved = shown[-2:]
    assert recorded["data"]["taken_by"] == "post-1"
    assert resolved["data"]["grounds"] == [recorded["event_id"]]
    assert WORDS not in str(shown)
    [filing] = [each["data"] for each in shown if each["event"] == "case-filed"]
    opened = await doors.office.vault.contents(
        COUNTY,
        division=case_id[:9],
        refs=[filing["person_ref"]],
        kinds=["statement"],
        digest=recorded["data"]["statement_digest"],
    )
    assert [each.content for each in opened] == [{"text": WORDS}]


async def test_the_grounds_may_be_named(doors: Doors) -> None:
    case_id = await doors.file()
    await doors.tell(case_id, ACCEPT, ANSWER, CONTENT, stated("opinion-accepted", "再次认可。"))
    first = (await history(doors, case_id))[-2]["event_id"]
    command = {"how": "opinion-accepted", "grounds": [first]}
    await doors.tell(case_id, ("resolve", command))
    assert (await history(doors, case_id))[-1]["data"]["grounds"] == [first]


async def test_a_statement_is_recorded_once_in_the_same_words(doors: Doors) -> None:
    case_id = await doors.file()
    await doors.tell(case_id, ACCEPT, SETTLED, SETTLED, ("resolve", {"how": "on-the-spot"}))
    kinds = [each["event"] for each in await history(doors, case_id)]
    accepted = ["case-filed", "case-routed", "case-accepted"]
    assert kinds == [*accepted, "statement-recorded", "case-resolved"]


@pytest.mark.parametrize("changes", [{"text": ""}, {"text": None}, {"taken_by": "张 三"}])
async def test_a_statement_without_its_words_is_refused(
    doors: Doors, changes: dict[str, Any]
) -> None:
    case_id = await doors.file()
    await doors.tell(case_id, ACCEPT)
    path, body = f"/cases/{case_id}/record-statement", SETTLED[1] | changes
    assert problem(await doors.post(path, body)) == "invalid-input"


async def test_time_settles_a_case_after_the_petitioners_own_last_day(doors: Doors) -> None:
    case_id = await doors.file(occurred_at="2026-08-03T10:00:00+08:00")
    at = {"accept": "2026-08-04", "answer": "2026-09-01"}
    for verb, body in (ACCEPT, ANSWER):
        dated = body | {"happened_on": at[verb]}
        answer = await doors.post(f"/cases/{case_id}/{verb}", dated, role=Role.BACKFILL)
        assert answer.status_code == 200, answer.text
    verb, body = BY_TIME
    path = f"/cases/{case_id}/{verb}"
    # thirty days end on 1 October, a holiday: the petitioner has until the 8th [R35]
    early = await doors.post(path, body | {"happened_on": "2026-10-08"}, role=Role.BACKFILL)
    assert (problem(early), early.json()["last_day"]) == ("time-for-review-runs", "2026-10-08")
    late = await doors.post(path, body | {"happened_on": "2026-10-09"}, role=Role.BACKFILL)
    assert late.status_code == 200, late.text
    served, resolved = (await history(doors, case_id))[-2:]
    assert resolved["data"]["grounds"] == [served["event_id"]]

"""Key cases over HTTP: taken once, listed when nothing is done, closed with the case."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.intake.live_check import TABLES
from shared.identity import Role
from shared.office.live_check import LiveCheck
from shared.vault import Vault
from tests.intake.doors import ACCEPT, ANSWER, COUNTY, KEYS, NEIGHBOUR, TOWNSHIP, Doors, problem
from tests.intake.registry import registered_post, registered_unit
from tests.midnight import today
from tests.office_doors import at

pytestmark = pytest.mark.parts
HERE = f"/townships/{TOWNSHIP}/key-cases"
PLAN = "一周内上门，月底前把渠修通。"
CLERK: dict[str, Any] = {"role": Role.CLERK, "ref": "post-2"}


@pytest.fixture
async def town(empty_doors: Doors) -> Doors:
    """A township with two units and a leader."""
    await registered_unit(empty_doors, "justice-office")
    await registered_unit(empty_doors, "water-station", unit_type="water")
    await registered_post(empty_doors, "secretary", "justice-office")
    return empty_doors


def a_key_case(of: str, **more: Any) -> dict[str, Any]:
    return {
        "case_id": of,
        "leader_post": "secretary",
        "task_force": ["justice-office", "water-station"],
        "plan": PLAN,
        "backlog": True,
    } | more


async def taken(doors: Doors, case_id: str, **more: Any) -> str:
    answer = await doors.post(HERE, a_key_case(case_id, **more), **CLERK)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["key_case_id"])


async def listed(doors: Doors, **how: Any) -> list[dict[str, Any]]:
    answer = await doors.get("/key-cases", **{**CLERK, **how})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def test_a_case_is_owned_to_its_end(town: Doors) -> None:
    case_id = await town.file()
    key_case_id = await taken(town, case_id)
    path = f"/key-cases/{key_case_id}"
    again = await town.post(HERE, a_key_case(case_id), **CLERK)
    assert problem(again) == "case-owned-already"
    step = await town.post(
        f"{path}/record-step", {"step": "petitioner-met", "words": "见面了。"}, **CLERK
    )
    assert step.status_code == 200, step.text
    assert problem(await town.post(f"{path}/close", {}, **CLERK)) == "case-goes-on"
    shown = (await town.get(path, **CLERK)).json()
    assert {each["command"]: each["open"] for each in shown["actions"]} == {
        "record-step": True,
        "close": False,
        "void": True,
    }
    await town.tell(
        case_id,
        ACCEPT,
        ANSWER,
        (
            "record-statement",
            {"statement": "opinion-accepted", "way": "in-writing", "text": "同意这样办。"},
        ),
    )
    resolved = await town.post(f"/cases/{case_id}/resolve", {"how": "opinion-accepted"})
    assert resolved.status_code == 200, resolved.text
    closed = await town.post(f"{path}/close", {}, **CLERK)
    assert closed.status_code == 200, closed.text
    assert (closed.json()["end"], closed.json()["in_time"]) == ("settled", True)
    said = (await town.get(f"{path}/words", **CLERK)).json()
    assert (said["plan"], said["steps"][0]["words"]) == (PLAN, "见面了。")
    history = "".join(each.data for each in await town.office.ledger.stream(COUNTY, key_case_id))
    assert PLAN not in history
    assert (await listed(town, state="closed"))[0]["ended_as"] == "settled"
    vault = Vault(town.office.pool, KEYS)
    assert await LiveCheck(town.office.pool, COUNTY, TABLES, vault).run() == []


async def test_a_week_without_a_step_and_a_passed_target_are_listed(town: Doors) -> None:
    long_ago = today() - timedelta(days=95)
    case_id = await town.file(received_on=str(long_ago))
    backfill: dict[str, Any] = {"role": Role.BACKFILL, "ref": "post-2"}
    body = a_key_case(case_id, happened_on=str(long_ago))
    answer = await town.post(HERE, body, **backfill)
    assert answer.status_code == 201, answer.text
    path = f"/key-cases/{answer.json()['key_case_id']}"
    fresh = await taken(town, await town.file())
    assert [each["case_id"] for each in await listed(town, resting="true")] == [case_id]
    assert [each["case_id"] for each in await listed(town, overdue="true")] == [case_id]
    await town.post(f"{path}/record-step", {"step": "coordinated"}, **CLERK)
    assert await listed(town, resting="true") == []
    assert {each["key_case_id"] for each in await listed(town)} == {fresh, path.rpartition("/")[2]}


async def test_what_is_stated_wrongly_is_refused(town: Doors) -> None:
    case_id = await town.file()
    for changes, slug in (
        ({"leader_post": "nobody"}, "leader-not-registered"),
        ({"task_force": ["nobody"]}, "unit-not-registered"),
        ({"backlog": False}, "invalid-input"),
        ({"target_on": "2199-01-01"}, "target-too-late"),
        ({"target_on": "2020-01-01"}, "target-too-early"),
        ({"case_id": f"{NEIGHBOUR}-0198a5c0-0000-7000-8000-00000000dead"}, "case-not-on-record"),
    ):
        answer = await town.post(HERE, a_key_case(case_id, **changes), **CLERK)
        assert problem(answer) == slug, changes
    await town.tell(case_id, ("void", {"why": "registered-twice"}))
    assert problem(await town.post(HERE, a_key_case(case_id), **CLERK)) == "case-has-ended"


async def test_two_leaders_at_once_do_not_own_one_case(town: Doors) -> None:
    case_id = await town.file()
    answers = await asyncio.gather(
        *(town.post(HERE, a_key_case(case_id), **CLERK) for _ in range(4))
    )
    assert sorted(each.status_code for each in answers) == [201, 409, 409, 409]


async def test_the_unit_complained_of_finds_no_key_case_of_it(town: Doors) -> None:
    case_id = await town.file(complained_unit="water-station")
    key_case_id = await taken(town, case_id, task_force=["justice-office"])
    own: dict[str, Any] = {"role": Role.CLERK, "claims": {"unit": "water-station"}}
    assert await listed(town, **own) == []
    for path in (f"/key-cases/{key_case_id}", f"/key-cases/{key_case_id}/words"):
        assert problem(await town.get(path, **own)) == "key-case-not-found"
    step = await town.post(f"/key-cases/{key_case_id}/record-step", {"step": "other"}, **own)
    assert problem(step) == "key-case-not-found"
    page = await town.get(f"/ledgers/{TOWNSHIP}/events", **own | {"role": Role.AUDITOR})
    assert key_case_id not in page.text
    with at(town, datetime.now(UTC) + timedelta(days=30)):
        assert len(await listed(town)) == 1

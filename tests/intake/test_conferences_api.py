"""Conferences over HTTP: held, their tasks, missed months; words and kept cases."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.intake.domain.conference_policy import following
from services.intake.live_check import TABLES
from services.intake.stream.conferences import missing_conferences
from shared.identity import Role
from shared.office.live_check import LiveCheck
from shared.vault import Vault
from tests.intake.doors import COUNTY, KEYS, NEIGHBOUR, TOWNSHIP, Doors, problem
from tests.intake.registry import registered_unit
from tests.midnight import today

pytestmark = pytest.mark.parts
HERE = f"/townships/{TOWNSHIP}/conferences"
BODY: dict[str, Any] = {"form": "joint-assessment", "units": ["justice-office", "water-station"]}
DECISION, MINUTES = "七日内把渠修通。", "逐件研究了用水的矛盾。"


@pytest.fixture
async def town(empty_doors: Doors) -> Doors:
    """A township with two units."""
    await registered_unit(empty_doors, "justice-office")
    await registered_unit(empty_doors, "water-station", unit_type="water")
    return empty_doors


async def begun(doors: Doors, **more: Any) -> str:
    answer = await doors.post(HERE, BODY | more)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/conferences/{answer.json()['conference_id']}"
    return str(answer.json()["conference_id"])


async def asked(doors: Doors, path: str, **how: Any) -> Any:
    headers = doors.tokens.headers(Role.CLERK, TOWNSHIP, "post-1", **how.pop("claims", {}))
    answer = await doors.http.get(path, headers=headers, params=how)
    assert answer.status_code == 200, answer.text
    return answer.json()


def a_task(**more: Any) -> dict[str, Any]:
    due_on = str(today() + timedelta(days=7))
    return {"unit": "water-station", "due_on": due_on, "decision": DECISION} | more


async def test_its_decisions_are_followed_to_their_end(town: Doors) -> None:
    long_ago = str(today() - timedelta(days=20))
    conference_id = await begun(town, happened_on=long_ago, minutes=MINUTES)
    path = f"/conferences/{conference_id}"
    overdue = a_task(due_on=str(today() - timedelta(days=1)))
    tasks = (overdue, a_task(unit="justice-office"))
    answers = [await town.post(f"{path}/set-task", task) for task in tasks]
    assert [each.status_code for each in answers] == [200, 200]
    first, second = answers[-1].json()["task_ids"]
    [line] = (await asked(town, "/conferences", overdue="true"))["items"]
    assert (line["tasks"], line["tasks_done"], line["units"]) == (2, 0, 2)
    found = await asked(town, path)
    assert [each["overdue"] for each in found["tasks"]] == [True, False]
    done = await town.post(f"{path}/complete-task", {"task_id": first, "words": "渠通了。"})
    assert done.status_code == 200, done.text
    assert (await asked(town, "/conferences", overdue="true"))["items"] == []
    found = await asked(town, path)
    assert found["tasks"][0]["done_on"] == str(today())
    assert {each["command"] for each in found["actions"] if each["open"]} == {
        "set-task",
        "complete-task",
        "void-task",
    }
    words = await asked(town, f"{path}/words")
    assert words["minutes"] == MINUTES
    assert words["tasks"] == [
        {"task_id": first, "decision": DECISION, "done": "渠通了。"},
        {"task_id": second, "decision": DECISION, "done": None},
    ]
    assert DECISION not in str(found)
    assert await LiveCheck(town.pool, COUNTY, TABLES, Vault(town.pool, KEYS)).run() == []


async def test_what_does_not_fit_is_refused(town: Doors) -> None:
    conference_id = await begun(town)
    path = f"/conferences/{conference_id}"
    tomorrow = str(today() + timedelta(days=1))
    early = a_task(due_on=str(today() - timedelta(days=1)))
    for where, body, slug in (
        (HERE, BODY | {"units": ["nobodys"]}, "unit-not-registered"),
        (HERE, BODY | {"form": "monthly-committee"}, "month-of-the-session"),
        (HERE, BODY | {"happened_on": tomorrow}, "not-yet-happened"),
        (f"{path}/set-task", a_task(unit="nobodys"), "unit-not-registered"),
        (f"{path}/set-task", early, "task-due-before"),
        (f"{path}/complete-task", {"task_id": conference_id}, "task-not-found"),
    ):
        assert problem(await town.post(where, body)) == slug
    headers = town.tokens.headers(Role.CLERK, NEIGHBOUR, "post-1")
    assert problem(await town.http.get(path, headers=headers)) == "conference-not-found"


async def test_a_month_without_a_session_is_missed(town: Doors) -> None:
    month = f"{today():%Y-%m}"
    monthly = {"form": "monthly-committee", "units": ["justice-office"], "month": month}
    held = await begun(town, **monthly)
    assert await begun(town, **monthly) == held
    later = datetime.now(UTC) + timedelta(days=75)
    runner = missing_conferences(town.office.ledger, county=COUNTY, now=lambda: later)
    assert await runner.work_off() >= 1
    lines = (await asked(town, "/conferences", state="missed"))["items"]
    assert following(month) in [each["month"] for each in lines]
    assert month not in [each["month"] for each in lines]


async def test_a_session_of_long_ago_begins_no_chain(town: Doors) -> None:
    stated = {"form": "monthly-committee", "month": "2025-03", "happened_on": "2025-03-25"}
    await begun(town, **stated)
    runner = missing_conferences(town.office.ledger, county=COUNTY)
    assert await runner.work_off() == 0


async def test_a_case_is_named_to_those_alone_who_may_read_it(town: Doors) -> None:
    case_id = await town.file(complained_unit="water-station")
    elsewhere = await town.file(NEIGHBOUR)
    water = {"unit": "water-station"}
    for other, claims in ((elsewhere, None), (case_id, water)):
        refused = await town.post(HERE, BODY | {"cases": [other]}, claims=claims)
        assert problem(refused) == "case-not-on-record"
    path = f"/conferences/{await begun(town, cases=[case_id], minutes=MINUTES)}"
    await town.post(f"{path}/set-task", a_task(case_id=case_id))
    assert (await asked(town, path))["cases"] == [case_id]
    kept = await asked(town, path, claims=water)
    assert (kept["cases"], kept["tasks"][0]["case_id"]) == ([], None)
    assert case_id not in str(kept)
    assert (await asked(town, f"{path}/words", claims=water))["minutes"] is None

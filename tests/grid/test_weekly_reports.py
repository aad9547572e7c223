"""Weekly reports and assessments by their API: each number is the length of the list it names."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import psycopg
import pytest

from services.grid.domain.period import week_of
from services.grid.live_check import TABLES
from services.grid.stream.rhythm import rhythm_runner
from shared.identity import Role
from shared.office.live_check import LiveCheck
from shared.times import china_day
from shared.vault import Vault
from tests.grid.doors import COUNTY, KEYS, TOWNSHIP, Body, Doors, problem
from tests.grid.test_reports import DISPATCH, WHOLE_WAY, go, history, submit
from tests.office_doors import at

pytestmark = pytest.mark.parts
WEEK, NEXT = "2025-W10", "2025-W11"
MONDAY = datetime.fromisoformat("2025-03-03T09:00:00+08:00")
OF_WEEKS, OF_MONTHS = f"/townships/{TOWNSHIP}/weekly-reports", f"/townships/{TOWNSHIP}/assessments"


async def a_week(doors: Doors) -> str:
    """Reports of the week, some of them open, and a patrol; gives the grid's code."""
    with at(doors, MONDAY):
        grid = await doors.grid(await doors.village())
        worker = await doors.worker(post="post-wu")
        await doors.assign(grid, worker)
        done, rejected, waiting = [
            (await submit(doors, grid, urgency=urgency))["report_id"]
            for urgency in ("normal", "urgent", "urgent")
        ]
        await submit(doors, grid, topic="noise", urgency="normal")
        await go(doors, done, *WHOLE_WAY)
        await go(doors, rejected, ("reject", {"reason": "unclear"}))
        await go(doors, waiting, ("validate", {}), DISPATCH)
        patrol = {
            "client_id": "0198a5c0-0000-7000-8000-0000000000f1",
            "grid_code": grid,
            "done_at": MONDAY.isoformat(),
            "found": True,
            "worker_id": worker,
        }
        await doors.done(f"/townships/{TOWNSHIP}/patrols", {"patrols": [patrol]})
    return grid


async def listed(doors: Doors, number: Body) -> Body:
    parts = urlsplit(number["href"])
    query: dict[str, Any] = dict(parse_qsl(parts.query))
    answer = await doors.get(parts.path, **query)
    assert answer.status_code == 200, answer.text
    found: Body = answer.json()
    return found


def by_code(numbers: list[Body]) -> dict[str, int]:
    return {each["code"]: each["value"] for each in numbers}


async def test_every_number_of_a_draft_is_the_length_of_its_list(empty_doors: Doors) -> None:
    doors = empty_doors
    await a_week(doors)
    with at(doors, MONDAY + timedelta(days=7)):
        draft = (await doors.get(f"{OF_WEEKS}/{WEEK}/draft")).json()
        numbers = draft["numbers"]
        for each in (*numbers["figures"], *numbers["by_category"], *numbers["by_urgency"]):
            found = await listed(doors, each)
            if "reports" in found:
                assert (len(found["reports"]), found["as_of"]) == (each["value"], numbers["as_of"])
    assert (draft["first"], draft["last"]) == ("2025-03-03", "2025-03-09")
    assert by_code(numbers["figures"]) == {
        "submitted": 4,
        "validated": 2,
        "rejected": 1,
        "solved-on-site": 0,
        "handled": 1,
        "converted": 0,
        "closed": 1,
        "open-at-end": 2,
        "overdue-at-end": 2,
        "patrols-due": 7,
        "patrols-done": 1,
        "days-without-worker": 0,
    }
    assert by_code(numbers["by_category"]) == {"labour": 3, "public-order": 1}
    assert by_code(numbers["by_urgency"]) == {"normal": 2, "urgent": 2}
    (done,) = [each for each in numbers["figures"] if each["code"] == "patrols-done"]
    covered = await listed(doors, done)
    assert (covered["due"], covered["done"]) == (7, 1)


async def test_what_is_overdue_is_judged_by_the_moment_of_the_counting(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    await a_week(doors)
    path = f"{OF_MONTHS}/2025-03"
    with at(doors, MONDAY + timedelta(hours=1)):
        draft = (await doors.get(f"{path}/draft")).json()["numbers"]
        body = {"month": "2025-03", "participants": 3}
        await doors.done(OF_MONTHS, body, 201)
    # the month goes on, and terms pass since
    with at(doors, MONDAY + timedelta(days=20)):
        held = (await doors.get(path)).json()["numbers"][0]["numbers"]
        for numbers in (draft, held):
            assert datetime.fromisoformat(numbers["counted_at"]) == MONDAY + timedelta(hours=1)
            for each in numbers["figures"]:
                found = await listed(doors, each)
                if "reports" in found:
                    assert len(found["reports"]) == each["value"], each["code"]
        now = (await doors.get(f"{path}/draft")).json()["numbers"]
        assert (
            by_code(now["figures"])["overdue-at-end"] > by_code(held["figures"])["overdue-at-end"]
        )


async def test_what_was_filed_stays_beside_what_the_ledger_gives_now(empty_doors: Doors) -> None:
    doors = empty_doors
    grid = await a_week(doors)
    after = MONDAY + timedelta(days=7)
    path = f"{OF_WEEKS}/{WEEK}"
    with at(doors, after):
        body = {"words": "本周欠薪反映集中。"}
        filed = await doors.post(f"{path}/file", body)
        assert (filed.status_code, filed.headers["Location"]) == (201, path)
        as_of = filed.json()["as_of"]
        shown = (await doors.get(path)).json()
        assert (shown["now"], shown["filed"]["as_of"]) == (None, as_of)
        late = {"happened_on": "2025-03-09", "topic": "noise", "urgency": "normal"}
        await submit(doors, grid, **late)
        again = await doors.done(f"{path}/file", body, 201)
        assert again["version"] == 1
        shown = (await doors.get(path)).json()
        assert by_code(shown["filed"]["figures"])["submitted"] == 4
        assert by_code(shown["now"]["figures"])["submitted"] == 5
        (submitted, *_) = shown["filed"]["figures"]
        assert len((await listed(doors, submitted))["reports"]) == 4
        (submitted, *_) = shown["now"]["figures"]
        assert len((await listed(doors, submitted))["reports"]) == 5
        other = await doors.post(f"{path}/file", {"words": "别的。"})
        assert problem(other) == "weekly-report-filed-otherwise"
    assert "欠薪" not in str(shown)
    assert (await doors.get(f"{path}/words", role=Role.CLERK)).json() == body
    handler: dict[str, Any] = {"role": Role.HANDLER, "claims": {"unit": "labour-office"}}
    assert problem(await doors.get(f"{path}/words", **handler)) == "role-not-allowed"
    check = LiveCheck(doors.pool, COUNTY, TABLES, Vault(doors.pool, KEYS))
    assert await check.run() == []


async def test_a_running_week_is_drafted_and_not_filed(empty_doors: Doors) -> None:
    doors = empty_doors
    await a_week(doors)
    with at(doors, MONDAY + timedelta(hours=1)):
        draft = (await doors.get(f"{OF_WEEKS}/{WEEK}/draft")).json()
        assert by_code(draft["numbers"]["figures"])["overdue-at-end"] == 0
        early = await doors.post(f"{OF_WEEKS}/{WEEK}/file", {})
        assert (problem(early), early.status_code) == ("week-not-over", 422)
    assert problem(await doors.get(f"{OF_WEEKS}/{WEEK}")) == "weekly-report-not-found"
    assert problem(await doors.get(f"{OF_WEEKS}/2025-W60/draft")) == "invalid-input"


async def test_a_report_about_a_unit_is_counted_and_not_shown_to_it(empty_doors: Doors) -> None:
    doors = empty_doors
    with at(doors, MONDAY):
        grid = await doors.grid(await doors.village())
        await submit(doors, grid, about_unit="labour-office")
    own: dict[str, Any] = {"role": Role.HANDLER, "claims": {"unit": "labour-office"}}
    draft = (await doors.get(f"{OF_WEEKS}/{WEEK}/draft", **own)).json()
    assert by_code(draft["numbers"]["figures"])["submitted"] == 1
    found = await doors.get(f"{OF_WEEKS}/{WEEK}/reports", counted="submitted", **own)
    assert found.json()["reports"] == []


async def test_people_who_met_record_what_they_discussed(empty_doors: Doors) -> None:
    doors = empty_doors
    await a_week(doors)
    with at(doors, "2025-04-02T15:00:00+08:00"):
        draft = (await doors.get(f"{OF_MONTHS}/2025-03/draft")).json()
        assert by_code(draft["numbers"]["figures"])["submitted"] == 4
        assert len(draft["matters"]) == 2
        body = {
            "month": "2025-03",
            "participants": 7,
            "matters": draft["matters"],
            "words": "欠薪由人社所牵头。",
        }
        held = await doors.done(OF_MONTHS, body, 201)
        again = await doors.done(OF_MONTHS, body, 201)
        assert (held["version"], again) == (1, held)
        other = await doors.post(OF_MONTHS, body | {"participants": 8})
        assert problem(other) == "assessment-held-otherwise"
    (shown,) = held["held"]
    assert (shown["on"], shown["participants"]) == ("2025-04-02", 7)
    words = (await doors.get(f"{OF_MONTHS}/2025-03/words", role=Role.CLERK)).json()
    assert words == {"held": [{"on": "2025-04-02", "words": "欠薪由人社所牵头。"}]}
    one = (await doors.get(f"{OF_MONTHS}/2025-03")).json()
    assert by_code(one["numbers"][0]["numbers"]["figures"])["submitted"] == 4
    (line,) = (await doors.get("/assessments")).json()["items"]
    assert (line["month"], line["held"], line["missed"]) == ("2025-03", 1, False)


async def test_what_told_of_an_erased_persons_matter_goes_with_it(empty_doors: Doors) -> None:
    doors = empty_doors
    with at(doors, MONDAY):
        grid = await doors.grid(await doors.village())
        report = await submit(doors, grid)
        await go(doors, report["report_id"], ("reject", {"reason": "unclear"}))
    body = {
        "month": "2025-03",
        "participants": 3,
        "matters": [report["matter_id"]],
        "words": "谈了。",
    }
    await doors.done(OF_MONTHS, body, 201)
    (first, *_) = await history(doors, report["report_id"])
    (person,) = first["data"]["persons"]
    await doors.done(f"/named-persons/{person}/erase", {"reason_code": "at-request"})
    gone = await doors.get(f"{OF_MONTHS}/2025-03/words", role=Role.CLERK)
    assert problem(gone) == "person-erased"
    assert (await doors.get(f"{OF_MONTHS}/2025-03")).status_code == 200
    check = LiveCheck(doors.pool, COUNTY, TABLES, Vault(doors.pool, KEYS))
    assert await check.run() == []


async def run(doors: Doors, now: datetime) -> None:
    await rhythm_runner(doors.office.ledger, county=COUNTY, now=lambda: now).work_off()


async def weeks(doors: Doors) -> dict[str, tuple[bool, bool]]:
    """By week, whether it was filed, and whether missed."""
    lines = (await doors.get("/weekly-reports")).json()["items"]
    return {each["week"]: (each["filed_at"] is not None, each["missed"]) for each in lines}


async def test_what_was_not_filed_by_its_day_is_missed_once_at_its_own_time(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    await a_week(doors)
    await run(doors, MONDAY)
    await run(doors, MONDAY + timedelta(days=7))
    assert await weeks(doors) == {}
    for _ in range(2):
        await run(doors, MONDAY + timedelta(days=8))
    assert await weeks(doors) == {WEEK: (False, True)}
    (missed,) = (await doors.get(f"{OF_WEEKS}/{WEEK}")).json()["history"]
    assert datetime.fromisoformat(missed["occurred_at"]) == datetime.fromisoformat(
        "2025-03-11T00:00:00+08:00"
    )
    with at(doors, MONDAY + timedelta(days=9)):
        await doors.done(f"{OF_WEEKS}/{WEEK}/file", {}, 201)
    assert await weeks(doors) == {WEEK: (True, True)}


async def test_after_weeks_without_a_worker_each_period_is_recorded_for_itself(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    await a_week(doors)
    await run(doors, MONDAY)
    with at(doors, MONDAY + timedelta(days=14)):
        await doors.done(f"{OF_WEEKS}/{NEXT}/file", {}, 201)
    await run(doors, MONDAY + timedelta(days=29))
    assert await weeks(doors) == {
        "2025-W10": (False, True),
        "2025-W11": (True, False),
        "2025-W12": (False, True),
        "2025-W13": (False, True),
    }
    await run(doors, datetime.fromisoformat("2025-04-12T00:00:00+08:00"))
    lines = (await doors.get("/assessments")).json()["items"]
    assert [(each["month"], each["missed"]) for each in lines] == [("2025-03", True)]


async def test_weeks_begin_with_the_recording_however_late_the_worker_starts(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    await doors.grid(await doors.village())
    recorded = datetime.now(UTC)
    # the worker was down for four weeks
    await run(doors, recorded + timedelta(days=28))
    missed = sorted(await weeks(doors))
    assert missed[0] == week_of(china_day(recorded)).name
    assert len(missed) >= 3


async def test_a_township_with_grids_of_before_begins_with_its_row(empty_doors: Doors) -> None:
    doors = empty_doors
    await doors.grid(await doors.village())
    began = datetime.now(UTC) + timedelta(days=14)
    with psycopg.connect(doors.database.superuser_dsn) as superuser:
        superuser.execute(
            "update due_row set causation_id = null, due_at = %s where kind = 'rhythm'", (began,)
        )
    await run(doors, began + timedelta(days=28))
    assert min(await weeks(doors)) == week_of(china_day(began)).name


async def test_a_township_whose_grids_ended_misses_nothing_more(empty_doors: Doors) -> None:
    doors = empty_doors
    with at(doors, MONDAY):
        grid = await doors.grid(await doors.village())
    await run(doors, MONDAY)
    await doors.tell(grid, "dissolve", {"last_day": "2025-03-16", "how": "abolished"})
    await run(doors, MONDAY + timedelta(days=40))
    assert set(await weeks(doors)) == {"2025-W10", "2025-W11"}


async def test_what_a_backfill_states_of_earlier_weeks_is_not_missed(empty_doors: Doors) -> None:
    doors = empty_doors
    with at(doors, MONDAY):
        village = await doors.village()
        stated: dict[str, Any] = {"role": Role.BACKFILL, "ref": "post-backfill"}
        grid = {
            "grid_code": f"{village}001",
            "name": "一组",
            "kind": "basic",
            "valid_from": "2025-01-01",
            "occurred_at": "2025-01-01T08:00:00+08:00",
        }
        await doors.done(f"/townships/{TOWNSHIP}/grids", grid, 201, **stated)
    await run(doors, MONDAY)
    await run(doors, MONDAY + timedelta(days=8))
    assert set(await weeks(doors)) == {WEEK}

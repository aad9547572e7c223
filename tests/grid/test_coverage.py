"""Coverage counts grid-days: due, done, without a worker; never a worker's."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
import uuid_utils
from hypothesis import given
from hypothesis import strategies as st

from services.grid.domain.coverage import CoveredGrid, Time, coverage, missing_days
from services.grid.domain.named_ids import grid_id
from services.grid.domain.patrol_policy import DAILY
from services.grid.examples import GRID, NEXT_GRID
from shared.clocks.shipped import shipped_calendar
from shared.contracts.grid_codes import GridKind
from shared.identity import Role
from tests.grid.doors import TOWNSHIP, Doors, problem

FIRST, LAST = date(2025, 3, 1), date(2025, 3, 31)
BASIC = CoveredGrid(
    grid_code=GRID, grid_kind=GridKind.BASIC, valid_from=date(2025, 1, 1), last_day=None
)


def every_day(_: GridKind, __: date) -> bool:
    return True


days = st.dates(date(2025, 2, 20), date(2025, 4, 10))


@given(
    st.lists(st.tuples(days, st.none() | days), max_size=5),
    st.frozensets(st.tuples(st.sampled_from([GRID, NEXT_GRID]), days), max_size=60),
    days,
    st.none() | days,
)
def test_the_counts_are_those_of_the_days_one_by_one(
    served: list[tuple[date, date | None]],
    patrolled: frozenset[tuple[str, date]],
    valid_from: date,
    last_day: date | None,
) -> None:
    grid = replace(BASIC, valid_from=valid_from, last_day=last_day)
    times = [Time(grid_code=GRID, first_day=a, last_day=b) for a, b in served]
    found = list(coverage([grid], times, patrolled, first=FIRST, last=LAST, is_due=every_day))
    all_days = [FIRST + timedelta(days=number) for number in range(31)]
    due = [d for d in all_days if valid_from <= d and (last_day is None or d <= last_day)]
    went = {(code, day) for code, day in patrolled if FIRST <= day <= LAST}
    assert sum(each.done + each.patrolled_not_due for each in found) == len(went)
    assert [each.grid_code for each in found] == sorted(
        {code for code, _ in went} | ({GRID} if due else set())
    )
    if not due:
        return
    (own,) = (each for each in found if each.grid_code == GRID)
    assert own.due == len(due)
    assert own.done == len({d for code, d in patrolled if code == GRID} & set(due))
    missing = missing_days([grid], times, patrolled, first=FIRST, last=LAST, is_due=every_day)
    assert [each.on for each in missing] == [d for d in due if (GRID, d) not in patrolled]
    alone = [d for d in due if not any(a <= d and (b is None or d <= b) for a, b in served)]
    assert own.without_worker == len(alone)
    assert {each.on for each in missing if each.without_worker} == set(alone) - {
        d for code, d in patrolled if code == GRID
    }


def test_every_basic_grid_is_due_every_day_unless_the_policy_says_otherwise() -> None:
    calendar, holiday = shipped_calendar(), date(2025, 10, 1)
    assert DAILY.is_due(GridKind.BASIC, holiday, calendar)
    assert not DAILY.is_due(GridKind.MICRO, holiday, calendar)
    working = replace(DAILY, working_days_only=True)
    assert not working.is_due(GridKind.BASIC, holiday, calendar)
    assert working.is_due(GridKind.BASIC, date(2025, 10, 9), calendar)


async def covered(doors: Doors, first: str, last: str) -> httpx.Response:
    path = f"/townships/{TOWNSHIP}/coverage?from={first}&to={last}"
    return await doors.http.get(path, headers=doors.tokens.headers(Role.AUDITOR, TOWNSHIP))


async def missing(doors: Doors, first: str, last: str, **asked: Any) -> list[tuple[object, ...]]:
    """Every line of the list, page by page."""
    path, found, cursor = f"/townships/{TOWNSHIP}/coverage/missing", [], None
    while True:
        query: dict[str, Any] = (
            {"from": first, "to": last} | asked | ({"cursor": cursor} if cursor else {})
        )
        shown = (await doors.get(path, role=Role.AUDITOR, **query)).json()
        found += [tuple(each.values()) for each in shown["items"]]
        cursor = shown["next"]
        if cursor is None:
            return found


@pytest.mark.parts
async def test_a_township_is_covered_as_far_as_its_grids_were_patrolled(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    village = await doors.village()
    first, second = await doors.grid(village, 1), await doors.grid(village, 2)
    await doors.grid(village, 101, within=first, kind="micro")
    worker = await doors.worker()
    await doors.assign(first, worker, last_day="2025-03-05")
    done = [("1", "08"), ("1", "17"), ("2", "09"), ("4", "09")]
    lines = [
        {
            "client_id": str(uuid_utils.uuid7()),
            "grid_code": first,
            "done_at": f"2025-03-0{day}T{hour}:00:00+08:00",
            "found": False,
            "worker_id": worker,
        }
        for day, hour in done
    ]
    path = f"/townships/{TOWNSHIP}/patrols"
    told = await doors.done(path, {"patrols": lines}, role=Role.BACKFILL)
    voided = told["results"][3]["patrol_id"]
    await doors.done(f"/patrols/{voided}/void", {"reason": "by-mistake"})
    shown = (await covered(doors, "2025-03-01", "2025-03-10")).json()
    assert (shown["due"], shown["done"], shown["without_worker"]) == (20, 2, 15)
    assert shown["grids"] == [
        {"grid_code": first, "due": 10, "done": 2, "without_worker": 5, "patrolled_not_due": 0},
        {"grid_code": second, "due": 10, "done": 0, "without_worker": 10, "patrolled_not_due": 0},
    ]
    assert worker not in str(shown)
    assert await missing(doors, "2025-03-01", "2025-03-10", grid_code=first, limit=3) == [
        *(("2025-03-03", first, False), ("2025-03-04", first, False)),
        ("2025-03-05", first, False),
        *((f"2025-03-{day:02}", first, True) for day in range(6, 11)),
    ]
    assert await missing(doors, "2025-03-04", "2025-03-04", limit=1) == [
        ("2025-03-04", first, False),
        ("2025-03-04", second, True),
    ]
    assert len(await missing(doors, "2025-03-01", "2025-03-10")) == shown["due"] - shown["done"]
    for begins in ("2025-03-02", "2020-01-01"):
        answer = await covered(doors, begins, "2025-03-01")
        assert (problem(answer), answer.json()["errors"][0]["field"]) == ("invalid-input", "to")


@pytest.mark.parts
async def test_a_day_that_is_not_over_is_due_for_nobody(empty_doors: Doors) -> None:
    doors = empty_doors
    await doors.grid(await doors.village())
    shown = (await covered(doors, "2199-01-01", "2199-01-31")).json()
    assert (shown["due"], shown["grids"]) == (0, [])


@pytest.mark.parts
async def test_a_correction_of_the_register_drops_no_day_that_was_patrolled(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    village = await doors.village()
    grid = await doors.grid(village, 1)
    served = await doors.assign(grid, worker := await doors.worker(), last_day="2025-03-05")
    lines = [
        {
            "client_id": str(uuid_utils.uuid7()),
            "grid_code": grid,
            "done_at": f"2025-03-0{day}T08:00:00+08:00",
            "found": False,
            "worker_id": worker,
        }
        for day in (1, 2, 3)
    ]
    path = f"/townships/{TOWNSHIP}/patrols"
    await doors.done(path, {"patrols": lines}, role=Role.BACKFILL)

    async def counts() -> tuple[int, int, int]:
        shown = (await covered(doors, "2025-03-01", "2025-03-10")).json()
        return shown["due"], shown["done"], shown["patrolled_not_due"]

    assert await counts() == (10, 3, 0)
    voided = {"assignment_id": served["assignment_id"], "reason": "by-mistake"}
    await doors.done(f"/grids/{grid_id(grid)}/void-assignment", voided)
    await doors.done(f"/grids/{grid_id(grid)}/correct", {"valid_from": "2025-03-03"})
    assert await counts() == (8, 1, 2)
    await doors.done(f"/grids/{grid_id(grid)}/correct", {"kind": "dedicated"})
    assert await counts() == (0, 0, 3)

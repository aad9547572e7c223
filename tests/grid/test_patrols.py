"""Batches of a telephone that was offline: nothing doubled, each line answered for itself."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import uuid_utils
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.grid.domain.named_ids import grid_id
from shared.divisions import township_of
from shared.identity import Role
from tests.grid.doors import COUNTY, NEIGHBOUR, POST, TOWNSHIP, Body, Doors, problem
from tests.office_doors import at

pytestmark = pytest.mark.parts
NOW = "2025-03-04T18:00:00+08:00"


def line(grid: str, done_at: str = "2025-03-04T10:00:00+08:00", **changes: Any) -> Body:
    return {
        "client_id": str(uuid_utils.uuid7()),
        "grid_code": grid,
        "done_at": done_at,
        "found": False,
    } | changes


async def sent(doors: Doors, *lines: Body, now: str = NOW, **how: Any) -> Body:
    """The answer to a batch, sent by the worker's own telephone unless it is said otherwise."""
    division = how.pop("division", TOWNSHIP)
    body = {"patrols": list(lines)} | how.pop("body", {})
    how = {"role": Role.GRID_WORKER, "division": division} | how
    with at(doors, now):
        return await doors.done(f"/townships/{division}/patrols", body, **how)


async def served(doors: Doors, number: int = 1, **changes: Any) -> str:
    """A grid that the worker with the usual post serves; gives its code."""
    grid = await doors.grid(await doors.village(), number)
    await doors.assign(grid, await doors.worker(post=POST), **changes)
    return grid


def outcomes(told: Body) -> list[str]:
    return [each["outcome"] for each in told["results"]]


def slugs(told: Body) -> list[str | None]:
    return [
        each["problem"] and each["problem"]["type"].removeprefix("/problems/")
        for each in told["results"]
    ]


async def recorded(doors: Doors, grid: str, **asked: Any) -> list[Body]:
    found: list[Body] = (await doors.get("/patrols", grid_code=grid, **asked)).json()["items"]
    return found


async def test_a_batch_is_recorded_once_however_often_it_is_sent(doors: Doors) -> None:
    grid = await served(doors)
    days = [line(grid, f"2025-03-0{day}T10:00:00+08:00", found=day == 2) for day in (3, 1, 2)]
    first = await sent(doors, *days)
    assert outcomes(first) == ["recorded"] * 3
    again = await sent(doors, *reversed(days))
    assert outcomes(again) == ["known"] * 3
    assert [each["patrol_id"] for each in again["results"]] == [
        each["patrol_id"] for each in reversed(first["results"])
    ]
    shown = await recorded(doors, grid)
    assert [each["on_day"] for each in shown] == ["2025-03-03", "2025-03-02", "2025-03-01"]
    assert [each["found"] for each in shown] == [False, True, False]


async def test_half_a_batch_is_refused_and_the_other_half_recorded(doors: Doors) -> None:
    grid, strangers = await served(doors), await doors.grid(await doors.village())
    good = line(grid)
    told = await sent(
        doors,
        line(strangers),
        good,
        line(grid, found="yes"),
        line(grid, kilometres=12),
        line(grid, "2025-03-05T10:00:00+08:00"),
        line(grid, "2025-02-01T10:00:00+08:00"),
        good,
        good | {"found": True},
        line(grid, households_visited=8),
    )
    assert slugs(told) == [
        "grid-not-served",
        None,
        "invalid-input",
        "invalid-input",
        "not-yet-happened",
        "patrol-too-long-ago",
        None,
        "patrol-recorded-otherwise",
        None,
    ]
    assert outcomes(told)[1] == "recorded"
    assert outcomes(told)[6] == "known"
    assert (told["recorded"], told["known"], told["refused"]) == (2, 1, 6)
    assert [each["line"] for each in told["results"]] == list(range(1, 10))
    assert len(await recorded(doors, grid)) == 2


@pytest.mark.parametrize("off", [timedelta(hours=9), timedelta(days=-3000), timedelta(minutes=-1)])
async def test_a_clock_that_is_off_is_corrected_by_the_time_of_sending(
    doors: Doors, off: timedelta
) -> None:
    grid = await served(doors)
    done = datetime.fromisoformat("2025-03-03T23:30:00+08:00")
    shown = datetime.fromisoformat(NOW)
    body = {"sent_at": (shown + off).isoformat()}
    told = await sent(doors, line(grid, (done + off).isoformat()), body=body)
    (result,) = told["results"]
    assert (result["on"], result["clock_corrected"]) == (
        "2025-03-03",
        abs(off) > timedelta(minutes=5),
    )
    (patrol,) = await recorded(doors, grid)
    exact = done if result["clock_corrected"] else done + off
    assert datetime.fromisoformat(patrol["done_at"]) == exact


async def test_a_repeat_after_the_clock_was_set_is_the_same_patrol(doors: Doors) -> None:
    grid = await served(doors)
    stated = line(grid, "2025-03-04T01:00:00+08:00")
    body = {"sent_at": "2025-03-04T09:00:00+08:00"}
    assert outcomes(await sent(doors, stated, body=body)) == ["recorded"]
    assert outcomes(await sent(doors, stated, body={"sent_at": NOW})) == ["known"]
    (patrol,) = await recorded(doors, grid)
    assert datetime.fromisoformat(patrol["done_at"]) == datetime.fromisoformat(
        "2025-03-04T10:00:00+08:00"
    )


async def test_a_line_is_known_after_a_clock_that_was_days_off_was_set(doors: Doors) -> None:
    grid = await served(doors)
    stated = line(grid, "2025-03-07T10:00:00+08:00")
    told = await sent(doors, stated, body={"sent_at": "2025-03-07T18:00:00+08:00"})
    assert [each["on"] for each in told["results"]] == ["2025-03-04"]
    later: dict[str, Any] = {
        "now": "2025-03-08T18:00:00+08:00",
        "body": {"sent_at": "2025-03-08T18:00:00+08:00"},
    }
    assert outcomes(await sent(doors, stated, **later)) == ["known"]
    other = stated | {"done_at": "2025-03-06T10:00:00+08:00"}
    assert slugs(await sent(doors, other, **later)) == ["patrol-recorded-otherwise"]


async def test_a_known_id_with_anything_else_is_refused_also_where_it_is_long_ago(
    doors: Doors,
) -> None:
    grid = await served(doors)
    stated = line(grid)
    await sent(doors, stated)
    others = {
        "done_at": "2025-03-03T10:00:00+08:00",
        "grid_code": f"{grid[:-3]}999",
        "found": True,
        "households_visited": 3,
    }
    told = await sent(doors, *(stated | {field: value} for field, value in others.items()))
    assert slugs(told) == ["patrol-recorded-otherwise"] * 4
    assert [each["problem"]["field"] for each in told["results"]] == list(others)
    months_later = {"now": "2025-06-01T18:00:00+08:00"}
    assert outcomes(await sent(doors, stated, **months_later)) == ["known"]
    other = stated | {"done_at": "2025-03-03T10:00:00+08:00"}
    assert slugs(await sent(doors, other, **months_later)) == ["patrol-recorded-otherwise"]
    assert len(await recorded(doors, grid)) == 1


async def test_known_lines_are_answered_with_the_position_that_shows_them(doors: Doors) -> None:
    grid = await served(doors)
    stated = {"patrols": [line(grid, "2025-03-03T10:00:00+08:00"), line(grid)]}
    path = f"/townships/{TOWNSHIP}/patrols"
    with at(doors, NOW):
        first = await doors.post(path, stated, role=Role.GRID_WORKER)
        refused = await doors.post(
            path, {"patrols": [line(f"{grid[:-3]}999")]}, role=Role.GRID_WORKER
        )
        again = await doors.post(path, stated, role=Role.GRID_WORKER)
    assert outcomes(again.json()) == ["known", "known"]
    assert first.headers["Concord-Position"] == again.headers["Concord-Position"]
    assert "Concord-Position" not in refused.headers


async def test_who_serves_that_day_patrols_and_the_successor_from_the_next(doors: Doors) -> None:
    grid = await doors.grid(await doors.village())
    wu, li = await doors.worker(post="post-wu"), await doors.worker(post="post-li")
    before = await doors.assign(grid, wu)
    body = {"assignment_id": before["assignment_id"], "worker_id": li, "first_day": "2025-03-03"}
    await doors.tell(grid, "take-over", body)
    second, third = (f"2025-03-0{day}T10:00:00+08:00" for day in (2, 3))
    told = await sent(doors, line(grid, second), line(grid, third), ref="post-wu")
    assert slugs(told) == [None, "grid-not-served"]
    told = await sent(doors, line(grid, second), line(grid, third), ref="post-li")
    assert slugs(told) == ["grid-not-served", None]
    assert {each["worker_ref"] for each in await recorded(doors, grid)} == {wu, li}


async def test_a_lead_names_the_worker_and_a_worker_no_other(doors: Doors) -> None:
    grid = await served(doors)
    (mine,) = [
        each["worker_id"]
        for each in (await doors.get(f"/grids/{grid_id(grid)}")).json()["assignments"]
    ]
    other = await doors.worker()
    lead = {"role": Role.GRID_LEAD, "ref": "post-lead"}
    told = await sent(
        doors, line(grid), line(grid, worker_id=mine), line(grid, worker_id=other), **lead
    )
    assert slugs(told) == ["worker-not-named", None, "grid-not-served"]
    told = await sent(doors, line(grid, worker_id=other), line(grid, worker_id=mine))
    assert slugs(told) == ["grid-not-served", None]


async def test_a_backfill_states_what_lies_long_ago(doors: Doors) -> None:
    grid = await served(doors)
    (mine,) = (await doors.get(f"/grids/{grid_id(grid)}")).json()["assignments"]
    long_ago = line(grid, "2025-01-05T10:00:00+08:00", worker_id=mine["worker_id"])
    told = await sent(doors, long_ago, role=Role.BACKFILL, ref="post-backfill")
    assert outcomes(told) == ["recorded"]


async def test_a_voided_patrol_is_left_out_of_the_list_unless_it_is_asked_for(
    doors: Doors,
) -> None:
    grid = await served(doors)
    (result,) = (await sent(doors, line(grid)))["results"]
    path = f"/patrols/{result['patrol_id']}"
    told = await doors.done(f"{path}/void", {"reason": "by-mistake"})
    assert told["voided"]
    assert await recorded(doors, grid) == []
    assert len(await recorded(doors, grid, voided_too="true")) == 1
    history = (await doors.get(path)).json()["history"]
    assert [each["event"] for each in history] == ["patrol-done", "patrol-voided"]


async def test_a_worker_sees_the_own_grids_and_what_is_done(empty_doors: Doors) -> None:
    doors = empty_doors
    village = await doors.village()
    first, second = await doors.grid(village, 1), await doors.grid(village, 2)
    wu = await doors.worker(post=POST)
    await doors.assign(first, wu)
    await doors.assign(second, wu, duty="substitute", last_day="2025-03-04")
    await sent(doors, line(first))
    path = f"/townships/{TOWNSHIP}/grids/mine"
    mine = await doors.get(path, role=Role.GRID_WORKER, on="2025-03-04")
    assert [(each["grid_code"], each["patrolled"]) for each in mine.json()["grids"]] == [
        (first, True),
        (second, False),
    ]
    later = await doors.get(path, role=Role.GRID_WORKER, on="2025-03-05")
    assert [each["grid_code"] for each in later.json()["grids"]] == [first]
    nobody = await doors.get(path, role=Role.GRID_WORKER, ref="post-of-nobody")
    assert nobody.json()["grids"] == []


async def test_nothing_of_another_township_is_patrolled_or_seen(doors: Doors) -> None:
    grid = await doors.grid(await doors.village(NEIGHBOUR))
    await doors.assign(grid, await doors.worker(NEIGHBOUR, post=POST))
    assert slugs(await sent(doors, line(grid))) == ["grid-not-served"]
    (theirs,) = (await sent(doors, line(grid), division=NEIGHBOUR))["results"]
    path = f"/patrols/{theirs['patrol_id']}"
    assert problem(await doors.get(path)) == "patrol-not-found"
    assert (await doors.get(path, division=COUNTY)).status_code == 200
    assert problem(await doors.post(f"{path}/void", {"reason": "by-mistake"})) == (
        "patrol-not-found"
    )


batches = st.lists(st.lists(st.integers(0, 11), min_size=1, max_size=8), min_size=1, max_size=6)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(batches=batches)
async def test_whatever_is_sent_again_in_whatever_order_nothing_is_doubled_or_lost(
    doors: Doors, batches: list[list[int]]
) -> None:
    """Twelve lines, every third of which is refused, in batches that overlap."""
    grid = await served(doors)
    elsewhere = f"{grid[:-3]}999"
    lines = [
        line(elsewhere if number % 3 == 2 else grid, f"2025-03-04T{8 + number % 9:02}:00:00+08:00")
        for number in range(12)
    ]
    seen: set[int] = set()
    for batch in batches:
        told = await sent(doors, *(lines[number] for number in batch))
        for number, outcome in zip(batch, outcomes(told), strict=True):
            expected = "known" if number in seen else "recorded"
            assert outcome == ("refused" if number % 3 == 2 else expected)
            seen.add(number)
    good = {number for number in seen if number % 3 != 2}
    assert len(await recorded(doors, grid)) == len(good)
    assert township_of(grid) == TOWNSHIP


async def test_the_same_bytes_days_later_move_no_patrol_to_another_day(doors: Doors) -> None:
    grid = await served(doors)
    stated = line(grid, "2025-03-02T22:30:00+08:00")
    old = {"sent_at": "2025-03-02T23:00:00+08:00"}
    told = await sent(doors, stated, body=old)
    assert slugs(told) == ["sending-is-old"]
    told = await sent(doors, stated, body={"sent_at": NOW})
    assert [each["on"] for each in told["results"]] == ["2025-03-02"]
    assert outcomes(await sent(doors, stated, body=old)) == ["known"]


async def test_who_did_a_patrol_is_shown_to_the_desk_and_to_the_worker(doors: Doors) -> None:
    grid = await served(doors)
    (result,) = (await sent(doors, line(grid)))["results"]
    path = f"/patrols/{result['patrol_id']}"
    seeing: list[tuple[Role, str, str]] = [
        (Role.CLERK, TOWNSHIP, "post-desk"),
        (Role.GRID_LEAD, TOWNSHIP, "post-lead"),
        (Role.GRID_WORKER, TOWNSHIP, POST),
    ]
    others = [
        (Role.GRID_WORKER, TOWNSHIP, "post-of-another-worker"),
        (Role.HANDLER, TOWNSHIP, "post-handler"),
        (Role.COUNTY_LEADER, COUNTY, "post-leader"),
        (Role.AUDITOR, COUNTY, "post-auditor"),
    ]
    for role, division, ref in (*seeing, *others):
        how: dict[str, Any] = {"role": role, "division": division, "ref": ref}
        (shown,) = (await doors.get("/patrols", grid_code=grid, **how)).json()["items"]
        one = (await doors.get(path, **how)).json()
        is_shown = (role, division, ref) in seeing
        assert (shown["worker_ref"] is not None) is is_shown, role
        assert (one["worker_ref"], len(one["history"])) == (shown["worker_ref"], int(is_shown))

"""The register by its API: villages, grids and workers, from one day to another."""

import pytest

from services.grid.domain.named_ids import grid_id, village_id
from shared.identity import Role
from tests.grid.doors import NEIGHBOUR, TOWNSHIP, Doors, problem, square

pytestmark = pytest.mark.parts
MICRO = {"kind": "micro", "name": "一组一片"}


async def test_a_village_is_registered_once_whoever_says_it_again(doors: Doors) -> None:
    code = await doors.village()
    again = {"village_code": code, "name": "青云村", "kind": "village", "valid_from": "2025-01-01"}
    path = f"/townships/{TOWNSHIP}/villages"
    answer = await doors.post(path, again)
    assert answer.status_code == 201
    assert answer.json()["version"] == 1
    assert answer.headers["Location"] == f"/villages/{village_id(code)}"
    other = await doors.post(path, again | {"valid_from": "2025-02-01"})
    assert (problem(other), other.status_code) == ("village-registered-otherwise", 409)
    lines = (await doors.get("/villages", village_code=code)).json()["items"]
    assert [(each["name"], each["last_day"]) for each in lines] == [("青云村", None)]


async def test_a_code_of_another_township_is_refused(doors: Doors) -> None:
    path = f"/townships/{TOWNSHIP}/villages"
    village = {"village_code": f"{NEIGHBOUR}201", "name": "邻村", "valid_from": "2025-01-01"}
    assert problem(await doors.post(path, village)) == "place-elsewhere"
    grid = {
        "grid_code": f"{NEIGHBOUR}201001",
        "name": "一组",
        "kind": "basic",
        "valid_from": "2025-01-01",
    }
    path = f"/townships/{TOWNSHIP}/grids"
    assert problem(await doors.post(path, grid)) == "place-elsewhere"
    stranger = {**grid, "grid_code": f"{TOWNSHIP}999001"}
    assert problem(await doors.post(path, stranger)) == "village-not-valid"


async def test_a_micro_grid_lies_in_a_basic_grid_of_the_register(doors: Doors) -> None:
    village = await doors.village()
    basic = await doors.grid(village, 1)
    micro = await doors.grid(village, 101, within=basic, **MICRO)
    for within, told in (
        (f"{village}009", "basic-grid-not-found"),
        (micro, "basic-grid-not-found"),
    ):
        body = {
            "grid_code": f"{village}102",
            "valid_from": "2025-01-01",
            "within": within,
            **MICRO,
        }
        assert problem(await doors.post(f"/townships/{TOWNSHIP}/grids", body)) == told


async def test_a_boundary_is_kept_as_it_was_drawn_and_shown_by_its_digest(doors: Doors) -> None:
    grid = await doors.grid(await doors.village(), boundary=square())
    path = f"/grids/{grid_id(grid)}"
    shown = (await doors.get(f"{path}/boundary")).json()
    assert shown["boundary"] == square()
    before = shown["digest"]
    drawn = await doors.tell(grid, "draw-boundary", {"boundary": square(side=0.02)})
    assert drawn["boundary_digest"] != before
    shown = (await doors.get(f"{path}/boundary")).json()
    assert shown["boundary"] == square(side=0.02)
    history = (await doors.get(path)).json()["history"]
    assert [each["event"] for each in history] == ["grid-defined", "grid-boundary-drawn"]
    assert history[0]["data"]["boundary_digest"] == before


async def test_what_is_no_boundary_is_refused_by_its_field(doors: Doors) -> None:
    grid = await doors.grid(await doors.village())
    open_ring = {"type": "Polygon", "coordinates": [square()["coordinates"][0][:-1]]}
    answer = await doors.ask(grid, "draw-boundary", {"boundary": open_ring})
    assert problem(answer) == "invalid-input"
    assert answer.json()["errors"][0]["field"] == "boundary.coordinates"
    shown = await doors.get(f"/grids/{grid_id(grid)}/boundary")
    assert (problem(shown), shown.status_code) == ("boundary-not-drawn", 404)


async def test_who_serves_two_grids_is_one_person_and_once_in_each(empty_doors: Doors) -> None:
    doors = empty_doors
    village = await doors.village()
    first, second = await doors.grid(village, 1), await doors.grid(village, 2)
    await doors.grid(village, 3)
    micro = await doors.grid(village, 101, within=first, **MICRO)
    wu, li = await doors.worker(), await doors.worker(employment="part-time")
    for grid in (first, second, micro):
        await doors.assign(grid, wu)
    await doors.assign(second, li)
    counts = (await doors.get(f"/townships/{TOWNSHIP}/register", on="2025-03-04")).json()
    assert counts == {
        "villages": 1,
        "grids": 4,
        "basic_grids": 3,
        "micro_grids": 1,
        "dedicated_grids": 0,
        "grid_workers": 2,
        "full_time_workers": 1,
        "part_time_workers": 1,
        "workers_serving": 2,
        "workers_by_grid": 4,
        "basic_grids_without_worker": 1,
    }
    before = (await doors.get(f"/townships/{TOWNSHIP}/register", on="2024-12-31")).json()
    assert set(before.values()) == {0}
    served = (await doors.get("/grids", worker_id=wu)).json()["items"]
    assert [each["grid_code"] for each in served] == [first, second, micro]
    lines = (await doors.get("/grid-workers")).json()["items"]
    assert [each["grids"] for each in lines] == [[first, second, micro], [second]]


async def test_a_successor_serves_from_the_day_after(doors: Doors) -> None:
    grid = await doors.grid(await doors.village())
    wu, li = await doors.worker(), await doors.worker()
    assignment = await doors.assign(grid, wu)
    body = {
        "assignment_id": assignment["assignment_id"],
        "worker_id": li,
        "first_day": "2025-07-01",
    }
    told = await doors.tell(grid, "take-over", body)
    assert [(each["worker_id"], each["last_day"]) for each in told["assignments"]] == [
        (wu, "2025-06-30"),
        (li, None),
    ]


async def test_a_worker_leaves_once_nobody_needs_to_take_over(doors: Doors) -> None:
    grid = await doors.grid(await doors.village())
    wu = await doors.worker()
    assignment = await doors.assign(grid, wu)
    leaving = {"last_day": "2025-06-30"}
    answer = await doors.post(f"/grid-workers/{wu}/leave", leaving)
    assert (problem(answer), answer.status_code) == ("grid-worker-still-serves", 409)
    assert answer.json()["grid_code"] == grid
    ended = {"assignment_id": assignment["assignment_id"], **leaving}
    await doors.tell(grid, "end-assignment", ended)
    left = await doors.done(f"/grid-workers/{wu}/leave", leaving)
    assert left["last_day"] == "2025-06-30"
    later = {"worker_id": wu, "first_day": "2025-07-01"}
    assert problem(await doors.ask(grid, "assign", later)) == "worker-not-on-register"


async def test_an_assignment_that_was_none_counts_nowhere(empty_doors: Doors) -> None:
    doors = empty_doors
    grid = await doors.grid(await doors.village())
    wu = await doors.worker()
    assignment = await doors.assign(grid, wu, first_day="2025-07-01")
    body = {"assignment_id": assignment["assignment_id"], "reason": "by-mistake"}
    told = await doors.tell(grid, "void-assignment", body)
    assert told["assignments"][0]["last_day"] == "2025-06-30"
    counts = (await doors.get(f"/townships/{TOWNSHIP}/register", on="2025-07-01")).json()
    assert (counts["workers_by_grid"], counts["basic_grids_without_worker"]) == (0, 1)
    assert (await doors.get("/grids", worker_id=wu)).json()["items"] == []
    assert (await doors.get("/grid-workers")).json()["items"][0]["grids"] == []
    left = await doors.done(f"/grid-workers/{wu}/leave", {"last_day": "2025-01-31"})
    assert left["last_day"] == "2025-01-31"


async def test_a_worker_of_another_township_serves_no_grid_of_this_one(doors: Doors) -> None:
    stranger = await doors.worker(NEIGHBOUR)
    grid = await doors.grid(await doors.village())
    body = {"worker_id": stranger, "first_day": "2025-01-01"}
    assert problem(await doors.ask(grid, "assign", body)) == "worker-not-on-register"


async def test_a_grid_ends_with_successors_of_the_register_and_its_workers_with_it(
    doors: Doors,
) -> None:
    village = await doors.village()
    old, new = await doors.grid(village, 1), await doors.grid(village, 2)
    wu = await doors.worker()
    await doors.assign(old, wu)
    merged = {"last_day": "2025-06-30", "how": "merged", "successors": [new]}
    unknown = await doors.ask(old, "dissolve", merged | {"successors": [f"{village}009"]})
    assert problem(unknown) == "successor-not-found"
    told = await doors.tell(old, "dissolve", merged)
    assert told["successors"] == [new]
    assert told["assignments"][0]["last_day"] == "2025-06-30"
    lines = (await doors.get("/grids", village_code=village, undissolved="true")).json()["items"]
    assert [each["grid_code"] for each in lines] == [new]


async def test_a_village_ends_after_its_grids(doors: Doors) -> None:
    old, new = await doors.village(), await doors.village()
    grid = await doors.grid(old)
    merged = {"last_day": "2025-06-30", "how": "merged", "successors": [new]}
    path = f"/villages/{village_id(old)}/dissolve"
    answer = await doors.post(path, merged)
    assert (problem(answer), answer.json()["grid_code"]) == ("village-has-grids", grid)
    await doors.tell(grid, "dissolve", merged | {"successors": [], "how": "abolished"})
    assert (await doors.done(path, merged))["successors"] == [new]
    late = {
        "grid_code": f"{old}002",
        "name": "二组",
        "kind": "basic",
        "valid_from": "2025-07-01",
    }
    answer = await doors.post(f"/townships/{TOWNSHIP}/grids", late)
    assert problem(answer) == "village-not-valid"


async def test_names_of_workers_are_shown_to_those_who_speak_with_them(empty_doors: Doors) -> None:
    worker = await empty_doors.worker(post="post-wu")
    await empty_doors.post(
        f"/grid-workers/{worker}/enrol", {"employment": "part-time", "from_day": "2025-07-01"}
    )
    for role, name in ((Role.CLERK, "吴桂兰"), (Role.AUDITOR, None), (Role.GRID_WORKER, None)):
        (line,) = (await empty_doors.get("/grid-workers", role=role)).json()["items"]
        assert (line["name"], line["since"]) == (name, "2025-01-01")
    history = (await empty_doors.get(f"/grid-workers/{worker}")).json()["history"]
    assert "吴桂兰" not in str(history)
    assert "post-wu" not in str([each["data"] for each in history])


async def test_another_townships_records_are_as_if_there_were_none(doors: Doors) -> None:
    village = await doors.village(NEIGHBOUR)
    grid, worker = await doors.grid(village), await doors.worker(NEIGHBOUR)
    paths = {
        f"/villages/{village_id(village)}": "village-not-found",
        f"/grids/{grid_id(grid)}": "grid-not-found",
        f"/grids/{grid_id(grid)}/boundary": "grid-not-found",
        f"/grid-workers/{worker}": "grid-worker-not-found",
    }
    for path, told in paths.items():
        answer = await doors.get(path)
        assert (problem(answer), answer.status_code) == (told, 404)
    leave = await doors.post(f"/grid-workers/{worker}/leave", {"last_day": "2025-06-30"})
    assert problem(leave) == "grid-worker-not-found"

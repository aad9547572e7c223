"""Tables of an office come in as villages, grids and workers: once, and each row for itself."""

from pathlib import Path
from typing import Any

import pytest

from services.grid.domain.named_ids import grid_id
from shared.identity import Role
from tests.cli.registers import bodies, mapping_of, read_all, write_xlsx
from tests.cli.test_grid_tables import (
    GRID_HEADER,
    GRIDS,
    VILLAGE_HEADER,
    VILLAGES,
    WORKER_HEADER,
    WORKERS,
)
from tests.grid.doors import COUNTY, NEIGHBOUR, TOWNSHIP, Body, Doors, square

pytestmark = pytest.mark.parts
VILLAGE = f"{TOWNSHIP}201"
FIRST, SECOND, MICRO = f"{VILLAGE}001", f"{VILLAGE}002", f"{VILLAGE}101"


async def brought_in(doors: Doors, path: str, rows: list[Body], source: str = "t") -> Body:
    body = {"source": source, "rows": rows}
    how: dict[str, Any] = {"role": Role.BACKFILL, "ref": "post-backfill", "division": COUNTY}
    return await doors.done(path, body, **how)


async def from_workbook(
    doors: Doors, folder: Path, mapping: str, path: str, *rows: list[str]
) -> Body:
    """A workbook, read as `concord import` reads it."""
    table = write_xlsx(folder / "t.xlsx", rows)
    return await brought_in(doors, path, bodies(read_all(table, mapping_of(folder, mapping))))


def counts(told: Body) -> tuple[int, int, int, int]:
    return told["registered"], told["extended"], told["known"], told["rejected"]


def slugs(told: Body) -> list[str | None]:
    return [
        each["problem"] and each["problem"]["type"].removeprefix("/problems/")
        for each in told["results"]
    ]


WU = ["7", "吴桂兰", "13900000001", "专职", "grid-7", "2025-01-01"]


async def three_tables(doors: Doors, folder: Path) -> list[tuple[int, int, int, int]]:
    villages = await from_workbook(
        doors, folder, VILLAGES, "/villages/import", VILLAGE_HEADER, [VILLAGE, "青云村", "村"]
    )
    grids = await from_workbook(
        doors,
        folder,
        GRIDS,
        "/grids/import",
        GRID_HEADER,
        [MICRO, "一组一片", "微网格", FIRST, "", "2025-01-01"],
        [FIRST, "一组", "综合网格", "", "", "2025-01-01"],
        [SECOND, "二组", "综合网格", "", "", "2025-01-01"],
    )
    workers = await from_workbook(
        doors,
        folder,
        WORKERS,
        "/grid-workers/import",
        WORKER_HEADER,
        [*WU, FIRST, "", ""],
        [*WU, SECOND, "", ""],
        ["8", "李长根", "", "兼职", "", "2025-01-01", SECOND, "替班", "2025-03-31"],
    )
    return [counts(each) for each in (villages, grids, workers)]


async def test_three_tables_make_a_township_and_nothing_comes_in_twice(
    empty_doors: Doors, tmp_path: Path
) -> None:
    first = await three_tables(empty_doors, tmp_path)
    assert first == [(1, 0, 0, 0), (3, 0, 0, 0), (2, 1, 0, 0)]
    assert await three_tables(empty_doors, tmp_path) == [(0, 0, 1, 0), (0, 0, 3, 0), (0, 0, 3, 0)]
    path = f"/townships/{TOWNSHIP}/register"
    shown = (await empty_doors.get(path, on="2025-03-04")).json()
    assert (shown["villages"], shown["grids"], shown["micro_grids"]) == (1, 3, 1)
    assert (shown["grid_workers"], shown["workers_by_grid"]) == (2, 3)
    later = (await empty_doors.get(path, on="2025-04-01")).json()
    assert later["workers_by_grid"] == 2
    lines = (await empty_doors.get("/grid-workers", role=Role.CLERK)).json()["items"]
    assert {each["name"] for each in lines} == {"吴桂兰", "李长根"}


async def test_what_differs_is_rejected_and_the_rest_goes_in(
    empty_doors: Doors, tmp_path: Path
) -> None:
    doors = empty_doors
    await three_tables(doors, tmp_path)
    village = {"at": "2025-01-01T00:00:00+08:00", "day_only": True, "name": "青云村"}
    told = await brought_in(
        doors,
        "/villages/import",
        [
            {"row": 1, "division": TOWNSHIP, "register": village | {"village_code": VILLAGE}},
            {
                "row": 2,
                "division": TOWNSHIP,
                "register": village | {"village_code": f"{NEIGHBOUR}201"},
            },
            {"row": 3, "division": "519901101", "register": village | {"village_code": VILLAGE}},
            {"row": 4, "division": TOWNSHIP, "register": {"village_code": VILLAGE}},
            {
                "row": 5,
                "division": TOWNSHIP,
                "register": village | {"village_code": f"{TOWNSHIP}202"},
            },
        ],
    )
    assert slugs(told) == [
        "village-registered-otherwise",
        "place-elsewhere",
        "division-out-of-scope",
        "invalid-input",
        None,
    ]
    assert counts(told) == (1, 0, 0, 4)
    assert [each["row"] for each in told["results"]] == [1, 2, 3, 4, 5]


def a_worker(number: str, name: str = "某人", grid: str | None = None, **changes: Any) -> Body:
    at = {"at": "2025-01-01T00:00:00+08:00", "day_only": True}
    facts = [{"do": "serve", "grid_code": grid} | at | changes] if grid else []
    return {
        "row": 1,
        "number": number,
        "division": TOWNSHIP,
        "register": at | {"person": {"name": name}},
        "facts": facts,
    }


async def test_a_number_is_one_person_and_a_row_comes_in_whole_or_not_at_all(
    empty_doors: Doors, tmp_path: Path
) -> None:
    doors = empty_doors
    await three_tables(doors, tmp_path)
    told = await brought_in(
        doors,
        "/grid-workers/import",
        [
            a_worker("20", "龙小满", FIRST),
            a_worker("20", "另一人", SECOND),
            a_worker("21", "某人", f"{VILLAGE}009"),
            a_worker("22", "某人", FIRST, at="2024-12-31T00:00:00+08:00"),
        ],
    )
    assert slugs(told) == [
        None,
        "grid-worker-is-another-person",
        "grid-not-valid",
        "invalid-input",
    ]
    shown = (await doors.get("/grid-workers", everyone="true")).json()["items"]
    assert len(shown) == 3
    (other,) = [
        each
        for each in (await doors.get(f"/grids/{grid_id(FIRST)}")).json()["assignments"]
        if each["worker_id"] == told["results"][0]["id"]
    ]
    assert (other["first_day"], other["last_day"]) == ("2025-01-01", None)


async def test_who_was_assigned_by_the_desk_goes_on(empty_doors: Doors, tmp_path: Path) -> None:
    doors = empty_doors
    await three_tables(doors, tmp_path)
    told = await brought_in(doors, "/grid-workers/import", [a_worker("30")])
    worker = told["results"][0]["id"]
    await doors.assign(FIRST, worker, first_day="2025-02-01")
    told = await brought_in(doors, "/grid-workers/import", [a_worker("30", grid=FIRST)])
    assert counts(told) == (0, 0, 1, 0)


async def test_a_boundary_comes_in_with_its_grid_or_is_refused_by_its_field(
    empty_doors: Doors, tmp_path: Path
) -> None:
    doors = empty_doors
    await three_tables(doors, tmp_path)
    grid = {
        "at": "2025-01-01T00:00:00+08:00",
        "day_only": True,
        "name": "三组",
        "kind": "basic",
        "grid_code": f"{VILLAGE}003",
    }
    open_ring = {"type": "Polygon", "coordinates": [square()["coordinates"][0][:-1]]}
    rows = [
        {"row": 1, "division": TOWNSHIP, "register": grid | {"boundary": open_ring}},
        {"row": 2, "division": TOWNSHIP, "register": grid | {"boundary": square()}},
    ]
    told = await brought_in(doors, "/grids/import", rows)
    assert slugs(told) == ["invalid-input", None]
    assert told["results"][0]["problem"]["field"] == "boundary.coordinates"
    shown = await doors.get(f"/grids/{grid_id(f'{VILLAGE}003')}/boundary")
    assert shown.json()["boundary"] == square()


async def test_a_place_with_another_name_or_kind_is_rejected_by_its_field(
    empty_doors: Doors, tmp_path: Path
) -> None:
    doors = empty_doors
    await three_tables(doors, tmp_path)
    at = {"at": "2025-01-01T00:00:00+08:00", "day_only": True}
    village = at | {"village_code": VILLAGE, "name": "青云村", "kind": "village"}
    grid = at | {"grid_code": FIRST, "name": "一组", "kind": "basic"}
    for path, row, changes in (
        ("/villages/import", village, {"name": "青水村"}),
        ("/villages/import", village, {"kind": "community"}),
        ("/grids/import", grid, {"name": "二组"}),
        ("/grids/import", grid, {"kind": "micro"}),
        ("/grids/import", grid, {"boundary": square()}),
    ):
        rows = [{"row": 1, "division": TOWNSHIP, "register": row | changes}]
        told = await brought_in(doors, path, rows)
        assert counts(told) == (0, 0, 0, 1), changes
        assert told["results"][0]["problem"]["field"] in changes
        rows = [{"row": 1, "division": TOWNSHIP, "register": row}]
        assert counts(await brought_in(doors, path, rows)) == (0, 0, 1, 0)


async def test_a_row_whose_serving_is_refused_enrols_nobody(
    empty_doors: Doors, tmp_path: Path
) -> None:
    doors = empty_doors
    await three_tables(doors, tmp_path)
    before = (await doors.get("/grid-workers", everyone="true")).json()["items"]
    rows = [
        a_worker("40", "某人", FIRST, duty="substitute"),
        a_worker("41", "某人", FIRST, last_day="2024-12-01"),
        a_worker("42", "某人") | {"number": None},
    ]
    told = await brought_in(doors, "/grid-workers/import", rows)
    assert slugs(told) == ["substitute-needs-a-last-day", "ends-before-it-began", "invalid-input"]
    assert told["results"][2]["problem"]["field"] == "number"
    assert (await doors.get("/grid-workers", everyone="true")).json()["items"] == before


async def test_what_differs_of_a_known_worker_is_rejected_by_its_field(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    village = await doors.village()
    grid = await doors.grid(village)
    first = a_worker("50", "吴桂兰", grid)
    known = first["register"] | {"post": "grid-50", "employment": "full-time"}
    first |= {"register": known}
    assert counts(await brought_in(doors, "/grid-workers/import", [first])) == (1, 0, 0, 0)
    later = "2025-02-01T00:00:00+08:00"
    serving = first["facts"][0]
    for changed, field in (
        ({"register": known | {"post": "grid-51"}}, "post"),
        ({"register": known | {"employment": "part-time"}}, "employment"),
        ({"register": known | {"at": later}, "facts": []}, "at"),
        ({"facts": [serving | {"at": later}]}, "facts.0.at"),
    ):
        told = await brought_in(doors, "/grid-workers/import", [first | changed])
        assert counts(told) == (0, 0, 0, 1), changed
        assert told["results"][0]["problem"]["field"] == field
    silent = first | {"register": {k: v for k, v in known.items() if k != "post"}}
    told = await brought_in(doors, "/grid-workers/import", [first, silent])
    assert counts(told) == (0, 0, 2, 0)


async def test_a_post_that_was_not_known_is_added(empty_doors: Doors) -> None:
    doors = empty_doors
    first = a_worker("60", "吴桂兰")
    await brought_in(doors, "/grid-workers/import", [first])
    with_post = first | {"register": first["register"] | {"post": "grid-60"}}
    for outcome in ((0, 1, 0, 0), (0, 0, 1, 0)):
        told = await brought_in(doors, "/grid-workers/import", [with_post])
        assert counts(told) == outcome

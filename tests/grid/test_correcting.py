"""The register is corrected by acts: the name in a table, the rest in an event, nothing dropped."""

from typing import Any

import pytest

from services.grid.domain.named_ids import grid_id, village_id
from tests.grid.doors import TOWNSHIP, Body, Doors, problem

pytestmark = pytest.mark.parts


async def line_of(doors: Doors, path: str, **asked: Any) -> Body:
    (line,) = (await doors.get(path, **asked)).json()["items"]
    found: Body = line
    return found


async def test_a_village_is_called_as_it_was_corrected_last(doors: Doors) -> None:
    code = await doors.village()
    path = f"/villages/{village_id(code)}"
    for name in ("青山村", "青水村", "青云村"):
        await doors.done(f"{path}/correct", {"name": name})
        assert (await line_of(doors, "/villages", village_code=code))["name"] == name
        again = await doors.done(f"{path}/correct", {"name": name})
        assert again["version"] == (await doors.get(path)).json()["version"]
    history = (await doors.get(path)).json()["history"]
    assert [each["event"] for each in history[1:]] == ["village-corrected"] * 3
    assert len({each["data"]["title_digest"] for each in history[1:]}) == 3
    assert "青" not in str(history)


async def test_a_kind_and_a_first_day_are_corrected_in_the_event(doors: Doors) -> None:
    code = await doors.village()
    path = f"/villages/{village_id(code)}"
    body = {"kind": "community", "valid_from": "2024-07-01"}
    told = await doors.done(f"{path}/correct", body)
    assert (told["village_kind"], told["valid_from"]) == ("community", "2024-07-01")
    line = await line_of(doors, "/villages", village_code=code)
    assert (line["village_kind"], line["name"]) == ("community", "青云村")
    nothing = await doors.post(f"{path}/correct", {})
    assert (problem(nothing), nothing.status_code) == ("nothing-is-corrected", 422)
    await doors.grid(code, valid_from="2024-08-01")
    late = await doors.post(f"{path}/correct", {"valid_from": "2024-08-02"})
    assert problem(late) == "village-has-earlier-grids"


async def test_a_grid_is_corrected_and_keeps_what_goes_with_it(doors: Doors) -> None:
    village = await doors.village()
    basic = await doors.grid(village, 1)
    micro = await doors.grid(village, 101, kind="micro", within=basic)
    path = f"/grids/{grid_id(basic)}"
    named = await doors.done(f"{path}/correct", {"name": "东片", "valid_from": "2025-02-01"})
    assert named["valid_from"] == "2025-02-01"
    assert (await line_of(doors, "/grids", grid_code=basic))["name"] == "东片"
    kept = await doors.post(f"{path}/correct", {"kind": "dedicated"})
    assert (problem(kept), kept.json()["grid_code"]) == ("micro-grids-lie-within", micro)
    early = await doors.post(f"{path}/correct", {"valid_from": "2024-12-31"})
    assert problem(early) == "village-not-valid"


async def test_another_name_for_a_known_code_is_refused_not_dropped(doors: Doors) -> None:
    village = await doors.village()
    grid = await doors.grid(village)
    stated = {
        "village_code": village,
        "name": "别名",
        "kind": "village",
        "valid_from": "2025-01-01",
    }
    answer = await doors.post(f"/townships/{TOWNSHIP}/villages", stated)
    assert (problem(answer), answer.json()["field"]) == ("village-named-otherwise", "name")
    stated = {"grid_code": grid, "name": "别名", "kind": "basic", "valid_from": "2025-01-01"}
    answer = await doors.post(f"/townships/{TOWNSHIP}/grids", stated)
    assert (problem(answer), answer.json()["field"]) == ("grid-named-otherwise", "name")

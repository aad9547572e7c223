"""Tables of units and posts come in once, however often they are imported."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from shared.identity import Role
from tests.intake.doors import COUNTY, NEIGHBOUR, TOWNSHIP, Doors, problem
from tests.intake.registry import listed

pytestmark = pytest.mark.parts


def code(stem: str) -> str:
    """A code that no other test has."""
    return f"{stem}-{uuid4().hex[:8]}"


def unit_row(own: str, division: str = TOWNSHIP, **changes: Any) -> dict[str, Any]:
    given = {
        "at": "2020-01-01T00:00:00+08:00",
        "day_only": True,
        "code": own,
        "unit_type": "justice",
        "title": "青云镇司法所",
    }
    return {"row": 1, "number": None, "division": division, "register": given | changes}


def post_row(own: str, unit: str, *holders: tuple[str, str]) -> dict[str, Any]:
    given = {"at": "2020-01-01T00:00:00+08:00", "code": own, "unit": unit, "leads": None}
    facts = [{"do": "hold", "at": f"{day}T00:00:00+08:00", "holder": who} for who, day in holders]
    return {"row": 1, "number": None, "division": TOWNSHIP, "register": given, "facts": facts}


async def imported(doors: Doors, kind: str, *rows: dict[str, Any], scope: str = COUNTY) -> Any:
    body = {"source": "table", "rows": list(rows)}
    answer = await doors.post(f"/{kind}/import", body, role=Role.BACKFILL, division=scope)
    assert answer.status_code == 200, answer.text
    return answer.json()


def refusals(told: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [
        (each["problem"]["type"].removeprefix("/problems/"), each["problem"]["field"])
        for each in told["results"]
        if each["problem"]
    ]


async def test_the_same_table_registers_nothing_twice(doors: Doors) -> None:
    one, two, post = code("unit"), code("unit"), code("post")
    rows = [unit_row(one, parent=two), unit_row(two), unit_row(one, NEIGHBOUR)]
    told = await imported(doors, "units", *rows)
    assert (told["registered"], told["known"], told["rejected"]) == (3, 0, 0)
    again = await imported(doors, "units", *rows)
    assert (again["registered"], again["known"], again["rejected"]) == (0, 3, 0)
    assert [each["id"] for each in again["results"]] == [each["id"] for each in told["results"]]
    (line,) = await listed(doors, "units", of=TOWNSHIP, code=one)
    assert (line["parent"], line["version"], line["valid_from"]) == (two, 1, "2020-01-01")
    held = post_row(post, one, ("h-1", "2021-01-01"))
    assert (await imported(doors, "posts", held))["registered"] == 1
    assert (await imported(doors, "posts", held))["known"] == 1
    (line,) = await listed(doors, "posts", code=post)
    assert (line["holder"], line["held_since"], line["version"]) == ("h-1", "2021-01-01", 2)


async def test_a_table_may_add_a_later_holder_and_an_earlier_one_stays_past(doors: Doors) -> None:
    unit, post = code("unit"), code("post")
    await imported(doors, "units", unit_row(unit))
    first, second = (
        post_row(post, unit, each) for each in (("h-1", "2021-01-01"), ("h-2", "2022-01-01"))
    )
    assert (await imported(doors, "posts", first))["registered"] == 1
    assert (await imported(doors, "posts", second))["extended"] == 1
    assert (await imported(doors, "posts", first))["known"] == 1
    (line,) = await listed(doors, "posts", code=post)
    assert line["holder"] == "h-2"


async def test_a_row_that_differs_or_lacks_its_unit_fails_alone(doors: Doors) -> None:
    one, two = code("unit"), code("unit")
    await imported(doors, "units", unit_row(one))
    told = await imported(
        doors,
        "units",
        unit_row(one, unit_type="police"),
        unit_row(code("unit"), parent=code("nowhere")),
        unit_row(code("unit"), at="2199-01-01T00:00:00+08:00"),
        unit_row(code("unit"), "519901"),
        unit_row("Not A Code"),
        unit_row(two),
    )
    assert refusals(told) == [
        ("unit-registered-otherwise", None),
        ("parent-not-registered", "parent"),
        ("not-yet-happened", "at"),
        ("division-out-of-scope", "division"),
        ("invalid-input", "register.code"),
    ]
    assert (told["registered"], told["rejected"]) == (1, 5)
    told = await imported(doors, "posts", post_row(code("post"), code("nowhere")))
    assert refusals(told) == [("post-unit-not-registered", "unit")]


async def test_a_township_brings_in_its_own_units_alone(doors: Doors) -> None:
    told = await imported(
        doors, "units", unit_row(code("unit")), unit_row(code("unit"), NEIGHBOUR), scope=TOWNSHIP
    )
    assert (told["registered"], refusals(told)) == (1, [("division-out-of-scope", "division")])


async def test_only_a_backfill_brings_a_table_in(doors: Doors) -> None:
    body = {"source": "table", "rows": []}
    refused: httpx.Response = await doors.post("/units/import", body, role=Role.CLERK)
    assert (refused.status_code, problem(refused)) == (403, "role-not-allowed")

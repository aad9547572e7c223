"""How many cases complain of which unit: as the figure of filed cases counts, and never of people."""

from typing import Any

import pytest

from shared.identity import Role
from tests.intake.doors import (
    COUNTY,
    FILE_HERE,
    MARKS,
    NEIGHBOUR,
    TOWNSHIP,
    Doors,
    a_filing,
    problem,
)
from tests.intake.registry import registered_unit
from tests.midnight import today

pytestmark = pytest.mark.parts
TODAY: dict[str, Any] = {"from": str(today()), "to": str(today())}
LEADER: dict[str, Any] = {"role": Role.COUNTY_LEADER, "division": COUNTY}


async def complained(doors: Doors, unit: str | None, **changes: Any) -> str:
    body = a_filing(complained_unit=unit, **changes)
    answer = await doors.post(FILE_HERE, body, role=Role.CLERK, ref="post-2")
    assert answer.status_code == 201, answer.text
    return str(answer.json()["case_id"])


async def counted(doors: Doors, of: str = TOWNSHIP, **how: Any) -> dict[str, Any]:
    answer = await doors.get(f"/divisions/{of}/complaints", **{**LEADER, **how}, **TODAY)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_cases_are_counted_by_the_unit_that_they_complain_of(doors: Doors) -> None:
    await registered_unit(doors, "water-station", title="供水站")
    before = {each["complained_mark"]: each["value"] for each in (await counted(doors))["items"]}
    for unit in ("water-station", "unheard-of", "water-station", None):
        await complained(doors, unit)
    void = await complained(doors, "unheard-of")
    await doors.tell(void, ("void", {"why": "registered-twice"}))
    await complained(doors, None, purpose="accusation", category="unclassified")
    found = await counted(doors)
    more = [
        (each["code"], each["title"], int(each["value"]) - int(before.get(mark, 0)))
        for each in found["items"]
        if each["value"] != before.get(mark := each["complained_mark"])
    ]
    assert more == [("water-station", "供水站", 2), (None, None, 1)]
    assert {MARKS.of_unit("water-station"), MARKS.of_unit("unheard-of")} <= {
        each["complained_mark"] for each in found["items"]
    }
    assert {each["unit"] for each in found["items"]} == {"件"}
    heads = await doors.office.ledger.heads(COUNTY, [TOWNSHIP])
    assert found["as_of"][f"intake/{TOWNSHIP}"] == heads[TOWNSHIP]
    assert found["withheld"] == 0


async def test_a_correction_changes_what_is_counted(doors: Doors) -> None:
    before = await counted(doors)
    case_id = await complained(doors, "road-office")
    assert len((await counted(doors))["items"]) == len(before["items"]) + 1
    body = {"why": "found-otherwise", "complained_unit": None}
    assert (await doors.post(f"/cases/{case_id}/correct", body)).status_code == 200
    assert (await counted(doors))["items"] == before["items"]


async def test_the_unit_complained_of_is_shown_how_many_and_no_line(doors: Doors) -> None:
    await complained(doors, "school")
    own = {"role": Role.TOWNSHIP_LEADER, "division": TOWNSHIP}
    found = await counted(doors, **own, claims={"unit": "school"})
    other = await counted(doors, **own, claims={"unit": "justice-office"})
    assert (found["withheld"], other["withheld"]) == (1, 0)
    lines = [each for each in other["items"] if each not in found["items"]]
    assert [each["complained_mark"] for each in lines] == [MARKS.of_unit("school")]


async def test_a_county_counts_its_townships_and_a_township_nobody_else(doors: Doors) -> None:
    await complained(doors, "forest-station")
    assert (await counted(doors, COUNTY))["items"] == (await counted(doors))["items"]
    path = f"/divisions/{TOWNSHIP}/complaints"
    there = await doors.get(path, role=Role.CLERK, division=NEIGHBOUR, **TODAY)
    assert problem(there) == "division-out-of-scope"


async def test_a_period_that_ends_before_it_begins_is_refused(doors: Doors) -> None:
    days: dict[str, Any] = {"from": "2025-02-01", "to": "2025-01-31"}
    answer = await doors.get(f"/divisions/{TOWNSHIP}/complaints", **LEADER, **days)
    assert problem(answer) == "invalid-input"

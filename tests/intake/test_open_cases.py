"""What is open for a unit, the soonest due first: an order of the board."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from shared.identity import Role
from tests.intake.doors import COUNTY, NEIGHBOUR, TOWNSHIP, Doors, fresh_intake, open_doors
from tests.legal_acts import DIVERTED
from tests.parts import PostgresForTests

pytestmark = pytest.mark.parts
LATE, MIDDLE, SOON = "2025-03-06", "2025-03-05", "2025-03-04"
DUE: dict[str, Any] = {"order": "due"}


@pytest.fixture(scope="module")
async def doors(postgres: PostgresForTests) -> AsyncIterator[Doors]:
    """Each test looks at units of its own."""
    async with open_doors(fresh_intake(postgres)) as opened:
        yield opened


async def accepted(doors: Doors, unit: str, day: str, division: str = TOWNSHIP) -> str:
    case_id = await doors.file(division, occurred_at="2025-03-01T10:00:00+08:00")
    body = {"responsible_unit": unit, "occurred_at": f"{day}T10:00:00+08:00"}
    answer = await doors.post(
        f"/cases/{case_id}/accept", body, role=Role.BACKFILL, division=COUNTY
    )
    assert answer.status_code == 200, answer.text
    return case_id


async def listed(doors: Doors, division: str = TOWNSHIP, **query: Any) -> list[str]:
    """Every page, as one list."""
    seen: list[str] = []
    following: dict[str, str] = {}
    while True:
        answer = await doors.get(
            "/cases", role=Role.AUDITOR, division=division, **(query | following)
        )
        assert answer.status_code == 200, answer.text
        seen += [line["case_id"] for line in answer.json()["items"]]
        if answer.json()["next"] is None:
            return seen
        following = {"cursor": answer.json()["next"]}


async def test_the_soonest_due_comes_first_and_ties_come_by_their_id(doors: Doors) -> None:
    unit = "water-bureau"
    late = await accepted(doors, unit, LATE)
    soon = sorted([await accepted(doors, unit, SOON) for _ in range(3)])
    middle = await accepted(doors, unit, MIDDLE)
    for limit in (1, 2, 50):
        found = await listed(doors, responsible_unit=unit, limit=limit, **DUE)
        assert found == [*soon, middle, late]


async def test_a_unit_of_several_townships_is_one_list_for_the_county(doors: Doors) -> None:
    unit = "land-office"
    there = await accepted(doors, unit, MIDDLE, NEIGHBOUR)
    here = {day: await accepted(doors, unit, day) for day in (LATE, SOON)}
    in_order = [here[SOON], there, here[LATE]]
    assert await listed(doors, COUNTY, responsible_unit=unit, limit=1, **DUE) == in_order
    assert await listed(doors, responsible_unit=unit, **DUE) == [here[SOON], here[LATE]]
    assert await listed(doors, NEIGHBOUR, responsible_unit=unit, **DUE) == [there]


async def test_what_nobody_has_accepted_comes_last(empty_doors: Doors) -> None:
    doors = empty_doors
    waiting = sorted([await doors.file() for _ in range(2)])
    taken = await accepted(doors, "justice-office", LATE)
    await doors.file(NEIGHBOUR)
    for limit in (1, 2, 3):
        assert await listed(doors, limit=limit, **DUE) == [taken, *waiting]
    assert set(await listed(doors, open="true")) == {taken, *waiting}


async def test_what_has_ended_is_not_open(doors: Doors) -> None:
    unit = "labour-office"
    ended, goes_on = [await accepted(doors, unit, SOON) for _ in range(2)]
    await doors.tell(ended, DIVERTED)
    for query in (DUE, {"open": "true"}, DUE | {"open": "true"}):
        assert await listed(doors, responsible_unit=unit, **query) == [goes_on]
    assert set(await listed(doors, responsible_unit=unit)) == {ended, goes_on}
    assert await listed(doors, responsible_unit=unit, state="diverted", **DUE) == []


async def test_a_cursor_of_the_other_order_is_refused(doors: Doors) -> None:
    for _ in range(2):
        await accepted(doors, "health-office", SOON)
    for made, asked in (("newest", "due"), ("due", "newest")):
        page = await doors.get("/cases", order=made, limit=1)
        cursor = page.json()["next"]
        assert cursor is not None
        refused = await doors.get("/cases", order=asked, limit=1, cursor=cursor)
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["field"] == "cursor"


@pytest.mark.parametrize(
    "query", [{"order": "worst"}, {"open": "perhaps"}, {"responsible_unit": "No Unit"}]
)
async def test_what_no_list_is_asked_by_is_refused(doors: Doors, query: dict[str, Any]) -> None:
    answer = await doors.get("/cases", **query)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] in query

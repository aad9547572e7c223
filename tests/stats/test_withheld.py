"""Evidence of grid reports: it is not listed to the unit that they are about."""

from typing import Any

import pytest

from shared.identity import Role
from tests.stats.doors import Doors
from tests.stats.grid_lives import Grids
from tests.stats.lives import COUNTY, NEIGHBOUR, TOWNSHIP

pytestmark = pytest.mark.parts
UNIT = "water-station"
HERE = f"grid/{TOWNSHIP}"


async def listed(doors: Doors, *, unit: str | None, **query: Any) -> tuple[list[str], int]:
    """The reports that somebody of a unit is shown, page by page, and how many are withheld."""
    role, scope = query.pop("role", Role.HANDLER), query.pop("scope", TOWNSHIP)
    headers = doors.tokens.headers(role=role, division=scope, unit=unit)
    asked = {"division": TOWNSHIP, "period": "all"} | query
    found: list[str] = []
    withheld = 0
    while True:
        path = "/figures/valid_grid_reports/evidence"
        answer = await doors.client.get(path, params=asked, headers=headers)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += [item["report_id"] for item in page["items"]]
        withheld += page["withheld"]
        if page["next"] is None:
            return found, withheld
        asked["cursor"] = page["next"]


async def test_a_report_about_a_unit_counts_and_is_not_listed_to_it(doors: Doors) -> None:
    ledger = Grids()
    about: dict[int, Any] = {
        3: {"about_unit": UNIT},
        4: {"about_unit": UNIT, "about_division": COUNTY},
    }
    about |= {6: {"about_unit": UNIT, "about_division": TOWNSHIP}, 7: {"about_unit": "roads"}}
    reports = [ledger.submit("2025-03-01", **about.get(each, {})) for each in range(8)]
    for report in reports:
        ledger.validate(report, "2025-03-02")
    await doors.fold(ledger.events)
    for limit in (1, 2, 3, 5, 6, 100):
        own, withheld = await listed(doors, unit=UNIT, limit=limit)
        assert own == [each for each in reports if each not in {reports[3], reports[6]}]
        assert withheld == 2, limit
    county = {"role": Role.COUNTY_LEADER, "scope": COUNTY}
    assert (await listed(doors, unit=UNIT, **county))[1] == 2
    assert await listed(doors, unit="land-office") == (reports, 0)
    assert (await listed(doors, unit=None))[1] == 4
    assert await listed(doors, unit=None, role=Role.BACKFILL) == (reports, 0)


async def test_the_last_one_that_counts_may_be_withheld(doors: Doors) -> None:
    ledger = Grids()
    reports = [ledger.submit("2025-03-01"), ledger.submit("2025-03-01", about_unit=UNIT)]
    for report in reports:
        ledger.validate(report, "2025-03-02")
    await doors.fold(ledger.events)
    for limit in (1, 2):
        assert await listed(doors, unit=UNIT, limit=limit) == ([reports[0]], 1)


async def test_a_correction_is_followed_also_by_questions_about_the_past(doors: Doors) -> None:
    ledger = Grids()
    report = ledger.submit("2025-03-01", about_unit="roads")
    ledger.validate(report, "2025-03-02")
    past = len(ledger.events)
    await doors.fold(ledger.events)
    assert await listed(doors, unit=UNIT) == ([report], 0)
    ledger.correct(report, "2025-03-03", about_unit=UNIT)
    await doors.fold(ledger.events[past:])
    for as_of in ({}, {"as_of": f"{HERE}@{past}"}):
        assert await listed(doors, unit=UNIT, **as_of) == ([], 1)
        assert await listed(doors, unit="roads", **as_of) == ([report], 0)


async def test_a_unit_of_that_code_in_another_township_is_another_one(doors: Doors) -> None:
    ledger = Grids(NEIGHBOUR)
    report = ledger.submit("2025-03-01", about_unit=UNIT, about_division=TOWNSHIP)
    ledger.validate(report, "2025-03-02")
    await doors.fold(ledger.events)
    asked = {"division": NEIGHBOUR, "scope": NEIGHBOUR}
    assert await listed(doors, unit=UNIT, **asked) == ([report], 0)

"""Evidence is not listed to the unit that it is about, or of which it complains."""

from typing import Any

import pytest

from shared.divisions import new_id
from shared.identity import Role
from tests.office_doors import MARKS
from tests.shared.registry_events import RegistryLedger
from tests.stats.doors import Doors
from tests.stats.grid_lives import Grids
from tests.stats.lives import COUNTY, NEIGHBOUR, TOWNSHIP, Ledger
from tests.stats.mediation_lives import Mediations
from tests.stats.warning_lives import Warnings

pytestmark = pytest.mark.parts
UNIT = "water-station"
HERE = f"grid/{TOWNSHIP}"


async def listed(doors: Doors, *, unit: str | None, **query: Any) -> tuple[list[str], int]:
    """The reports, or entities of another measure, that somebody of a unit is shown, page by page, and how
    many are withheld.
    """
    measure, kind = query.pop("of", ("valid_grid_reports", "report_id"))
    role, scope = query.pop("role", Role.HANDLER), query.pop("scope", TOWNSHIP)
    headers = doors.tokens.headers(role=role, division=scope, unit=unit)
    asked = {"division": TOWNSHIP, "period": "all"} | query
    found: list[str] = []
    withheld = 0
    while True:
        path = f"/figures/{measure}/evidence"
        answer = await doors.client.get(path, params=asked, headers=headers)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += [item[kind] for item in page["items"]]
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


CASES: dict[str, Any] = {"of": ("cases_filed", "case_id")}
DISPUTES: dict[str, Any] = {"of": ("mediations_ended", "mediation_id")}
MARK = MARKS.of_unit(UNIT)


async def test_a_case_that_complains_of_a_unit_counts_and_is_not_listed_to_it(
    doors: Doors,
) -> None:
    ledger = Ledger()
    about: dict[int, Any] = {
        1: {"complained_mark": MARK},
        2: {"complained_unit": UNIT},
        3: {"complained_mark": MARK, "complained_division": COUNTY},
        4: {"complained_mark": MARK, "complained_division": NEIGHBOUR},
        5: {"complained_mark": MARKS.of_unit("roads")},
        6: {"complained_mark": MARK, "home_case_id": new_id(NEIGHBOUR)},
    }
    cases = [ledger.file("2025-03-01", **about.get(each, {})) for each in range(8)]
    await doors.fold(ledger.events)
    for limit in (1, 3, 100):
        own, withheld = await listed(doors, unit=UNIT, limit=limit, **CASES)
        assert own == [each for at, each in enumerate(cases) if at not in {1, 2, 6}]
        assert withheld == 3
    county: dict[str, Any] = {"role": Role.COUNTY_LEADER, "scope": COUNTY}
    assert (await listed(doors, unit=UNIT, **county, **CASES))[1] == 4
    assert await listed(doors, unit="land-office", **CASES) == (cases, 0)
    assert (await listed(doors, unit=None, **CASES))[1] == 6
    ledger.correct(cases[1], "2025-03-02", complained_unit=None, complained_mark=None)
    ledger.correct(cases[7], "2025-03-02", complained_mark=MARK, complained_unit=None)
    await doors.fold(ledger.events[len(cases) :])
    own, withheld = await listed(doors, unit=UNIT, **CASES)
    assert (cases[1] in own, cases[7] in own, withheld) == (True, False, 3)


async def test_a_dispute_that_complains_of_a_unit_is_not_listed_to_it(doors: Doors) -> None:
    ledger = Mediations()
    disputes = [
        ledger.apply("2025-03-01"),
        ledger.apply("2025-03-01", complained_mark=MARK),
        ledger.apply("2025-03-01", complained_unit=UNIT),
    ]
    for each in disputes:
        ledger.fail(each, "2025-03-02")
    await doors.fold(ledger.events)
    assert await listed(doors, unit=UNIT, **DISPUTES) == (disputes[:1], 2)
    assert await listed(doors, unit="land-office", **DISPUTES) == (disputes, 0)


TO_DISCIPLINE: dict[str, Any] = {"of": ("cases_filed", "case_id"), "part": "to_discipline"}


async def test_what_was_recognised_as_an_accusation_is_listed_to_nobody(doors: Doors) -> None:
    ledger = Ledger()
    case, accusation = ledger.file("2025-03-01"), ledger.file("2025-03-01")
    past = len(ledger.events)
    ledger.recognise(accusation, "2025-03-02")
    await doors.fold(ledger.events)
    overseer: dict[str, Any] = {"role": Role.AUDITOR, "scope": COUNTY}
    for who in ({}, {"role": Role.BACKFILL}, overseer):
        assert await listed(doors, unit=None, **who, **TO_DISCIPLINE) == ([], 1)
        before = await listed(doors, unit=None, as_of=f"intake/{TOWNSHIP}@{past}", **who, **CASES)
        assert before == ([case], 1)


async def test_nor_where_another_ledger_holds_the_matter(doors: Doors) -> None:
    ledger = Ledger()
    accusation = ledger.file("2025-03-01")
    ledger.forward(accusation, "2025-03-02", to_division=NEIGHBOUR)
    past = len(ledger.events)
    ledger.recognise(accusation, "2025-03-03")
    await doors.fold(ledger.events)
    asked = {"of": ("cases_transferred_out", "case_id"), "as_of": f"intake/{TOWNSHIP}@{past}"}
    assert await listed(doors, unit=UNIT, **asked) == ([], 1)


WARNINGS: dict[str, Any] = {"of": ("monitoring_warnings", "warning_id")}


@pytest.mark.parametrize("by", ["case", "dispute", "report"])
async def test_a_warning_is_not_listed_to_whom_a_record_of_its_matter_complains_of(
    doors: Doors, by: str
) -> None:
    warnings = Warnings()
    raised = [warnings.warn("2025-03-01"), warnings.warn("2025-03-01")]
    matter = raised[0]
    await doors.fold(warnings.events)
    assert await listed(doors, unit=UNIT, **WARNINGS) == (raised, 0)
    match by:
        case "case":
            cases = Ledger()
            cases.file("2025-03-02", matter_id=matter, complained_mark=MARK)
            await doors.fold(cases.events)
        case "dispute":
            disputes = Mediations()
            disputes.apply("2025-03-02", matter_id=matter, complained_mark=MARK)
            await doors.fold(disputes.events)
        case _:
            Grids.submit(warnings, "2025-03-02", matter_id=matter, about_unit=UNIT)  # type: ignore[arg-type]
            await doors.fold(warnings.events[len(raised) :])
    assert await listed(doors, unit=UNIT, **WARNINGS) == (raised[1:], 1)
    assert await listed(doors, unit="land-office", **WARNINGS) == (raised, 0)


async def test_evidence_is_kept_from_units_below_and_posts_in_charge(doors: Doors) -> None:
    registry, ledger, reports = RegistryLedger(), Ledger(), Grids()
    registry.unit(UNIT)
    registry.unit("pump-team", parent=UNIT)
    cases = [ledger.file("2025-03-01", complained_mark=MARK), ledger.file("2025-03-01")]
    about = [reports.submit("2025-03-01", about_unit=UNIT), reports.submit("2025-03-01")]
    for each in about:
        reports.validate(each, "2025-03-02")
    for events in (registry.events, ledger.events, reports.events):
        await doors.fold(events)
    for own, withheld in (("pump-team", 1), ("roads", 0)):
        assert await listed(doors, unit=own, **CASES) == (cases[withheld:], withheld)
        assert await listed(doors, unit=own) == (about[withheld:], withheld)

"""The unit that a matter complains of sees nothing of its dispute."""

from dataclasses import replace
from typing import Any

import pytest

from services.mediation.domain.complained_unit import units_named
from services.mediation.stream.policies import follow_grid, follow_intake
from shared.cloudevents import RecordedEvent
from shared.contracts.case_codes import Category
from shared.contracts.case_handling_codes import CorrectionReason, FilingFact
from shared.contracts.grid_reports import GridReportConverted
from shared.contracts.intake import CaseReferredToMediation, FilingCorrected
from shared.contracts.referral import declined_as, taken_up_as
from shared.contracts.report_codes import ConvertedTo
from shared.divisions import new_id
from shared.identity import Role
from shared.office.following import Following
from shared.postgres import transaction
from tests.mediation.doors import (
    CONSENT,
    COUNTY,
    KEYS,
    NEIGHBOUR,
    TOWNSHIP,
    Doors,
    an_application,
    assign,
    problem,
)
from tests.shared.recorded import recorded

pytestmark = pytest.mark.parts
UNIT = "water-station"
OWN: dict[str, Any] = {"claims": {"unit": UNIT}}
NOBODY: dict[str, Any] = {"claims": {"unit": None, "post": None}}
OF_COUNTY: dict[str, Any] = {"division": COUNTY, **OWN}
COMMANDS = (CONSENT, ("name-parties", {"side": "respondent", "parties": []}))


@pytest.mark.parametrize(
    ("code", "division", "meant"),
    [
        (None, None, set()),
        (UNIT, COUNTY, {(COUNTY, UNIT)}),
        (UNIT, None, {(TOWNSHIP, UNIT), (NEIGHBOUR, UNIT), (COUNTY, UNIT)}),
        # of the township of the matter, never of that of the committee
        (
            "petition-office",
            None,
            {(TOWNSHIP, "petition-office"), (COUNTY, "petition-office")},
        ),
    ],
)
def test_which_units_a_complaint_may_mean(
    code: str | None, division: str | None, meant: set[tuple[str, str]]
) -> None:
    homes = [new_id(TOWNSHIP), new_id(TOWNSHIP)]
    assert units_named(code, division, mediation_id=new_id(NEIGHBOUR), homes=homes) == meant


async def sees(doors: Doors, mediation_id: str, **how: Any) -> bool:
    """Whether they find the dispute, by every way or by none."""
    path = f"/mediations/{mediation_id}"
    found = []
    for asked in (path, f"{path}/sheet", f"{path}/papers", f"{path}/draft"):
        answer = await doors.get(asked, role=Role.CLERK, **how)
        found.append(problem(answer) != "mediation-not-found" if answer.is_error else True)
    answer = await doors.get(f"{path}/file", role=Role.CLERK, **how)
    found.append(not answer.is_error or problem(answer) != "mediation-not-found")
    listed = await doors.get("/mediations", role=Role.CLERK, limit=200, **how)
    found.append(mediation_id in listed.text)
    found.append(await in_ledger(doors, mediation_id, **how))
    assert len(set(found)) == 1, found
    return found[0]


async def in_ledger(doors: Doors, stream_id: str, **how: Any) -> bool:
    division = stream_id.partition("-")[0]
    page = await doors.get(f"/ledgers/{division}/events", role=Role.AUDITOR, limit=1000, **how)
    assert page.status_code == 200, page.text
    return stream_id in page.text


async def test_the_unit_complained_of_finds_a_dispute_by_no_way(empty_doors: Doors) -> None:
    doors, committee = empty_doors, await empty_doors.set_up()
    about = await doors.apply(committee, complained_unit=UNIT)
    other = await doors.apply(committee)
    await doors.tell(about, assign(committee))
    for hidden in (OWN, OF_COUNTY, NOBODY):
        assert not await sees(doors, about, **hidden)
        assert await sees(doors, other, **hidden)
    assert await sees(doors, about)
    assert await sees(doors, about, claims={"unit": "labour-office"})
    for verb, body in COMMANDS:
        refused = await doors.post(f"/mediations/{about}/{verb}", body, **OWN)
        assert (refused.status_code, problem(refused)) == (404, "mediation-not-found")
    own = (await doors.get("/mediations/mine/today")).text
    assert about in own
    assert about not in (await doors.get("/mediations/mine/today", **OWN)).text
    await doors.tell(about, CONSENT)


async def test_the_division_of_the_unit_may_be_stated(empty_doors: Doors) -> None:
    doors, committee = empty_doors, await empty_doors.set_up()
    about = await doors.apply(committee, complained_unit=UNIT, complained_division=COUNTY)
    assert await sees(doors, about, **OWN)
    assert not await sees(doors, about, **OF_COUNTY)
    path = f"/townships/{TOWNSHIP}/mediations"
    for wrong in (
        {"complained_division": COUNTY},
        {"complained_unit": UNIT, "complained_division": "629900"},
    ):
        answer = await doors.post(path, an_application(committee, **wrong), role=Role.BACKFILL)
        assert (answer.status_code, problem(answer)) == (422, "invalid-input")
        assert answer.json()["errors"][0]["field"] == "complained_division"


async def read(doors: Doors, following: Following, *events: RecordedEvent) -> None:
    async with transaction(doors.pool, COUNTY) as connection:
        await following.apply(connection, events)


@pytest.mark.parametrize("division", [TOWNSHIP, NEIGHBOUR])
async def test_a_report_about_a_unit_comes_to_a_committee_and_is_kept_from_it(
    empty_doors: Doors, division: str
) -> None:
    doors, committee = empty_doors, await empty_doors.set_up(division)
    report_id = new_id(TOWNSHIP)
    fact = GridReportConverted(
        report_id=report_id,
        matter_id=new_id(TOWNSHIP),
        to=ConvertedTo.MEDIATION,
        matter_category=Category.LABOUR,
        village_code=f"{TOWNSHIP}201",
        committee_id=committee.committee_id,
        about_unit=UNIT,
    )
    event = recorded("/grid", report_id, fact)
    following = follow_grid(doors.office.ledger, KEYS, county=COUNTY)
    await read(doors, following, event, event)
    mediation_id = taken_up_as(event.event_id, committee.committee_id)
    assert await sees(doors, mediation_id, division=division)
    assert not await sees(doors, mediation_id, division=division, **OWN)
    assert not await sees(doors, mediation_id, **OF_COUNTY)


async def test_that_nobody_took_it_up_is_kept_from_the_unit_as_well(
    empty_doors: Doors,
) -> None:
    doors = empty_doors
    report_id = new_id(TOWNSHIP)
    fact = GridReportConverted(
        report_id=report_id,
        matter_id=new_id(TOWNSHIP),
        to=ConvertedTo.MEDIATION,
        matter_category=Category.LABOUR,
        village_code=f"{TOWNSHIP}201",
        committee_id=new_id(TOWNSHIP),
        about_unit=UNIT,
        about_division=COUNTY,
    )
    event = recorded("/grid", report_id, fact)
    await read(doors, follow_grid(doors.office.ledger, KEYS, county=COUNTY), event)
    declined = declined_as(event.event_id, report_id)
    assert await in_ledger(doors, declined, **OWN)
    assert not await in_ledger(doors, declined, **OF_COUNTY)


async def test_a_correction_of_the_case_moves_from_whom_the_dispute_is_kept(
    empty_doors: Doors,
) -> None:
    doors, committee = empty_doors, await empty_doors.set_up()
    case_id = new_id(TOWNSHIP)
    asked = CaseReferredToMediation(
        case_id=case_id,
        matter_id=case_id,
        committee_id=committee.committee_id,
        category=Category.LABOUR,
        complained_unit="labour-office",
    )
    event = recorded("/intake", case_id, asked)
    following = follow_intake(doors.office.ledger, KEYS, county=COUNTY)
    await read(doors, following, event)
    mediation_id = taken_up_as(event.event_id, committee.committee_id)
    labour: dict[str, Any] = {"claims": {"unit": "labour-office"}}
    assert not await sees(doors, mediation_id, **labour)

    async def correct(changed: FilingFact, **facts: Any) -> None:
        fact = FilingCorrected(
            case_id=case_id,
            matter_id=case_id,
            why=CorrectionReason.FOUND_OTHERWISE,
            changed=(changed,),
            **facts,
        )
        await read(doors, following, replace(recorded("/intake", case_id, fact), sequence=2))

    await correct(FilingFact.COMPLAINED_UNIT, complained_unit=UNIT)
    assert await sees(doors, mediation_id, **labour)
    assert not await sees(doors, mediation_id, **OWN)
    await correct(FilingFact.COMPLAINED_DIVISION, complained_division=COUNTY)
    assert await sees(doors, mediation_id, **OWN)
    assert not await sees(doors, mediation_id, **OF_COUNTY)
    await correct(FilingFact.CATEGORY, category=Category.LAND)
    assert not await sees(doors, mediation_id, **OF_COUNTY)
    await correct(FilingFact.COMPLAINED_UNIT, complained_unit=None)
    assert await sees(doors, mediation_id, **OF_COUNTY)
    await correct(FilingFact.COMPLAINED_UNIT, complained_unit="labour-office")
    assert not await sees(doors, mediation_id, **labour)

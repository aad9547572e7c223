"""What became of a mediation reaches its case once, whatever is read again and when."""

from collections.abc import Sequence

import pytest

from services.intake.stream.policies import follow_mediation
from shared.cloudevents import RecordedEvent
from shared.contracts.agreement_codes import BreachGround
from shared.contracts.agreements import AgreementBreached, AgreementPerformed
from shared.contracts.mediation import MediationEvent
from shared.contracts.mediation_codes import OtherRoute
from shared.divisions import new_id
from tests.intake.doors import ACCEPT, COUNTY, NEIGHBOUR, TOWNSHIP, Doors
from tests.shared.recorded import recorded

pytestmark = pytest.mark.parts
MEDIATION, COMMITTEE = new_id(TOWNSHIP), new_id(TOWNSHIP)


def of(
    case_id: str, *kinds: type[MediationEvent], mediation: str = MEDIATION
) -> list[RecordedEvent]:
    about = {
        "mediation_id": mediation,
        "matter_id": case_id,
        "case_id": case_id,
        "agreement_id": mediation,
        "ground": BreachGround.UNDONE,
        "routes_offered": (OtherRoute.COURT,),
    }
    return [recorded("/mediation", mediation, kind.model_validate(about)) for kind in kinds]


async def read(doors: Doors, events: Sequence[RecordedEvent]) -> None:
    following = follow_mediation(doors.office.ledger, county=COUNTY)
    async with doors.pool.connection() as connection:
        await following.apply(connection, events)


async def referred(doors: Doors, committee_id: str = COMMITTEE) -> str:
    case_id = await doors.file(occurred_at="2025-03-04T10:00:00+08:00")
    await doors.tell(case_id, ACCEPT)
    body = {"committee_id": committee_id}
    answer = await doors.post(f"/cases/{case_id}/refer-to-mediation", body)
    assert answer.status_code == 200, answer.text
    return case_id


async def ends_of(doors: Doors, case_id: str) -> list[str]:
    history = (await doors.get(f"/cases/{case_id}")).json()["history"]
    return [each["event"] for each in history][3:]


async def test_performed_and_undone_are_followed_once_though_both_are_read_again(
    doors: Doors,
) -> None:
    case_id = await referred(doors)
    performed, breached = of(case_id, AgreementPerformed, AgreementBreached)
    await read(doors, [performed, breached])
    # killed before the inbox moved: the same chunk comes again, when the case is open again
    await read(doors, [performed, breached])
    await read(doors, [performed])
    assert await ends_of(doors, case_id) == ["case-resolved", "case-reopened"]
    history = (await doors.get(f"/cases/{case_id}")).json()["history"]
    assert history[3]["data"]["how"] == "agreement-performed"
    assert history[3]["actor_ref"] == "policy:intake"


async def test_made_good_after_all_it_is_resolved_again(doors: Doors) -> None:
    case_id = await referred(doors)
    kinds = (AgreementPerformed, AgreementBreached, AgreementPerformed)
    await read(doors, of(case_id, *kinds))
    assert await ends_of(doors, case_id) == ["case-resolved", "case-reopened", "case-resolved"]


async def test_a_breach_of_what_was_never_kept_moves_nothing(doors: Doors) -> None:
    case_id = await referred(doors)
    await read(doors, of(case_id, AgreementBreached))
    assert await ends_of(doors, case_id) == []


async def test_only_the_committee_that_was_asked_settles_it(doors: Doors) -> None:
    case_id = await referred(doors, new_id(NEIGHBOUR))
    await read(doors, of(case_id, AgreementPerformed))
    assert await ends_of(doors, case_id) == []
    await read(doors, of(case_id, AgreementPerformed, mediation=new_id(NEIGHBOUR)))
    assert await ends_of(doors, case_id) == ["case-resolved"]


async def test_a_case_that_is_nowhere_or_in_another_county_is_passed_over(doors: Doors) -> None:
    await read(doors, of(new_id(TOWNSHIP), AgreementPerformed, AgreementBreached))
    await read(doors, of(new_id("519901101"), AgreementPerformed))

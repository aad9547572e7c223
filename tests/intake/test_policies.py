"""What became of a mediation reaches its case once, whatever is read again and when."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest

from services.intake.stream.policies import follow_mediation
from shared.cloudevents import RecordedEvent
from shared.contracts.agreement_codes import BreachGround
from shared.contracts.agreements import AgreementBreached, AgreementPerformed
from shared.contracts.intake import CaseReferredToMediation
from shared.contracts.mediation import MediationEvent, MediationFailed, MediationNotTakenUp
from shared.contracts.mediation_codes import FailureGround, NotTakenUpGround, OtherRoute
from shared.contracts.referral import declined_as, taken_up_as
from shared.divisions import new_id
from shared.identity import Role
from shared.ledger import Ledger
from shared.ledger.read import StreamEvent
from shared.times import to_wire
from tests.intake.doors import ACCEPT, COUNTY, NEIGHBOUR, TOWNSHIP, Doors
from tests.legal_acts import DIVERTED
from tests.shared.recorded import AT, recorded

pytestmark = pytest.mark.parts
MEDIATION, COMMITTEE = new_id(TOWNSHIP), new_id(TOWNSHIP)
FILED_AT = "2025-03-04T10:00:00+08:00"
NOTED, RESOLVED, REOPENED = "mediation-outcome-noted", "case-resolved", "case-reopened"


def of(
    case_id: str, *kinds: type[MediationEvent], mediation: str = MEDIATION
) -> list[RecordedEvent]:
    about = {
        "mediation_id": mediation,
        "matter_id": case_id,
        "case_id": case_id,
        "agreement_id": mediation,
        "routes_offered": (OtherRoute.COURT,),
        "routes_told": (OtherRoute.COURT,),
    }
    grounds = {MediationFailed: FailureGround.NO_AGREEMENT, AgreementBreached: BreachGround.UNDONE}
    facts = [kind.model_validate(about | {"ground": grounds.get(kind)}) for kind in kinds]
    return [recorded("/mediation", mediation, fact) for fact in facts]


async def read(doors: Doors, events: Sequence[RecordedEvent]) -> None:
    following = follow_mediation(doors.office.ledger, county=COUNTY)
    async with doors.pool.connection() as connection:
        await following.apply(connection, events)


async def referred(doors: Doors, committee_id: str = COMMITTEE) -> str:
    case_id = await doors.file(occurred_at=FILED_AT)
    await doors.tell(case_id, ACCEPT)
    return await refer(doors, case_id, committee_id)


async def refer(doors: Doors, case_id: str, committee_id: str = COMMITTEE) -> str:
    body = {"committee_id": committee_id}
    answer = await doors.post(f"/cases/{case_id}/refer-to-mediation", body)
    assert answer.status_code == 200, answer.text
    return case_id


async def ends_of(doors: Doors, case_id: str) -> list[str]:
    history = (await doors.get(f"/cases/{case_id}")).json()["history"]
    kinds = [each["event"] for each in history if each["event"] != "case-routed"]
    return kinds[3:]


async def told(doors: Doors, case_id: str, kind: str) -> list[dict[str, Any]]:
    history = (await doors.get(f"/cases/{case_id}")).json()["history"]
    return [each for each in history if each["event"] == kind]


async def referrals_of(doors: Doors, case_id: str) -> list[str]:
    history = await doors.office.ledger.stream(COUNTY, case_id)
    return [each.event_id for each in history if each.kind == CaseReferredToMediation.kind]


async def asked_of(doors: Doors, case_id: str) -> list[dict[str, Any]]:
    asked: list[dict[str, Any]] = (await doors.get(f"/cases/{case_id}")).json()["asked"]
    return asked


async def notes_of(doors: Doors, case_id: str) -> list[dict[str, Any]]:
    return await told(doors, case_id, NOTED)


async def test_performed_and_undone_are_followed_once_though_both_are_read_again(
    doors: Doors,
) -> None:
    case_id = await referred(doors)
    performed, breached = of(case_id, AgreementPerformed, AgreementBreached)
    await read(doors, [performed, breached])
    # killed before the inbox moved: the same chunk comes again, when the case is open again
    await read(doors, [performed, breached])
    await read(doors, [performed])
    assert await ends_of(doors, case_id) == [NOTED, RESOLVED, NOTED, REOPENED]
    history = (await doors.get(f"/cases/{case_id}")).json()["history"]
    kept, resolved = history[4:6]
    assert (kept["data"]["outcome"], kept["data"]["mediation_id"]) == ("performed", MEDIATION)
    assert resolved["data"]["how"] == "agreement-performed"
    for each in (kept, resolved):
        assert each["actor_ref"] == "policy:intake"
        assert each["causation_id"] == performed.event_id


async def test_made_good_after_all_it_is_resolved_again(doors: Doors) -> None:
    case_id = await referred(doors)
    kinds = (AgreementPerformed, AgreementBreached, AgreementPerformed)
    await read(doors, of(case_id, *kinds))
    assert await ends_of(doors, case_id) == [NOTED, RESOLVED, NOTED, REOPENED, NOTED, RESOLVED]


async def test_a_breach_of_what_was_never_kept_is_noted_and_moves_nothing(doors: Doors) -> None:
    case_id = await referred(doors)
    await read(doors, of(case_id, AgreementBreached))
    assert await ends_of(doors, case_id) == [NOTED]
    told = (await doors.get(f"/cases/{case_id}")).json()
    assert told["state"] == "accepted"


async def test_a_case_shows_what_was_heard_last_and_since_when(doors: Doors) -> None:
    case_id = await referred(doors)
    assert (await doors.get(f"/cases/{case_id}")).json()["mediation"] is None
    await read(doors, of(case_id, MediationFailed))
    told = (await doors.get(f"/cases/{case_id}")).json()
    assert told["mediation"] == {
        "mediation_id": MEDIATION,
        "committee_id": None,
        "outcome": "failed",
        "since": to_wire(AT),
    }
    assert (told["state"], told["version"]) == ("accepted", 5)


async def test_a_promise_kept_before_the_case_was_accepted_resolves_it_then(doors: Doors) -> None:
    case_id = await refer(doors, await doors.file(occurred_at=FILED_AT))
    performed, breached = of(case_id, AgreementPerformed, AgreementBreached)
    await read(doors, [performed])
    assert (await doors.get(f"/cases/{case_id}")).json()["state"] == "filed"
    accepted = await doors.tell(case_id, ACCEPT)
    assert accepted.json()["state"] == "resolved"
    await read(doors, [performed, breached])
    ends = await ends_of(doors, case_id)
    assert ends == ["case-accepted", RESOLVED, NOTED, REOPENED]


async def test_no_case_is_resolved_before_it_was_accepted_or_opened_again_before_that(
    doors: Doors,
) -> None:
    case_id = await referred(doors)
    # both facts are of 2025, the acceptance is of today
    await read(doors, of(case_id, AgreementPerformed, AgreementBreached))
    history = (await doors.get(f"/cases/{case_id}")).json()["history"]
    accepted = history[1]["occurred_at"]
    moved = [each["occurred_at"] for each in history if each["event"] in {RESOLVED, REOPENED}]
    assert moved == [accepted, accepted]
    noted = [each["occurred_at"] for each in history if each["event"] == NOTED]
    assert noted == [to_wire(AT), to_wire(AT)]
    assert to_wire(AT) < accepted


class ReadBefore(Ledger):
    """A ledger of which something becomes known right after it was first read."""

    def __init__(self, ledger: Ledger, then: Callable[[], Awaitable[object]]) -> None:
        super().__init__(ledger.pool, source=ledger.source)
        self._then = [then]

    async def stream(self, scope: str, stream_id: str) -> list[StreamEvent]:
        found = await super().stream(scope, stream_id)
        while self._then:
            await self._then.pop()()
        return found


async def test_nor_before_an_acceptance_that_is_recorded_at_the_same_time(doors: Doors) -> None:
    case_id = await refer(doors, await doors.file(occurred_at=FILED_AT))
    ledger = ReadBefore(doors.office.ledger, lambda: doors.tell(case_id, ACCEPT))
    following = follow_mediation(ledger, county=COUNTY)
    async with doors.pool.connection() as connection:
        await following.apply(connection, of(case_id, AgreementPerformed))
    [accepted] = await told(doors, case_id, "case-accepted")
    [resolved] = await told(doors, case_id, RESOLVED)
    assert resolved["occurred_at"] == accepted["occurred_at"] > to_wire(AT)


async def test_no_case_is_resolved_before_it_was_opened_again(doors: Doors) -> None:
    case_id = await referred(doors)
    await doors.tell(case_id, DIVERTED)
    await doors.tell(case_id, ("reopen", {"reason": "new-facts"}))
    # the promise was kept in 2025, the case is open again since today
    await read(doors, of(case_id, AgreementPerformed))
    history = (await doors.get(f"/cases/{case_id}")).json()["history"]
    opened, resolved = (
        next(each["occurred_at"] for each in history if each["event"] == kind)
        for kind in (REOPENED, RESOLVED)
    )
    assert resolved == opened > to_wire(AT)


async def test_what_came_of_it_before_the_case_was_filed_is_noted_from_then_on(
    doors: Doors,
) -> None:
    case_id = await doors.file()
    await refer(doors, case_id)
    await read(doors, of(case_id, AgreementPerformed))
    [filed] = await told(doors, case_id, "case-filed")
    [noted] = await notes_of(doors, case_id)
    assert noted["occurred_at"] == filed["occurred_at"] > to_wire(AT)


async def test_an_outcome_tells_which_referral_it_answers(doors: Doors) -> None:
    far = new_id(NEIGHBOUR)
    case_id = await refer(doors, await referred(doors), far)
    first, second = await referrals_of(doors, case_id)
    [filed] = await told(doors, case_id, "case-filed")
    of_case = {"case_id": case_id, "matter_id": filed["data"]["matter_id"]}
    declined = MediationNotTakenUp(
        mediation_id=declined_as(first, case_id),
        **of_case,
        committee_id=COMMITTEE,
        ground=NotTakenUpGround.COMMITTEE_NOT_SITTING,
    )
    elsewhere = taken_up_as(second, far)
    events = [
        recorded("/mediation", declined.mediation_id, declined),
        *of(case_id, MediationFailed, mediation=elsewhere),
        *of(case_id, MediationFailed),
    ]
    assert [each["outcome"] for each in await asked_of(doors, case_id)] == [None, None]
    await read(doors, events)
    asked = {"committee_id": far, "mediation_id": elsewhere, "outcome": "failed"}
    assert (await asked_of(doors, case_id))[1] == asked
    assert [each["data"] for each in await notes_of(doors, case_id)] == [
        about | of_case
        for about in (
            {
                "mediation_id": declined.mediation_id,
                "outcome": "not-taken-up",
                "committee_id": COMMITTEE,
            },
            {"mediation_id": elsewhere, "outcome": "failed", "committee_id": far},
            {"mediation_id": MEDIATION, "outcome": "failed"},
        )
    ]
    for committee in (COMMITTEE, far):
        await refer(doors, case_id, committee)
    assert len(await referrals_of(doors, case_id)) == 4
    assert await asked_of(doors, case_id) == [
        {"committee_id": each, "mediation_id": None, "outcome": None} for each in (COMMITTEE, far)
    ]


async def test_an_acceptance_with_a_date_of_its_own_dates_no_resolution(doors: Doors) -> None:
    case_id = await refer(doors, await doors.file(occurred_at=FILED_AT))
    await read(doors, of(case_id, AgreementPerformed))
    body = ACCEPT[1] | {"occurred_at": FILED_AT}
    answer = await doors.post(f"/cases/{case_id}/accept", body, role=Role.BACKFILL)
    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "accepted"


async def test_a_case_that_was_diverted_learns_of_it_all_the_same(doors: Doors) -> None:
    case_id = await referred(doors)
    await doors.tell(case_id, DIVERTED)
    await read(doors, of(case_id, AgreementPerformed, AgreementBreached))
    assert await ends_of(doors, case_id) == ["case-diverted", NOTED, NOTED]


async def test_only_the_committee_that_was_asked_settles_it(doors: Doors) -> None:
    case_id = await referred(doors, new_id(NEIGHBOUR))
    await read(doors, of(case_id, AgreementPerformed))
    assert await ends_of(doors, case_id) == []
    await read(doors, of(case_id, AgreementPerformed, mediation=new_id(NEIGHBOUR)))
    assert await ends_of(doors, case_id) == [NOTED, RESOLVED]


async def test_a_case_that_is_nowhere_or_in_another_county_is_passed_over(doors: Doors) -> None:
    await read(doors, of(new_id(TOWNSHIP), AgreementPerformed, AgreementBreached))
    await read(doors, of(new_id("519901101"), AgreementPerformed))

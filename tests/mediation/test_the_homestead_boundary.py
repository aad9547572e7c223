"""A worked example: two neighbours, a wall and half a metre of yard.

In the spring of 2025 the wall between two homesteads is built anew, half a metre into the yard
next door, says the neighbour. She brings it before the petition office, which passes it on to the
village's committee. What follows is told in the order in which it happened, with the facts as
they are published; who the two are nobody reads in them.
"""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from services.mediation.domain.agreement_commands import (
    BreachAgreement,
    CheckPerformance,
    FollowUp,
    Legality,
    PerformInstalment,
    RequestConfirmation,
    SignAgreement,
)
from services.mediation.domain.agreement_refusals import AgreementAgainstTheLaw
from services.mediation.domain.follow_ups import apply_for_mediation_on_referral
from services.mediation.domain.mediation import MEDIATION, MediationCommand
from services.mediation.domain.mediation_commands import (
    AssignMediator,
    ConsentToMediation,
    HoldSession,
    Period,
)
from services.mediation.domain.mediation_refusals import ConsentMissing
from services.mediation.domain.mediation_state import MediationState
from services.mediation.domain.referral import referral_of
from shared.contracts.agreement_codes import (
    AgreementForm,
    AgreementPart,
    BreachGround,
    FollowUpMethod,
    FollowUpOutcome,
    LegalityPoint,
    PerformanceFinding,
)
from shared.contracts.case_codes import Category
from shared.contracts.event import Event
from shared.contracts.intake import CaseReferredToMediation
from shared.contracts.mediation_codes import (
    ConsentHow,
    OtherRoute,
    PartySide,
    PlaceKind,
    RoomRole,
    SessionMode,
)
from shared.testing.given_when_then import Facts

mediation = Facts(MEDIATION)


def an_id(number: int) -> str:
    return f"519900101-0198a5c0-0000-7000-8000-{number:012x}"


CASE, MATTER, MEDIATION_ID, COMMITTEE = map(an_id, (1, 2, 3, 4))
OLD_SECRETARY, ELDER = map(an_id, (5, 6))
SHE, HE, HIS_SON = map(an_id, (7, 8, 9))
DIGEST = "5a" * 32

REFERRED = CaseReferredToMediation(
    case_id=CASE,
    matter_id=MATTER,
    committee_id=COMMITTEE,
    category=Category.LAND,
    village_code="519900101205",
)
REFERRAL = referral_of(REFERRED)
assert REFERRAL is not None
REGISTERED = apply_for_mediation_on_referral(REFERRAL, mediation_id=MEDIATION_ID)
THIRTY_DAYS = Period(due_at=datetime(2025, 5, 1, 16, tzinfo=UTC), policy_version="national")
SHE_AGREES = ConsentToMediation(
    side=PartySide.APPLICANT, parties=(SHE,), how=ConsentHow.IN_WRITING, period=THIRTY_DAYS
)
HE_AND_HIS_SON_AGREE = replace(
    SHE_AGREES, side=PartySide.RESPONDENT, parties=(HE, HIS_SON), how=ConsentHow.ORALLY
)
THE_OLD_SECRETARY = AssignMediator(mediator_id=OLD_SECRETARY, on_roster=True)
AN_ELDER = AssignMediator(mediator_id=ELDER, on_roster=True)
IN_HER_KITCHEN = HoldSession(
    session_id=an_id(0x10),
    mode=SessionMode.CAUCUS,
    side=PartySide.APPLICANT,
    place_kind=PlaceKind.HOME,
    mediator_id=OLD_SECRETARY,
    people={RoomRole.PARTY: 1, RoomRole.MEDIATOR: 1},
)
IN_HIS_YARD = replace(
    IN_HER_KITCHEN,
    session_id=an_id(0x11),
    side=PartySide.RESPONDENT,
    mediator_id=ELDER,
    people={RoomRole.PARTY: 2, RoomRole.MEDIATOR: 1},
)
AT_THE_WALL = HoldSession(
    session_id=an_id(0x12),
    mode=SessionMode.JOINT,
    place_kind=PlaceKind.ON_THE_SPOT,
    mediator_id=OLD_SECRETARY,
    people={
        RoomRole.PARTY: 3,
        RoomRole.MEDIATOR: 2,
        RoomRole.OFFICIAL: 1,
        RoomRole.VILLAGER_REPRESENTATIVE: 2,
    },
    record_digest=DIGEST,
)
AGREED = SignAgreement(
    agreement_id=an_id(0x20),
    form=AgreementForm.WRITTEN,
    mediator_id=OLD_SECRETARY,
    parts=frozenset(AgreementPart),
    # the wall goes back by the end of May, her share of the bricks is paid by the end of June
    instalments=(date(2025, 5, 31), date(2025, 6, 30)),
    effective_on=date(2025, 4, 18),
    legality=Legality(checked=frozenset(LegalityPoint)),
    agreement_digest=DIGEST,
    number="2025-12",
)
WALL_BACK = PerformInstalment(instalment=1, on=date(2025, 5, 30))
BRICKS_PAID = PerformInstalment(instalment=2, on=date(2025, 6, 30))
TALKED: tuple[MediationCommand, ...] = (
    *(REGISTERED, SHE_AGREES, HE_AND_HIS_SON_AGREE, THE_OLD_SECRETARY, AN_ELDER),
    *(IN_HER_KITCHEN, IN_HIS_YARD, AT_THE_WALL),
)


def happened(*commands: MediationCommand) -> list[Event]:
    facts: list[Event] = []
    for command in commands:
        facts += mediation.given(*facts).when(command).events
    return facts


def kinds(facts: list[Event]) -> list[str]:
    return [fact.kind for fact in facts]


def test_from_the_petition_to_the_wall_put_back() -> None:
    checked = CheckPerformance(
        check_id=an_id(0x30), finding=PerformanceFinding.ON_COURSE, on=date(2025, 5, 20)
    )
    came_by = FollowUp(
        follow_up_id=an_id(0x31),
        method=FollowUpMethod.VISIT,
        outcome=FollowUpOutcome.SETTLED,
        on=date(2025, 7, 10),
    )
    facts = happened(*TALKED, AGREED, checked, WALL_BACK, BRICKS_PAID, came_by)
    assert kinds(facts) == [
        "mediation-applied",
        "mediation-consented",
        "mediation-consented",
        "mediation-opened",
        "mediator-assigned",
        "mediator-assigned",
        "mediation-session-held",
        "mediation-session-held",
        "mediation-session-held",
        "mediation-succeeded",
        "performance-checked",
        "instalment-performed",
        "instalment-performed",
        "agreement-performed",
        "follow-up-made",
    ]
    assert MEDIATION.fold(facts).state is MediationState.PERFORMED


def test_three_sessions_are_one_dispute_about_one_matter() -> None:
    facts = happened(*TALKED, AGREED)
    assert kinds(facts).count("mediation-session-held") == 3
    assert kinds(facts).count("mediation-succeeded") == 1
    assert {(fact.to_data()["matter_id"], fact.to_data()["case_id"]) for fact in facts} == {
        (MATTER, CASE)
    }


def test_nothing_was_talked_over_before_his_side_had_agreed() -> None:
    asked = happened(REGISTERED, SHE_AGREES, THE_OLD_SECRETARY)
    mediation.given(*asked).when(IN_HER_KITCHEN).then_refused(ConsentMissing, side="respondent")


def test_a_bargain_with_contracted_land_is_not_signed() -> None:
    """To even things out he offers her a strip of the field that the group has let to a third."""
    land = frozenset({LegalityPoint.CONTRACTED_LAND})
    command = replace(AGREED, legality=replace(AGREED.legality, objections=land))
    mediation.given(*happened(*TALKED)).when(command).then_refused(
        AgreementAgainstTheLaw, point="contracted-land"
    )


@pytest.mark.parametrize("on", [date(2025, 4, 19), date(2025, 5, 18)])
def test_both_may_have_it_confirmed_within_thirty_days(on: date) -> None:
    request = RequestConfirmation(
        court="county-court",
        on=on,
        last_day=date(2025, 5, 18),
        jointly_by=frozenset(PartySide),
    )
    facts = happened(*TALKED, AGREED, request)
    assert facts[-1].kind == "confirmation-requested"


def test_its_twin_in_which_the_wall_stays_where_it_is() -> None:
    breached = BreachAgreement(
        ground=BreachGround.NOT_PERFORMED,
        instalment=1,
        on=date(2025, 6, 1),
        routes_offered=frozenset({OtherRoute.MEDIATION_AGAIN, OtherRoute.COURT}),
    )
    facts = happened(*TALKED, AGREED, breached)
    assert MEDIATION.fold(facts).state is MediationState.BREACHED
    assert facts[-1].to_data()["routes_offered"] == ["court", "mediation-again"]
    made_good = happened(*TALKED, AGREED, breached, WALL_BACK, BRICKS_PAID)
    assert MEDIATION.fold(made_good).state is MediationState.PERFORMED

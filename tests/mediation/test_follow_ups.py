"""A petition that is referred becomes a mediation to be agreed to, once."""

from dataclasses import replace

from services.mediation.domain.follow_ups import (
    apply_for_mediation_on_referral,
    decline_on_referral,
)
from services.mediation.domain.mediation import MEDIATION
from services.mediation.domain.mediation_refusals import (
    MediationAlreadyApplied,
    MediationNotFound,
    ReferralWasDeclined,
)
from services.mediation.domain.mediation_state import MediationState
from services.mediation.domain.referral import Referral, referral_of
from services.mediation.examples import CASE_ID, COMMITTEE, CONSENT, MATTER_ID, MEDIATION_ID, an_id
from shared.contracts.case_codes import Category
from shared.contracts.event import Event
from shared.contracts.grid_reports import GridReportConverted
from shared.contracts.intake import CaseReferredToMediation
from shared.contracts.mediation import MediationApplied, MediationNotTakenUp
from shared.contracts.mediation_codes import DisputeKind, NotTakenUpGround
from shared.contracts.report_codes import ConvertedTo
from shared.testing.given_when_then import Facts

mediation = Facts(MEDIATION)
REFERRED = CaseReferredToMediation(
    case_id=CASE_ID,
    matter_id=MATTER_ID,
    committee_id=COMMITTEE,
    category=Category.LAND,
    village_code="519900101201",
)


def referred(fact: Event) -> Referral:
    referral = referral_of(fact)
    assert referral is not None
    return referral


APPLY = apply_for_mediation_on_referral(referred(REFERRED), mediation_id=MEDIATION_ID)

GONE, NOT_YET = NotTakenUpGround.COMMITTEE_DISSOLVED, NotTakenUpGround.COMMITTEE_NOT_SITTING
DECLINE = decline_on_referral(referred(REFERRED), mediation_id=MEDIATION_ID, ground=GONE)


def test_a_referred_petition_is_applied_for_and_nobody_has_agreed_by_that() -> None:
    outcome = mediation.when(APPLY)
    outcome.then_kinds(MediationApplied)
    outcome.then_state(lambda it: it.state is MediationState.APPLIED and not it.consents)
    said = outcome.events[0].to_data()
    assert (said["case_id"], said["matter_id"]) == (CASE_ID, MATTER_ID)
    assert (said["origin"], said["referred_by"]) == ("referred", "petition")


def test_another_township_s_committee_takes_the_dispute_without_the_village() -> None:
    next_door = APPLY.mediation_id.replace("519900101", "519900102", 1)
    command = apply_for_mediation_on_referral(referred(REFERRED), mediation_id=next_door)
    outcome = mediation.when(command)
    outcome.then_kinds(MediationApplied)
    assert (command.village_code, APPLY.village_code) == (None, REFERRED.village_code)


def test_what_the_dispute_is_about_comes_with_the_referral() -> None:
    assert APPLY.dispute_kind is DisputeKind.NOT_STATED
    told = REFERRED.model_copy(update={"dispute_kind": DisputeKind.HOUSE_AND_HOMESTEAD})
    command = apply_for_mediation_on_referral(referred(told), mediation_id=MEDIATION_ID)
    assert command.dispute_kind is DisputeKind.HOUSE_AND_HOMESTEAD


def test_the_same_fact_read_again_changes_nothing() -> None:
    happened = mediation.when(APPLY).events
    mediation.given(*happened).when(APPLY).then_nothing()


def test_another_fact_does_not_take_its_place() -> None:
    other = REFERRED.model_copy(update={"case_id": an_id(2)})
    command = apply_for_mediation_on_referral(referred(other), mediation_id=MEDIATION_ID)
    happened = mediation.when(APPLY).events
    mediation.given(*happened).when(command).then_refused(MediationAlreadyApplied)


def test_a_referral_that_no_committee_can_take_is_declined_and_is_no_dispute() -> None:
    outcome = mediation.when(DECLINE)
    outcome.then_kinds(MediationNotTakenUp)
    said = outcome.events[0].to_data()
    assert (said["case_id"], said["committee_id"]) == (CASE_ID, COMMITTEE)
    assert said["ground"] == "committee-dissolved"
    declined = mediation.given(*outcome.events)
    declined.when(DECLINE).then_nothing()
    declined.when(replace(DECLINE, ground=NOT_YET)).then_refused(ReferralWasDeclined)
    declined.when(APPLY).then_refused(ReferralWasDeclined)
    declined.when(CONSENT).then_refused(MediationNotFound)


def test_what_was_taken_up_is_not_declined() -> None:
    mediation.given(*mediation.when(APPLY).events).when(DECLINE).then_refused(
        MediationAlreadyApplied
    )


CONVERTED = GridReportConverted(
    matter_id=MATTER_ID,
    report_id=an_id(0x30),
    to=ConvertedTo.MEDIATION,
    matter_category=Category.LABOUR,
    village_code="519900101201",
    committee_id=COMMITTEE,
)


def test_a_converted_report_is_a_referral_by_grid() -> None:
    referral = referred(CONVERTED)
    outcome = mediation.when(apply_for_mediation_on_referral(referral, mediation_id=MEDIATION_ID))
    outcome.then_kinds(MediationApplied)
    said = outcome.events[0].to_data()
    assert "case_id" not in said
    assert (said["report_id"], said["matter_id"]) == (CONVERTED.report_id, MATTER_ID)
    assert (said["origin"], said["referred_by"]) == ("referred", "grid")
    assert (said["category"], said["dispute_kind"]) == ("labour", "not-stated")
    declined = mediation.when(
        decline_on_referral(referral, mediation_id=MEDIATION_ID, ground=GONE)
    )
    declined.then_kinds(MediationNotTakenUp)
    assert declined.events[0].to_data()["report_id"] == CONVERTED.report_id


def test_a_report_that_is_converted_to_something_else_asks_no_committee() -> None:
    other = {"to": ConvertedTo.CASE, "committee_id": None}
    assert referral_of(CONVERTED.model_copy(update=other)) is None


def test_a_referred_dispute_has_the_cause_that_the_referral_states() -> None:
    cause = "c" * 64
    converted = GridReportConverted(
        matter_id=MATTER_ID,
        report_id=an_id(0x77),
        to=ConvertedTo.MEDIATION,
        matter_category=Category.LABOUR,
        village_code="519900101201",
        committee_id=COMMITTEE,
        cause_ref=cause,
    )
    for fact in (REFERRED.model_copy(update={"cause_ref": cause}), converted):
        command = apply_for_mediation_on_referral(referred(fact), mediation_id=MEDIATION_ID)
        applied, *_ = mediation.when(command).events
        assert isinstance(applied, MediationApplied)
        assert applied.cause_ref == cause
    assert APPLY.cause_ref is None

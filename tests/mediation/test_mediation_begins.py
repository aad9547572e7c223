"""A mediation is applied for, agreed to by both sides, or not."""

from dataclasses import replace

import pytest

from services.mediation.domain.mediation import MEDIATION
from services.mediation.domain.mediation_commands import ApplyForMediation, ConsentToMediation
from services.mediation.domain.mediation_refusals import (
    AgreementIsSigned,
    ApplicationNeedsAnApplicant,
    ConsentedOtherwise,
    ConsentNeedsItsParties,
    EnforcementNeedsConfirmation,
    GridReferralNeedsItsReport,
    MediationAlreadyApplied,
    MediationHasFailed,
    MediationNotFound,
    MediationWasRefused,
    MediationWasTerminated,
    OnlyAReferralHasASource,
    PartyMissingFromConsent,
    PartyOnBothSides,
    PetitionReferralNeedsItsCase,
    ReferralNeedsItsSource,
    RoutesNotTold,
    SideHasConsented,
    SideHasNotConsented,
)
from services.mediation.domain.mediation_state import MediationState
from services.mediation.examples import (
    APPLICANT,
    APPLY,
    CASE_ID,
    CONSENT,
    DIGEST,
    DUE,
    HER_BROTHER,
    MATTER_ID,
    MEDIATION_ID,
    PROACTIVE,
    REFUSE,
    REPORT_ID,
    RESPONDENT,
    ROUTES,
    WITHDRAW,
)
from shared.contracts.mediation import (
    ConsentWithdrawn,
    MediationApplied,
    MediationConsented,
    MediationFailed,
    MediationOpened,
    MediationRefused,
    MediationTerminated,
)
from shared.contracts.mediation_codes import (
    ConsentHow,
    FailureGround,
    MediationOrigin,
    OtherRoute,
    PartySide,
    ReferredBy,
    TerminationGround,
)
from shared.divisions import VillageElsewhere
from shared.refusals import Refusal
from shared.testing.given_when_then import Facts
from tests.mediation.facts import APPLIED, OPENED, SIGNED, facts_of

mediation = Facts(MEDIATION)

SHE_AGREES = MediationConsented(
    mediation_id=MEDIATION_ID,
    matter_id=MATTER_ID,
    side=PartySide.APPLICANT,
    parties=(APPLICANT,),
    how=ConsentHow.BY_APPLYING,
    consent_digest=DIGEST,
)
HE_AGREES = SHE_AGREES.model_copy(
    update={
        "side": PartySide.RESPONDENT,
        "parties": (RESPONDENT,),
        "how": ConsentHow.IN_WRITING,
    }
)
BEGUN = MediationOpened(
    mediation_id=MEDIATION_ID,
    matter_id=MATTER_ID,
    due_at=DUE,
    policy_version="national",
    calendar_version="test",
)
TOLD = (OtherRoute.COURT, OtherRoute.ARBITRATION)
FROM_A_PETITION = replace(
    PROACTIVE,
    origin=MediationOrigin.REFERRED,
    referred_by=ReferredBy.PETITION,
    case_id=CASE_ID,
)


def test_who_applies_has_agreed_by_that() -> None:
    mediation.when(APPLY).then_kinds(MediationApplied, MediationConsented)
    mediation.when(APPLY).then(APPLIED[0], SHE_AGREES)


@pytest.mark.parametrize("apply", [PROACTIVE, FROM_A_PETITION])
def test_nobody_has_agreed_because_others_want_it(apply: ApplyForMediation) -> None:
    mediation.when(apply).then_kinds(MediationApplied)


def test_applying_twice_changes_nothing() -> None:
    mediation.given(*OPENED).when(APPLY).then_nothing()


def test_the_same_id_is_not_another_dispute() -> None:
    other = replace(APPLY, respondents=(HER_BROTHER,))
    mediation.given(*APPLIED).when(other).then_refused(MediationAlreadyApplied)


@pytest.mark.parametrize(
    ("apply", "refusal"),
    [
        (replace(APPLY, applicants=()), ApplicationNeedsAnApplicant),
        (replace(APPLY, respondents=(APPLICANT,)), PartyOnBothSides),
        (replace(APPLY, referred_by=ReferredBy.COURT), OnlyAReferralHasASource),
        (replace(APPLY, village_code="519900102001"), VillageElsewhere),
        (replace(FROM_A_PETITION, referred_by=None), ReferralNeedsItsSource),
        (replace(FROM_A_PETITION, case_id=None), PetitionReferralNeedsItsCase),
        (replace(FROM_A_PETITION, referred_by=ReferredBy.GRID), GridReferralNeedsItsReport),
    ],
)
def test_an_application_says_where_it_comes_from(
    apply: ApplyForMediation, refusal: type[Refusal]
) -> None:
    mediation.when(apply).then_refused(refusal)


@pytest.mark.parametrize("by", [ReferredBy.COURT, ReferredBy.POLICE])
def test_a_court_and_the_police_refer_without_a_number_of_ours(by: ReferredBy) -> None:
    apply = replace(FROM_A_PETITION, referred_by=by, case_id=None)
    mediation.when(apply).then_kinds(MediationApplied)


def test_a_referral_from_a_grid_names_the_report_on_every_later_fact() -> None:
    apply = replace(FROM_A_PETITION, referred_by=ReferredBy.GRID, report_id=REPORT_ID)
    happened = facts_of(apply, replace(CONSENT, parties=(RESPONDENT,)))
    said = {(fact.to_data()["case_id"], fact.to_data()["report_id"]) for fact in happened}
    assert said == {(CASE_ID, REPORT_ID)}


def test_the_mediation_begins_when_both_sides_have_agreed() -> None:
    mediation.given(*APPLIED).when(CONSENT).then(HE_AGREES, BEGUN)


def test_one_side_alone_begins_nothing() -> None:
    mediation.given(*facts_of(PROACTIVE)).when(CONSENT).then(HE_AGREES)


def test_agreeing_twice_changes_nothing_and_begins_no_other_period() -> None:
    again = replace(CONSENT, period=replace(CONSENT.period, due_at=DUE.replace(day=9)))
    mediation.given(*OPENED).when(again).then_nothing()


def test_a_side_does_not_agree_in_two_ways() -> None:
    orally = replace(CONSENT, how=ConsentHow.ORALLY)
    mediation.given(*OPENED).when(orally).then_refused(ConsentedOtherwise, side="respondent")


@pytest.mark.parametrize(
    ("parties", "refusal"),
    [
        ((), ConsentNeedsItsParties),
        ((HER_BROTHER,), PartyMissingFromConsent),
        ((RESPONDENT, APPLICANT), PartyOnBothSides),
    ],
)
def test_a_side_agrees_when_all_its_parties_do(
    parties: tuple[str, ...], refusal: type[Refusal]
) -> None:
    mediation.given(*APPLIED).when(replace(CONSENT, parties=parties)).then_refused(refusal)


def test_nobody_agrees_for_both_sides_of_a_referral() -> None:
    happened = facts_of(FROM_A_PETITION, CONSENT)
    command = replace(CONSENT, side=PartySide.APPLICANT)
    mediation.given(*happened).when(command).then_refused(PartyOnBothSides)


def test_a_clear_no_ends_it_before_it_begins() -> None:
    refused = MediationRefused(
        mediation_id=MEDIATION_ID,
        matter_id=MATTER_ID,
        side=PartySide.RESPONDENT,
        routes_told=TOLD,
    )
    outcome = mediation.given(*APPLIED).when(REFUSE)
    outcome.then(refused)
    outcome.then_state(lambda it: it.state is MediationState.REFUSED)


def test_refusing_twice_changes_nothing() -> None:
    mediation.given(*facts_of(APPLY, REFUSE)).when(REFUSE).then_nothing()


def test_after_a_no_nobody_is_asked_again() -> None:
    mediation.given(*facts_of(APPLY, REFUSE)).when(CONSENT).then_refused(MediationWasRefused)


def test_who_has_agreed_withdraws_instead_of_refusing() -> None:
    mediation.given(*OPENED).when(REFUSE).then_refused(SideHasConsented)


def test_a_side_withdraws_in_the_middle_and_the_mediation_has_failed() -> None:
    about = {"mediation_id": MEDIATION_ID, "matter_id": MATTER_ID}
    outcome = mediation.given(*OPENED).when(WITHDRAW)
    outcome.then(
        ConsentWithdrawn(side=PartySide.APPLICANT, **about),
        MediationFailed(ground=FailureGround.CONSENT_WITHDRAWN, routes_told=TOLD, **about),
    )
    outcome.then_state(lambda it: it.state is MediationState.FAILED)


def test_an_application_withdrawn_before_anything_began_is_no_failure() -> None:
    outcome = mediation.given(*APPLIED).when(WITHDRAW)
    outcome.then_kinds(ConsentWithdrawn, MediationTerminated)
    terminated = outcome.events[1]
    assert isinstance(terminated, MediationTerminated)
    assert terminated.ground is TerminationGround.CONSENT_WITHDRAWN


def test_withdrawing_twice_changes_nothing() -> None:
    mediation.given(*facts_of(APPLY, CONSENT, WITHDRAW)).when(WITHDRAW).then_nothing()


def test_after_a_withdrawal_the_other_side_cannot_agree_any_more() -> None:
    failed = facts_of(APPLY, CONSENT, WITHDRAW)
    command = replace(WITHDRAW, side=PartySide.RESPONDENT)
    mediation.given(*failed).when(command).then_refused(MediationHasFailed)
    terminated = facts_of(APPLY, WITHDRAW)
    mediation.given(*terminated).when(CONSENT).then_refused(MediationWasTerminated)


def test_nobody_withdraws_what_was_not_given() -> None:
    command = replace(WITHDRAW, side=PartySide.RESPONDENT)
    mediation.given(*APPLIED).when(command).then_refused(SideHasNotConsented)


def test_a_signed_agreement_is_not_undone_by_a_change_of_mind() -> None:
    mediation.given(*SIGNED).when(WITHDRAW).then_refused(AgreementIsSigned)


@pytest.mark.parametrize("routes", [frozenset[OtherRoute](), frozenset({OtherRoute.ARBITRATION})])
def test_whoever_says_no_is_told_of_the_other_routes(routes: frozenset[OtherRoute]) -> None:
    command = replace(REFUSE, routes_told=routes)
    mediation.given(*APPLIED).when(command).then_refused(RoutesNotTold, field="routes_told")


def test_nobody_is_told_to_enforce_what_no_court_confirmed() -> None:
    command = replace(REFUSE, routes_told=ROUTES | {OtherRoute.ENFORCEMENT})
    mediation.given(*APPLIED).when(command).then_refused(EnforcementNeedsConfirmation)


@pytest.mark.parametrize("command", [CONSENT, REFUSE, WITHDRAW])
def test_no_command_is_accepted_for_a_dispute_that_nobody_knows(
    command: ConsentToMediation,
) -> None:
    mediation.when(command).then_refused(MediationNotFound)

"""The parties come to an agreement, or to none."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from services.mediation.domain.agreement_commands import Legality, Override, SignAgreement
from services.mediation.domain.agreement_refusals import (
    AgreementAgainstTheLaw,
    AgreementIsNotTheDraft,
    AgreementPartMissing,
    AnotherDraftStands,
    DraftWasVoided,
    InstalmentBeforeAgreement,
    InstalmentsOutOfOrder,
    LegalityNotChecked,
    NoSessionHeld,
    OverrideDoesNotFit,
    OverrideWithoutObjection,
)
from services.mediation.domain.agreement_signing import REQUIRED_PARTS
from services.mediation.domain.legality import OVERRIDES
from services.mediation.domain.mediation import MEDIATION, MediationCommand
from services.mediation.domain.mediation_refusals import (
    AgreementIsSigned,
    ConsentIsWithdrawnByItsSide,
    ConsentMissing,
    FollowedUpOtherwise,
    MediationHasFailed,
    MediationStillOpen,
)
from services.mediation.domain.mediation_state import MediationState
from services.mediation.domain.session_refusals import (
    MediatorNotAssigned,
    PeriodStillRuns,
    SessionsWereHeld,
)
from services.mediation.examples import (
    APPLY,
    ASSIGN,
    CONSENT,
    DRAFT,
    DUE,
    EXTEND,
    FAIL,
    FIRST_DUE,
    FOLLOW_UP,
    HOLD,
    LAST_DUE,
    MEDIATOR_HE,
    OTHER_AGREEMENT,
    OTHER_DIGEST,
    REFUSE,
    SIGN,
    SIGNED_ON,
    TERMINATE,
    VOID_DRAFT,
    VOID_SESSION,
)
from shared.contracts.agreement_codes import (
    AgreementForm,
    AgreementPart,
    FollowUpOutcome,
    LegalityPoint,
    OverrideReason,
)
from shared.contracts.agreements import AgreementDrafted, FollowUpMade, MediationSucceeded
from shared.contracts.mediation import MediationFailed, MediationTerminated
from shared.contracts.mediation_codes import FailureGround, TerminationGround
from shared.refusals import Refusal
from shared.testing.given_when_then import Facts
from tests.mediation.facts import APPLIED, IN_SESSION, IN_SESSION_BY, OPENED, SIGNED, facts_of

mediation = Facts(MEDIATION)
DRAFTED = facts_of(*IN_SESSION_BY, DRAFT)
ORAL = replace(
    SIGN, form=AgreementForm.ORAL, parts=REQUIRED_PARTS[AgreementForm.ORAL], number=None
)


def objected(point: LegalityPoint, reason: OverrideReason | None = None) -> SignAgreement:
    override = Override(reason=reason, by="post-wu") if reason else None
    legality = Legality(
        checked=frozenset(LegalityPoint), objections=frozenset({point}), override=override
    )
    return replace(SIGN, legality=legality)


@pytest.mark.parametrize("sign", [SIGN, ORAL])
def test_an_agreement_is_written_or_recorded(sign: SignAgreement) -> None:
    outcome = mediation.given(*IN_SESSION).when(sign)
    outcome.then_kinds(MediationSucceeded)
    outcome.then_state(lambda it: it.state is MediationState.AGREED)


def test_what_is_agreed_has_to_be_done_by_the_last_due_day() -> None:
    outcome = mediation.given(*IN_SESSION).when(SIGN)
    (succeeded,) = outcome.events
    assert isinstance(succeeded, MediationSucceeded)
    assert (succeeded.instalments, succeeded.perform_by) == ((FIRST_DUE, LAST_DUE), LAST_DUE)


def test_an_agreement_may_name_no_day() -> None:
    outcome = mediation.given(*IN_SESSION).when(replace(SIGN, instalments=()))
    (succeeded,) = outcome.events
    assert "perform_by" not in succeeded.to_data()


def test_signing_twice_changes_nothing_and_otherwise_is_refused() -> None:
    mediation.given(*SIGNED).when(SIGN).then_nothing()
    other = replace(SIGN, agreement_digest=OTHER_DIGEST)
    mediation.given(*SIGNED).when(other).then_refused(AgreementIsSigned)


def test_no_success_without_both_consents() -> None:
    mediation.given(*APPLIED).when(SIGN).then_refused(ConsentMissing, side="respondent")


def test_no_success_without_a_session() -> None:
    mediation.given(*facts_of(APPLY, CONSENT, ASSIGN)).when(SIGN).then_refused(NoSessionHeld)
    voided = facts_of(*IN_SESSION_BY, VOID_SESSION)
    mediation.given(*voided).when(SIGN).then_refused(NoSessionHeld)


def test_who_takes_part_signs() -> None:
    command = replace(SIGN, mediator_id=MEDIATOR_HE)
    mediation.given(*IN_SESSION).when(command).then_refused(MediatorNotAssigned)


@pytest.mark.parametrize("part", AgreementPart)
def test_a_written_agreement_lacks_none_of_its_parts(part: AgreementPart) -> None:
    command = replace(SIGN, parts=SIGN.parts - {part})
    mediation.given(*IN_SESSION).when(command).then_refused(AgreementPartMissing, part=part.value)


def test_a_written_agreement_has_its_number() -> None:
    command = replace(SIGN, number=None)
    mediation.given(*IN_SESSION).when(command).then_refused(AgreementPartMissing, part="number")


@pytest.mark.parametrize("part", sorted(REQUIRED_PARTS[AgreementForm.ORAL]))
def test_an_oral_agreement_is_recorded_in_all_its_parts(part: AgreementPart) -> None:
    command = replace(ORAL, parts=ORAL.parts - {part})
    mediation.given(*IN_SESSION).when(command).then_refused(AgreementPartMissing, part=part.value)


@pytest.mark.parametrize("point", LegalityPoint)
def test_every_point_of_law_is_looked_at(point: LegalityPoint) -> None:
    legality = Legality(checked=frozenset(LegalityPoint) - {point})
    command = replace(SIGN, legality=legality)
    mediation.given(*IN_SESSION).when(command).then_refused(LegalityNotChecked, point=point.value)


@pytest.mark.parametrize("point", LegalityPoint)
def test_nothing_is_signed_against_the_law(point: LegalityPoint) -> None:
    mediation.given(*IN_SESSION).when(objected(point)).then_refused(
        AgreementAgainstTheLaw, point=point.value
    )


@pytest.mark.parametrize("point", LegalityPoint)
@pytest.mark.parametrize("reason", OverrideReason)
def test_only_a_reason_that_fits_answers_an_objection(
    point: LegalityPoint, reason: OverrideReason
) -> None:
    outcome = mediation.given(*IN_SESSION).when(objected(point, reason))
    if reason in OVERRIDES[point]:
        outcome.then_kinds(MediationSucceeded)
    elif OVERRIDES[point]:
        outcome.then_refused(OverrideDoesNotFit, point=point.value)
    else:
        outcome.then_refused(AgreementAgainstTheLaw, point=point.value)


def test_contracted_land_is_shared_out_again_only_where_the_law_itself_says_so() -> None:
    land = LegalityPoint.CONTRACTED_LAND
    assert OVERRIDES[land] == {OverrideReason.STATUTORY_EXCEPTION}
    (succeeded,) = mediation.given(*IN_SESSION).when(objected(land, *OVERRIDES[land])).events
    said = succeeded.to_data()
    assert said["legality_objections"] == ["contracted-land"]
    assert (said["override_reason"], said["override_by"]) == ("statutory-exception", "post-wu")


@pytest.mark.parametrize("point", [LegalityPoint.FREE_WILL, LegalityPoint.CLEAR_TERMS])
def test_nothing_answers_an_unfree_will_or_unclear_terms(point: LegalityPoint) -> None:
    assert not OVERRIDES[point]


def test_a_reason_answers_an_objection_or_is_none() -> None:
    override = Override(reason=OverrideReason.LEGAL_OPINION, by="post-wu")
    command = replace(SIGN, legality=replace(SIGN.legality, override=override))
    mediation.given(*IN_SESSION).when(command).then_refused(OverrideWithoutObjection)


@pytest.mark.parametrize(
    ("days", "refusal"),
    [
        ((LAST_DUE, FIRST_DUE), InstalmentsOutOfOrder),
        ((date(2025, 4, 19), LAST_DUE), InstalmentBeforeAgreement),
    ],
)
def test_instalments_follow_each_other(days: tuple[date, ...], refusal: type[Refusal]) -> None:
    mediation.given(*IN_SESSION).when(replace(SIGN, instalments=days)).then_refused(refusal)


def test_an_instalment_may_be_due_on_the_day_of_signing() -> None:
    command = replace(SIGN, instalments=(SIGNED_ON, SIGNED_ON))
    mediation.given(*IN_SESSION).when(command).then_kinds(MediationSucceeded)


def test_a_draft_may_be_written_again_and_binds_nobody() -> None:
    mediation.given(*DRAFTED).when(DRAFT).then_nothing()
    again = replace(DRAFT, draft_digest="c" * 64)
    outcome = mediation.given(*DRAFTED).when(again)
    outcome.then_kinds(AgreementDrafted)
    outcome.then_state(lambda it: it.state is MediationState.OPEN)


def test_one_draft_stands_at_a_time_and_is_what_is_signed() -> None:
    other = replace(DRAFT, agreement_id=OTHER_AGREEMENT)
    mediation.given(*DRAFTED).when(other).then_refused(AnotherDraftStands)
    signed = replace(SIGN, agreement_id=OTHER_AGREEMENT)
    mediation.given(*DRAFTED).when(signed).then_refused(AgreementIsNotTheDraft)
    mediation.given(*DRAFTED).when(SIGN).then_kinds(MediationSucceeded)


@pytest.mark.parametrize("command", [DRAFT, SIGN])
def test_a_draft_that_was_given_up_is_not_signed(command: MediationCommand) -> None:
    given_up = facts_of(*IN_SESSION_BY, DRAFT, VOID_DRAFT)
    mediation.given(*given_up).when(command).then_refused(DraftWasVoided)


def test_no_draft_before_both_have_agreed() -> None:
    mediation.given(*APPLIED).when(DRAFT).then_refused(ConsentMissing)


def test_a_mediation_fails_on_a_ground_and_the_routes_are_told() -> None:
    outcome = mediation.given(*IN_SESSION).when(FAIL)
    outcome.then_kinds(MediationFailed)
    assert outcome.events[0].to_data()["routes_told"] == ["court", "arbitration"]
    mediation.given(*facts_of(*IN_SESSION_BY, FAIL)).when(FAIL).then_nothing()


def test_what_never_began_has_not_failed() -> None:
    mediation.given(*APPLIED).when(FAIL).then_refused(ConsentMissing)


def test_a_failed_mediation_fails_on_one_ground() -> None:
    other = replace(FAIL, ground=FailureGround.PARTY_ABSENT)
    mediation.given(*facts_of(*IN_SESSION_BY, FAIL)).when(other).then_refused(MediationHasFailed)


def test_the_time_has_passed_when_it_has() -> None:
    def passed(at: datetime) -> MediationCommand:
        return replace(FAIL, ground=FailureGround.PERIOD_PASSED, at=at)

    just_before = DUE.replace(hour=DUE.hour - 1)
    mediation.given(*OPENED).when(passed(just_before)).then_refused(PeriodStillRuns)
    mediation.given(*OPENED).when(passed(DUE)).then_kinds(MediationFailed)
    extended = facts_of(APPLY, CONSENT, EXTEND)
    mediation.given(*extended).when(passed(DUE)).then_refused(PeriodStillRuns)


@pytest.mark.parametrize(
    "command",
    [
        replace(FAIL, ground=FailureGround.CONSENT_WITHDRAWN),
        replace(TERMINATE, ground=TerminationGround.CONSENT_WITHDRAWN),
    ],
)
def test_nobody_withdraws_a_consent_for_a_side(command: MediationCommand) -> None:
    mediation.given(*OPENED).when(command).then_refused(ConsentIsWithdrawnByItsSide)


def test_a_dispute_is_taken_out_only_before_a_session() -> None:
    mediation.given(*APPLIED).when(TERMINATE).then_kinds(MediationTerminated)
    mediation.given(*OPENED).when(TERMINATE).then_kinds(MediationTerminated)
    mediation.given(*IN_SESSION).when(TERMINATE).then_refused(SessionsWereHeld)
    mediation.given(*facts_of(APPLY, TERMINATE)).when(TERMINATE).then_nothing()


@pytest.mark.parametrize(
    "ended_by", [(APPLY, REFUSE), (*IN_SESSION_BY, FAIL), (*IN_SESSION_BY, SIGN)]
)
def test_the_mediator_comes_back_after_any_end(ended_by: tuple[MediationCommand, ...]) -> None:
    ended = facts_of(*ended_by)
    mediation.given(*ended).when(FOLLOW_UP).then_kinds(FollowUpMade)
    followed_up = facts_of(*ended_by, FOLLOW_UP)
    mediation.given(*followed_up).when(FOLLOW_UP).then_nothing()
    other = replace(FOLLOW_UP, outcome=FollowUpOutcome.RENEWED)
    mediation.given(*followed_up).when(other).then_refused(FollowedUpOtherwise)


def test_nobody_comes_back_to_what_has_not_ended() -> None:
    mediation.given(*facts_of(APPLY, CONSENT, ASSIGN, HOLD)).when(FOLLOW_UP).then_refused(
        MediationStillOpen
    )

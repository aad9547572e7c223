"""A mediation goes on: mediators, sessions, more time; and is taken back where it was a mistake."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.mediation.domain.mediation import MEDIATION, MediationCommand
from services.mediation.domain.mediation_commands import HoldSession
from services.mediation.domain.mediation_refusals import (
    AgreementIsSigned,
    ConsentMissing,
    MediationHasFailed,
    MediationStillOpen,
    SideHasNotConsented,
)
from services.mediation.domain.mediation_state import MediationState
from services.mediation.domain.session_refusals import (
    BothSidesNotInTheRoom,
    CaucusNeedsASide,
    ExtensionNeedsBothSides,
    ExtensionNotLater,
    HeadcountNotPositive,
    JointSessionHasNoSide,
    MediatorNotAssigned,
    MediatorNotOnRoster,
    MediatorWasRecused,
    NoPartyInTheRoom,
    NoSuchDraft,
    NoSuchExtension,
    NoSuchRecusal,
    NoSuchSession,
    SessionHeldOtherwise,
    SessionsWereHeld,
    SessionWasVoided,
)
from services.mediation.examples import (
    APPLY,
    ASSIGN,
    CAUCUS,
    CONSENT,
    DRAFT,
    DUE,
    EXTEND,
    FAIL,
    HOLD,
    LATER,
    MEDIATION_ID,
    MEDIATOR_HE,
    PROACTIVE,
    RECUSE,
    SIGN,
    VOID_ASSIGNMENT,
    VOID_CONSENT,
    VOID_DRAFT,
    VOID_END,
    VOID_EXTENSION,
    VOID_RECUSAL,
    VOID_SESSION,
    WITHDRAW,
)
from shared.contracts.agreements import AgreementDraftVoided
from shared.contracts.mediation import (
    MediationConsentVoided,
    MediationEndVoided,
    MediationExtensionVoided,
    MediationPeriodExtended,
    MediationSessionHeld,
    MediationSessionVoided,
    MediatorAssigned,
    MediatorAssignmentVoided,
    MediatorRecusalVoided,
    MediatorRecused,
)
from shared.contracts.mediation_codes import PartySide, RoomRole, VoidReason
from shared.refusals import Refusal
from shared.testing.given_when_then import Facts
from tests.mediation.facts import APPLIED, IN_SESSION, IN_SESSION_BY, OPENED, SIGNED, facts_of

mediation = Facts(MEDIATION)
ASSIGNED = facts_of(APPLY, CONSENT, ASSIGN)


def test_a_mediator_of_the_roster_takes_part() -> None:
    mediation.given(*OPENED).when(ASSIGN).then_kinds(MediatorAssigned)
    mediation.given(*ASSIGNED).when(ASSIGN).then_nothing()


def test_who_left_the_roster_takes_no_part() -> None:
    command = replace(ASSIGN, on_roster=False)
    mediation.given(*OPENED).when(command).then_refused(MediatorNotOnRoster)


def test_several_mediators_take_part() -> None:
    other = replace(ASSIGN, mediator_id=MEDIATOR_HE)
    outcome = mediation.given(*ASSIGNED).when(other)
    outcome.then_state(lambda it: it.mediators == {ASSIGN.mediator_id, MEDIATOR_HE})


def test_a_mediator_steps_back_and_does_not_return() -> None:
    mediation.given(*ASSIGNED).when(RECUSE).then_kinds(MediatorRecused)
    stepped_back = facts_of(APPLY, CONSENT, ASSIGN, RECUSE)
    mediation.given(*stepped_back).when(RECUSE).then_nothing()
    mediation.given(*stepped_back).when(ASSIGN).then_refused(MediatorWasRecused)
    mediation.given(*stepped_back).when(HOLD).then_refused(MediatorWasRecused)


def test_who_takes_no_part_cannot_step_back() -> None:
    mediation.given(*OPENED).when(RECUSE).then_refused(MediatorNotAssigned)


@pytest.mark.parametrize("hold", [HOLD, CAUCUS])
def test_a_session_is_held(hold: HoldSession) -> None:
    mediation.given(*ASSIGNED).when(hold).then_kinds(MediationSessionHeld)


@pytest.mark.parametrize("hold", [HOLD, CAUCUS])
def test_no_session_before_both_have_agreed(hold: HoldSession) -> None:
    mediation.given(*APPLIED).when(hold).then_refused(ConsentMissing, side="respondent")
    nobody_agreed = facts_of(PROACTIVE)
    mediation.given(*nobody_agreed).when(hold).then_refused(ConsentMissing, side="applicant")


def test_sessions_are_counted_apart_from_disputes() -> None:
    outcome = mediation.given(*IN_SESSION).when(CAUCUS)
    outcome.then_state(lambda it: len(it.sessions) == 2)
    outcome.then_state(lambda it: it.about()["mediation_id"] == MEDIATION_ID)


def test_the_same_session_twice_changes_nothing_and_otherwise_is_refused() -> None:
    mediation.given(*IN_SESSION).when(HOLD).then_nothing()
    other = replace(HOLD, people={RoomRole.PARTY: 3})
    mediation.given(*IN_SESSION).when(other).then_refused(SessionHeldOtherwise)


@pytest.mark.parametrize(
    ("hold", "refusal"),
    [
        (replace(CAUCUS, side=None), CaucusNeedsASide),
        (replace(HOLD, side=PartySide.APPLICANT), JointSessionHasNoSide),
        (replace(HOLD, people={RoomRole.PARTY: 1, RoomRole.MEDIATOR: 2}), BothSidesNotInTheRoom),
        (replace(CAUCUS, people={RoomRole.MEDIATOR: 1}), NoPartyInTheRoom),
        (replace(HOLD, people={RoomRole.PARTY: 2, RoomRole.OTHER: 0}), HeadcountNotPositive),
        (replace(HOLD, mediator_id=MEDIATOR_HE), MediatorNotAssigned),
    ],
)
def test_a_session_is_what_it_says(hold: HoldSession, refusal: type[Refusal]) -> None:
    mediation.given(*ASSIGNED).when(hold).then_refused(refusal)


def test_an_agent_may_sit_for_a_side() -> None:
    hold = replace(HOLD, people={RoomRole.PARTY: 1, RoomRole.AGENT: 1})
    mediation.given(*ASSIGNED).when(hold).then_kinds(MediationSessionHeld)


def test_both_sides_give_the_mediation_more_time() -> None:
    outcome = mediation.given(*OPENED).when(EXTEND)
    outcome.then_kinds(MediationPeriodExtended)
    outcome.then_state(lambda it: it.due_at == LATER)
    mediation.given(*facts_of(APPLY, CONSENT, EXTEND)).when(EXTEND).then_nothing()


def test_one_side_alone_does_not_extend_it() -> None:
    command = replace(EXTEND, agreed_by=frozenset({PartySide.APPLICANT}))
    mediation.given(*OPENED).when(command).then_refused(ExtensionNeedsBothSides)


def test_an_extension_does_not_shorten_the_time() -> None:
    mediation.given(*OPENED).when(replace(EXTEND, due_at=DUE)).then_refused(ExtensionNotLater)


def test_an_extension_is_not_over_when_it_is_agreed_to() -> None:
    late = replace(EXTEND, at=LATER)
    mediation.given(*OPENED).when(late).then_refused(ExtensionNotLater)
    in_time = replace(EXTEND, at=LATER - timedelta(seconds=1))
    mediation.given(*OPENED).when(in_time).then_kinds(MediationPeriodExtended)


def test_a_session_recorded_by_mistake_counts_as_none_and_is_not_held_again() -> None:
    outcome = mediation.given(*IN_SESSION).when(VOID_SESSION)
    outcome.then_kinds(MediationSessionVoided)
    outcome.then_state(lambda it: not it.sessions)
    voided = facts_of(*IN_SESSION_BY, VOID_SESSION)
    mediation.given(*voided).when(VOID_SESSION).then_nothing()
    mediation.given(*voided).when(HOLD).then_refused(SessionWasVoided)


def test_an_extension_recorded_by_mistake_leaves_the_time_as_it_was() -> None:
    outcome = mediation.given(*facts_of(APPLY, CONSENT, EXTEND)).when(VOID_EXTENSION)
    outcome.then_kinds(MediationExtensionVoided)
    outcome.then_state(lambda it: it.due_at == DUE)


def test_a_consent_recorded_by_mistake_opens_nothing() -> None:
    outcome = mediation.given(*OPENED).when(VOID_CONSENT)
    outcome.then_kinds(MediationConsentVoided)
    outcome.then_state(lambda it: it.state is MediationState.APPLIED and it.due_at is None)
    voided = facts_of(APPLY, CONSENT, VOID_CONSENT)
    mediation.given(*voided).when(VOID_CONSENT).then_nothing()
    mediation.given(*voided).when(HOLD).then_refused(ConsentMissing)


def test_sessions_rest_on_consent_so_they_are_voided_first() -> None:
    mediation.given(*IN_SESSION).when(VOID_CONSENT).then_refused(SessionsWereHeld)


def test_a_mediator_recorded_by_mistake_takes_no_part() -> None:
    mediation.given(*ASSIGNED).when(VOID_ASSIGNMENT).then_kinds(MediatorAssignmentVoided)
    voided = facts_of(APPLY, CONSENT, ASSIGN, VOID_ASSIGNMENT)
    mediation.given(*voided).when(VOID_ASSIGNMENT).then_nothing()
    mediation.given(*voided).when(HOLD).then_refused(MediatorNotAssigned)
    mediation.given(*voided).when(ASSIGN).then_kinds(MediatorAssigned)
    mediation.given(*IN_SESSION).when(VOID_ASSIGNMENT).then_refused(SessionsWereHeld)


def test_a_mediator_who_had_not_stepped_back_takes_part_again() -> None:
    stepped_back = facts_of(APPLY, CONSENT, ASSIGN, RECUSE)
    mediation.given(*stepped_back).when(VOID_RECUSAL).then_kinds(MediatorRecusalVoided)
    back = facts_of(APPLY, CONSENT, ASSIGN, RECUSE, VOID_RECUSAL)
    mediation.given(*back).when(VOID_RECUSAL).then_nothing()
    mediation.given(*back).when(HOLD).then_kinds(MediationSessionHeld)


def test_a_draft_is_given_up() -> None:
    drafted = facts_of(*IN_SESSION_BY, DRAFT)
    mediation.given(*drafted).when(VOID_DRAFT).then_kinds(AgreementDraftVoided)


@pytest.mark.parametrize("over", [FAIL, WITHDRAW])
def test_an_end_recorded_by_mistake_lets_the_mediation_go_on(over: MediationCommand) -> None:
    ended = facts_of(*IN_SESSION_BY, over)
    outcome = mediation.given(*ended).when(VOID_END)
    outcome.then_kinds(MediationEndVoided)
    outcome.then_state(lambda it: it.state is MediationState.OPEN)
    taken_back = facts_of(*IN_SESSION_BY, over, VOID_END)
    mediation.given(*taken_back).when(VOID_END).then_nothing()
    mediation.given(*taken_back).when(CAUCUS).then_kinds(MediationSessionHeld)


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (replace(VOID_CONSENT, reason=VoidReason.OTHERWISE_IN_FACT), SideHasNotConsented),
        (VOID_ASSIGNMENT, MediatorNotAssigned),
        (VOID_RECUSAL, NoSuchRecusal),
        (VOID_EXTENSION, NoSuchExtension),
        (VOID_SESSION, NoSuchSession),
        (VOID_DRAFT, NoSuchDraft),
        (VOID_END, MediationStillOpen),
    ],
)
def test_only_what_stands_is_taken_back(command: MediationCommand, refusal: type[Refusal]) -> None:
    mediation.given(*APPLIED).when(command).then_refused(refusal)


@pytest.mark.parametrize(
    "command",
    [
        VOID_CONSENT,
        VOID_ASSIGNMENT,
        VOID_RECUSAL,
        VOID_EXTENSION,
        VOID_SESSION,
        VOID_DRAFT,
        VOID_END,
    ],
)
def test_after_the_signing_nothing_is_taken_back(command: MediationCommand) -> None:
    mediation.given(*SIGNED).when(command).then_refused(AgreementIsSigned)


@pytest.mark.parametrize("command", [CAUCUS, EXTEND, DRAFT, SIGN, VOID_SESSION])
def test_an_ended_mediation_does_not_go_on(command: MediationCommand) -> None:
    failed = facts_of(*IN_SESSION_BY, FAIL)
    mediation.given(*failed).when(command).then_refused(MediationHasFailed)

"""How what was recorded by mistake is taken back: by an event of its own, until the signing."""

from typing import assert_never

from services.mediation.domain.mediation_file import MediationFile, Voiding
from services.mediation.domain.mediation_guards import refuse_if_over
from services.mediation.domain.mediation_papers import void_paper
from services.mediation.domain.mediation_refusals import (
    AgreementIsSigned,
    MediationStillOpen,
    SideHasNotConsented,
)
from services.mediation.domain.session_refusals import (
    MediatorNotAssigned,
    NoSuchDraft,
    NoSuchExtension,
    NoSuchRecusal,
    NoSuchSession,
    SessionsWereHeld,
)
from services.mediation.domain.void_commands import (
    VoidAssignment,
    VoidCommand,
    VoidConsent,
    VoidDraft,
    VoidEnd,
    VoidExtension,
    VoidPaper,
    VoidRecusal,
    VoidSession,
)
from shared.contracts.agreements import AgreementDraftVoided
from shared.contracts.event import Event
from shared.contracts.mediation import (
    MediationConsentVoided,
    MediationEndVoided,
    MediationExtensionVoided,
    MediationSessionVoided,
    MediatorAssignmentVoided,
    MediatorRecusalVoided,
)
from shared.refusals import Refusal


def void(  # noqa: C901, PLR0911
    command: VoidCommand, mediation: MediationFile
) -> list[Event]:
    """Decide a command that voids a record; the record itself stays in the ledger."""
    match command:
        case VoidConsent():
            return _void_consent(command, mediation)
        case VoidAssignment():
            return _void_assignment(command, mediation)
        case VoidRecusal():
            return _void_recusal(command, mediation)
        case VoidExtension():
            return _void_extension(command, mediation)
        case VoidSession():
            return _void_session(command, mediation)
        case VoidDraft():
            return _void_draft(command, mediation)
        case VoidEnd():
            return _void_end(command, mediation)
        case VoidPaper():
            return void_paper(command, mediation)
        case never:
            assert_never(never)


def _voiding(
    voided: Voiding, mediation: MediationFile, *, is_valid: bool, otherwise: Refusal
) -> list[Event]:
    """Void a valid record; no event if it was voided in the same way before."""
    if not is_valid and voided in mediation.voided:
        return []
    refuse_if_over(mediation)
    if not is_valid:
        raise otherwise
    return [voided]


def _void_consent(command: VoidConsent, mediation: MediationFile) -> list[Event]:
    voided = MediationConsentVoided(side=command.side, reason=command.reason, **mediation.about())
    is_valid = command.side in mediation.consents
    missing = SideHasNotConsented(side=command.side.value)
    events = _voiding(voided, mediation, is_valid=is_valid, otherwise=missing)
    if events and mediation.sessions:
        raise SessionsWereHeld
    return events


def _void_assignment(command: VoidAssignment, mediation: MediationFile) -> list[Event]:
    voided = MediatorAssignmentVoided(
        mediator_id=command.mediator_id, reason=command.reason, **mediation.about()
    )
    is_valid = command.mediator_id in mediation.mediators
    events = _voiding(voided, mediation, is_valid=is_valid, otherwise=MediatorNotAssigned())
    led = {session.mediator_id for session in mediation.sessions.values()}
    if events and command.mediator_id in led:
        raise SessionsWereHeld
    return events


def _void_recusal(command: VoidRecusal, mediation: MediationFile) -> list[Event]:
    voided = MediatorRecusalVoided(
        mediator_id=command.mediator_id, reason=command.reason, **mediation.about()
    )
    is_valid = command.mediator_id in mediation.recusals
    return _voiding(voided, mediation, is_valid=is_valid, otherwise=NoSuchRecusal())


def _void_extension(command: VoidExtension, mediation: MediationFile) -> list[Event]:
    voided = MediationExtensionVoided(
        due_at=command.due_at, reason=command.reason, **mediation.about()
    )
    is_valid = any(each.due_at == command.due_at for each in mediation.extensions)
    return _voiding(voided, mediation, is_valid=is_valid, otherwise=NoSuchExtension())


def _void_session(command: VoidSession, mediation: MediationFile) -> list[Event]:
    voided = MediationSessionVoided(
        session_id=command.session_id, reason=command.reason, **mediation.about()
    )
    is_valid = command.session_id in mediation.sessions
    return _voiding(voided, mediation, is_valid=is_valid, otherwise=NoSuchSession())


def _void_draft(command: VoidDraft, mediation: MediationFile) -> list[Event]:
    voided = AgreementDraftVoided(
        agreement_id=command.agreement_id, reason=command.reason, **mediation.about()
    )
    draft = mediation.drafted
    is_valid = draft is not None and draft.agreement_id == command.agreement_id
    return _voiding(voided, mediation, is_valid=is_valid, otherwise=NoSuchDraft())


def _void_end(command: VoidEnd, mediation: MediationFile) -> list[Event]:
    voided = MediationEndVoided(reason=command.reason, **mediation.about())
    if mediation.agreement.succeeded:
        raise AgreementIsSigned
    if mediation.ended or mediation.withdrawn:
        return [voided]
    if voided in mediation.voided:
        return []
    raise MediationStillOpen

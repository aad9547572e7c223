"""Drafting and signing an agreement: any number of drafts, one signing."""

from datetime import date
from itertools import pairwise
from typing import assert_never

from services.mediation.domain.agreement_commands import (
    DraftAgreement,
    SignAgreement,
    SigningCommand,
)
from services.mediation.domain.agreement_refusals import (
    AgreementIsNotTheDraft,
    AgreementPartMissing,
    AnotherDraftStands,
    DraftWasVoided,
    InstalmentBeforeAgreement,
    InstalmentsOutOfOrder,
    NoSessionHeld,
)
from services.mediation.domain.legality import require_legality
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_guards import require_begun
from services.mediation.domain.mediation_sessions import require_assigned
from shared.contracts.agreement_codes import (
    AgreementForm,
    AgreementPart,
    LegalityPoint,
    StatusMatter,
)
from shared.contracts.agreements import AgreementDrafted, AgreementDraftVoided, MediationSucceeded
from shared.contracts.event import Event

REQUIRED_PARTS = {
    AgreementForm.WRITTEN: frozenset(AgreementPart),
    AgreementForm.ORAL: frozenset(
        {
            AgreementPart.PARTIES,
            AgreementPart.ISSUE,
            AgreementPart.TERMS,
            AgreementPart.PERFORMANCE_MODE,
            AgreementPart.PERFORMANCE_DATE,
            AgreementPart.MEDIATOR_SIGNATURE,
        }
    ),
}
"""All of M29 on paper; of an oral agreement the record that the mediator signs [M30]."""


def agree(command: SigningCommand, mediation: MediationFile) -> list[Event]:
    """Decide a command about drafts or the signing."""
    match command:
        case DraftAgreement():
            return _draft(command, mediation)
        case SignAgreement():
            return _sign(command, mediation)
        case never:
            assert_never(never)


def _draft(command: DraftAgreement, mediation: MediationFile) -> list[Event]:
    drafted = AgreementDrafted(
        agreement_id=command.agreement_id,
        form=command.form,
        draft_digest=command.draft_digest,
        **mediation.about(),
    )
    if mediation.drafted == drafted:
        return []
    require_begun(mediation)
    if mediation.drafted and mediation.drafted.agreement_id != command.agreement_id:
        raise AnotherDraftStands
    _refuse_voided(command.agreement_id, mediation)
    return [drafted]


def _refuse_voided(agreement_id: str, mediation: MediationFile) -> None:
    for each in mediation.voided:
        if isinstance(each, AgreementDraftVoided) and each.agreement_id == agreement_id:
            raise DraftWasVoided


def _sign(command: SignAgreement, mediation: MediationFile) -> list[Event]:
    succeeded = _success(command, mediation)
    if mediation.agreement.succeeded == succeeded:
        return []
    require_begun(mediation)
    if not mediation.sessions:
        raise NoSessionHeld
    require_assigned(command.mediator_id, mediation)
    if mediation.drafted and mediation.drafted.agreement_id != command.agreement_id:
        raise AgreementIsNotTheDraft
    _refuse_voided(command.agreement_id, mediation)
    _require_all_parts(command)
    _require_days_in_order(command.instalments, effective_on=command.effective_on)
    require_legality(command.legality)
    return [succeeded]


def _success(command: SignAgreement, mediation: MediationFile) -> MediationSucceeded:
    override = command.legality.override
    return MediationSucceeded(
        agreement_id=command.agreement_id,
        form=command.form,
        mediator_id=command.mediator_id,
        parts=AgreementPart.in_order(command.parts),
        instalments=command.instalments,
        effective_on=command.effective_on,
        legality_checked=LegalityPoint.in_order(command.legality.checked),
        legality_objections=LegalityPoint.in_order(command.legality.objections),
        agreement_digest=command.agreement_digest,
        perform_by=max(command.instalments, default=None),
        number=command.number,
        status_matters=StatusMatter.in_order(command.status_matters) or None,
        override_reason=override.reason if override else None,
        override_by=override.by if override else None,
        **mediation.about(),
    )


def _require_all_parts(command: SignAgreement) -> None:
    present = set(command.parts)
    if command.number is None:
        present.discard(AgreementPart.NUMBER)
    missing = AgreementPart.in_order(REQUIRED_PARTS[command.form] - present)
    if missing:
        raise AgreementPartMissing(field="parts", part=missing[0].value)


def _require_days_in_order(days: tuple[date, ...], *, effective_on: date) -> None:
    if any(later < earlier for earlier, later in pairwise(days)):
        raise InstalmentsOutOfOrder(field="instalments")
    if days and days[0] < effective_on:
        raise InstalmentBeforeAgreement(field="instalments")

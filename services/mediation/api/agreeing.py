"""The routes by which an agreement comes about: drafted as often as one likes, signed once."""

from datetime import date
from functools import partial

from fastapi import Response

from services.mediation.api.command_answers import MediationAnswer
from services.mediation.api.context import (
    PREFIX,
    ByTheMediator,
    MediationContext,
    documented,
    own_id,
)
from services.mediation.api.drafting import DraftShown, shown
from services.mediation.api.opening import OVER
from services.mediation.api.signed_paper import as_on_paper
from services.mediation.api.signing import SignBody, signed_parts, signed_text
from services.mediation.domain import agreement_commands as commands
from services.mediation.domain import agreement_refusals as refusals
from services.mediation.domain.mediation import MediationCommand
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_refusals import ConsentMissing, PaperNotKept
from services.mediation.domain.session_refusals import MediatorNotAssigned, MediatorWasRecused
from services.mediation.papers.dictation import draft_agreement
from services.mediation.store.paper_number import still_free
from services.mediation.store.vault_files import EntryKind, file_of
from shared import vault
from shared.contracts.agreement_codes import AgreementForm
from shared.contracts.agreements import AgreementDrafted, MediationSucceeded
from shared.contracts.mediation_codes import PartySide
from shared.divisions import Identifier
from shared.handling import Prepared, Private, Record
from shared.http import Router
from shared.office.occurrence_time import Dated
from shared.times import china_day
from shared.vault import PersonErased
from shared.vault.bodies import Narrative

router = Router(prefix=PREFIX, tags=["agreements"])


class DraftBody(Dated):
    """What was agreed, as the mediator says it: no form has to be kept, no punctuation either."""

    dictation: Narrative
    form: AgreementForm = AgreementForm.WRITTEN
    agreement_id: Identifier | None = None
    """The current draft's id, unless a new draft is begun."""


class DraftedAnswer(MediationAnswer):
    """The dispute, and the draft to be checked."""

    draft: DraftShown


class SignedAnswer(MediationAnswer):
    """The dispute, and the last day on which both sides may ask a court (C14)."""

    effective_on: date
    """The day of the signing, from which that time is counted."""
    ask_a_court_by: date | None
    """None where no court confirms what was agreed on, since it is about status [JC4]."""
    instalments: tuple[date, ...]
    """The days on which something is due; without any, nothing can become overdue."""


@router.post(
    "/draft",
    **documented(
        refusals.AnotherDraftStands, refusals.DraftWasVoided, ConsentMissing, PersonErased, *OVER
    )
    | {"response_model": DraftedAnswer},
)
async def draft(body: DraftBody, context: ByTheMediator) -> Response:
    """拟稿: a dictation becomes a draft; it binds nobody, and a later one takes its place."""
    return await context.handle(partial(_prepare_draft, context, body))


async def _prepare_draft(
    context: MediationContext, body: DraftBody, record: Record[MediationFile]
) -> Prepared[MediationCommand, MediationFile]:
    office, scope, mediation = context.office, context.actor.scope, record.state
    file = await file_of(office.vault, scope, context.stream_id)
    known = await _registered(context, mediation)
    at = context.moment(body)
    heard = shown(draft_agreement(body.dictation, said_on=china_day(at), known=known))
    entry = file.entry(EntryKind.DRAFT, {"dictation": body.dictation, "draft": heard})
    command = commands.DraftAgreement(
        agreement_id=_agreement_id(body, mediation.drafted, context),
        form=body.form,
        draft_digest=entry.digest,
    )
    return Prepared(
        command=command,
        at=at,
        side_writes=vault.keep(context.division, [], [entry]),
        private=Private(file, {"draft": heard}),
    )


async def _registered(context: MediationContext, mediation: MediationFile) -> list[str]:
    """The parties' names, so that they need not be guessed from what was said."""
    office = context.office
    refs = [ref for side in PartySide for ref in mediation.parties_of(side)]
    known = await office.vault.names(context.actor.scope, division=context.division, refs=refs)
    return [known[ref] for ref in refs if ref in known]


def _agreement_id(
    body: DraftBody | SignBody,
    valid: AgreementDrafted | MediationSucceeded | None,
    context: MediationContext,
) -> str:
    """The stated one, else that of the valid draft or agreement, else a new one."""
    current = valid.agreement_id if valid else None
    return own_id(context, body.agreement_id or current, field="agreement_id")


@router.post(
    "/sign",
    **documented(
        refusals.NoSessionHeld,
        refusals.AgreementIsNotTheDraft,
        refusals.DraftWasVoided,
        refusals.AgreementPartMissing,
        refusals.NumberIsTaken,
        refusals.InstalmentsNotAsOnPaper,
        refusals.InstalmentDaysNotRead,
        refusals.InstalmentsOutOfOrder,
        refusals.InstalmentBeforeAgreement,
        refusals.LegalityNotChecked,
        refusals.AgreementAgainstTheLaw,
        refusals.OverrideDoesNotFit,
        refusals.OverrideWithoutObjection,
        ConsentMissing,
        MediatorNotAssigned,
        MediatorWasRecused,
        PaperNotKept,
        PersonErased,
        *OVER,
    )
    | {"response_model": SignedAnswer},
)
async def sign(body: SignBody, context: ByTheMediator) -> Response:
    """达成协议: signed by all and sealed, or told and recorded; nothing before is taken back now."""
    with still_free():
        return await context.handle(partial(_prepare_signing, context, body))


async def _prepare_signing(
    context: MediationContext, body: SignBody, record: Record[MediationFile]
) -> Prepared[MediationCommand, MediationFile]:
    mediation = record.state
    body = await as_on_paper(context, body, mediation)
    at = context.moment(body)
    signed_on = china_day(at)
    agreed = mediation.agreement.succeeded or mediation.drafted
    signed = await signed_text(context, body, mediation, on=signed_on)
    command = commands.SignAgreement(
        agreement_id=_agreement_id(body, agreed, context),
        form=body.form,
        mediator_id=body.mediator_id,
        parts=signed_parts(body),
        instalments=body.instalments or (),
        effective_on=signed_on,
        legality=body.legality.as_checked(),
        agreement_digest=signed.digest,
        number=signed.number,
        status_matters=body.status_matters,
    )
    last_day = None if body.status_matters else context.office.last_day_for_the_court(signed_on)
    further = {
        "effective_on": signed_on,
        "ask_a_court_by": last_day,
        "instalments": command.instalments,
    }
    return Prepared(
        command=command,
        at=at,
        side_writes=[*vault.keep(context.division, [], signed.entries), *signed.numbering],
        further=further,
    )

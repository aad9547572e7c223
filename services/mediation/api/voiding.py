"""Routes that void what was recorded by mistake, until the signing."""

from fastapi import Response

from services.mediation.api.context import PREFIX, ByTheMediator, WhoPrints, documented
from services.mediation.api.opening import OVER
from services.mediation.domain import session_refusals as refusals
from services.mediation.domain import void_commands as commands
from services.mediation.domain.mediation_refusals import (
    AgreementIsSigned,
    MediationStillOpen,
    PaperNotKept,
    RecordRestsOnPaper,
    SideHasNotConsented,
)
from shared.contracts.mediation_codes import PartySide, VoidReason
from shared.contracts.words import Digest
from shared.divisions import Identifier
from shared.http import Body, Router
from shared.office.occurrence_time import Dated, Moment

router = Router(prefix=PREFIX, tags=["taking back"])


class VoidBody(Dated):
    """Why the record is void."""

    reason: VoidReason


class VoidConsentBody(VoidBody):
    """The side whose consent is void."""

    side: PartySide


class VoidMediatorBody(VoidBody):
    """The mediator whose assignment or recusal is void."""

    mediator_id: Identifier


class VoidExtensionBody(VoidBody):
    """The void extension, by its last moment."""

    due_at: Moment


class VoidSessionBody(VoidBody):
    """The session that is void."""

    session_id: Identifier


class VoidDraftBody(VoidBody):
    """The draft that is given up."""

    agreement_id: Identifier


class VoidPaperBody(Body):
    """The void paper, by its digest, and the reason."""

    digest: Digest
    reason: VoidReason


@router.post("/void-consent", **documented(SideHasNotConsented, refusals.SessionsWereHeld, *OVER))
async def void_consent(body: VoidConsentBody, context: ByTheMediator) -> Response:
    """A consent was not given so."""
    command = commands.VoidConsent(side=body.side, reason=body.reason)
    return await context.handle_command(command, body)


@router.post(
    "/void-assignment",
    **documented(refusals.MediatorNotAssigned, refusals.SessionsWereHeld, *OVER),
)
async def void_assignment(body: VoidMediatorBody, context: ByTheMediator) -> Response:
    """A mediator takes no part."""
    command = commands.VoidAssignment(mediator_id=body.mediator_id, reason=body.reason)
    return await context.handle_command(command, body)


@router.post("/void-recusal", **documented(refusals.NoSuchRecusal, *OVER))
async def void_recusal(body: VoidMediatorBody, context: ByTheMediator) -> Response:
    """A mediator had not stepped back; somebody else says so, not who has."""
    command = commands.VoidRecusal(mediator_id=body.mediator_id, reason=body.reason)
    return await context.handle_command(command, body)


@router.post("/void-extension", **documented(refusals.NoSuchExtension, *OVER))
async def void_extension(body: VoidExtensionBody, context: ByTheMediator) -> Response:
    """An extension was not agreed so."""
    command = commands.VoidExtension(due_at=body.due_at, reason=body.reason)
    return await context.handle_command(command, body)


@router.post("/void-session", **documented(refusals.NoSuchSession, *OVER))
async def void_session(body: VoidSessionBody, context: ByTheMediator) -> Response:
    """A session was not held so; it counts as none."""
    command = commands.VoidSession(session_id=body.session_id, reason=body.reason)
    return await context.handle_command(command, body)


@router.post("/void-draft", **documented(refusals.NoSuchDraft, *OVER))
async def void_draft(body: VoidDraftBody, context: ByTheMediator) -> Response:
    """A draft is given up."""
    command = commands.VoidDraft(agreement_id=body.agreement_id, reason=body.reason)
    return await context.handle_command(command, body)


@router.post("/void-end", **documented(MediationStillOpen, *OVER))
async def void_end(body: VoidBody, context: ByTheMediator) -> Response:
    """The mediation had not ended so; it goes on where it was."""
    return await context.handle_command(commands.VoidEnd(reason=body.reason), body)


@router.post("/void-paper", **documented(PaperNotKept, RecordRestsOnPaper, AgreementIsSigned))
async def void_paper(body: VoidPaperBody, context: WhoPrints) -> Response:
    """A paper was not meant so; it leaves the dispute's file, and its number stays its own."""
    command = commands.VoidPaper(digest=body.digest, reason=body.reason)
    return await context.handle_command(command, Dated())

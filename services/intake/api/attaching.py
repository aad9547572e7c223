"""The routes of the files of a case: uploaded for it, made part of it, and read."""

from functools import partial

from fastapi import Response

from services.intake.api.case_bodies import Act
from services.intake.api.case_context import AddingFacts, CaseContext, documented
from services.intake.api.office import Office
from services.intake.api.shown_texts import READING, purpose_of_opening
from services.intake.api.whoever_asks import participant
from services.intake.domain.case import CaseCommand, CaseFile, CaseNotFound, ended
from services.intake.domain.case.attaching import AttachedOtherwise, AttachFile
from services.intake.domain.case_rights import (
    Access,
    CaseNotInYourHands,
    RecusedFromCase,
    ShownToTheHolder,
    refuse_unless_acting,
)
from services.intake.store.case_number import check_id_or_number
from services.intake.store.person_files import file_of_case
from shared.attachments import storing
from shared.attachments.records import AttachmentRecords, Readable, uploaded
from shared.attachments.refusals import AttachmentNotUploaded
from shared.attachments.routes import attachment_routes
from shared.attachments.sealing import AttachmentKey
from shared.contracts.attachment_codes import AttachmentOf, MediaType
from shared.contracts.words import Digest
from shared.divisions import division_of
from shared.handling import Prepared, Record
from shared.http import Router
from shared.identity import Actor, Role
from shared.times import china_day
from shared.vault import PersonErased

router = Router(prefix="/cases/{case_id}", tags=["attachments"])


class AttachBody(Act):
    """The digest that the upload answered with, and what of the case the file shows."""

    digest: Digest
    kind: AttachmentOf


@router.post(
    "/attach",
    **documented(AttachmentNotUploaded, AttachedOtherwise, PersonErased, ended.CaseWasVoided),
)
async def attach(body: AttachBody, context: AddingFacts) -> Response:
    """添加附件: a file that was uploaded becomes part of the case; a closing may name it."""
    return await context.handle(partial(_prepare, context, body))


async def _prepare(
    context: CaseContext, body: AttachBody, record: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    if record.state.voided:
        raise ended.CaseWasVoided
    key = await _key(context.office, context.actor, context.stream_id)
    found = await uploaded(context.office.pool, context.actor, key, body.digest)
    command = AttachFile(
        digest=found.digest,
        media_type=MediaType(found.media_type),
        size=found.size,
        of=body.kind,
    )
    required = storing.require_stored(context.stream_id, found.digest)
    return Prepared(command=command, at=context.moment(body), side_writes=[required])


async def _to_add(office: Office, actor: Actor, case_id: str) -> AttachmentKey:
    """Whoever may find facts of the case; a void one takes none."""
    record = await office.cases.read(actor.scope, case_id)
    refuse_unless_acting(
        record.state,
        participant(actor),
        await office.registry(division_of(case_id)),
        on=china_day(office.now()),
        needs=Access.FIND_FACTS,
    )
    if record.state.voided:
        raise ended.CaseWasVoided
    return await _key(office, actor, case_id)


async def _to_read(office: Office, actor: Actor, reference: str) -> Readable:
    """Whom the case is with, or for whom a reveal was approved."""
    case_id, purpose = await purpose_of_opening(office, actor, reference)
    return Readable(await _key(office, actor, case_id), purpose)


async def _key(office: Office, actor: Actor, case_id: str) -> AttachmentKey:
    division = division_of(case_id)
    file = await file_of_case(office.vault, actor.scope, division=division, case_id=case_id)
    return AttachmentKey(case_id, file)


attachments = attachment_routes(
    AttachmentRecords(
        path="/cases/{case_id}",
        parameter="case_id",
        adding=(*READING, Role.BACKFILL),
        reading=READING,
        to_add=_to_add,
        to_read=_to_read,
        check=check_id_or_number,
        needs_post=True,
        refusals=(
            CaseNotFound,
            CaseNotInYourHands,
            RecusedFromCase,
            ShownToTheHolder,
            ended.CaseWasVoided,
            PersonErased,
        ),
    )
)

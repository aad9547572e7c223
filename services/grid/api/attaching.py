"""The routes of the files of a report: uploaded for it, made part of it, and read."""

from functools import partial

from fastapi import Response

from services.grid.api.office import Office
from services.grid.api.report_access import (
    RecusedFromMatter,
    refuse_recused,
    require_visible,
    takes_over,
)
from services.grid.api.report_context import (
    ESCALATING,
    ByAnybody,
    ReportContext,
    ReportOfAnotherGrid,
    ReportOfAnotherUnit,
    documented,
    require_own,
)
from services.grid.api.report_lists import WordsNotForThisPost, require_reader
from services.grid.api.roles import NAMING
from services.grid.domain.report import Report, ReportCommand, ReportNotFound
from services.grid.domain.report.attaching import AttachToReport, ReportAttachedOtherwise
from services.grid.store.vault_files import file_of
from shared.attachments import storing
from shared.attachments.records import AttachmentRecords, Readable, uploaded
from shared.attachments.refusals import AttachmentNotUploaded
from shared.attachments.routes import attachment_routes
from shared.attachments.sealing import AttachmentKey
from shared.contracts.attachment_codes import AttachmentOf, MediaType
from shared.contracts.words import Digest
from shared.divisions import county_of, division_of, in_scope
from shared.handling import Prepared, Record
from shared.http import Router
from shared.identity import Actor, Role
from shared.identity.refusals import PostMissing
from shared.office import ReportedLater
from shared.vault import PersonErased

router = Router(prefix="/reports/{report_id}", tags=["attachments"])


class AttachBody(ReportedLater):
    """The digest that the upload answered with, and what of the matter the file shows."""

    digest: Digest
    kind: AttachmentOf


@router.post(
    "/attach",
    **documented(
        AttachmentNotUploaded, ReportAttachedOtherwise, ReportOfAnotherUnit, ReportOfAnotherGrid
    ),
)
async def attach(body: AttachBody, context: ByAnybody) -> Response:
    """添加附件: a file that was uploaded becomes part of the report."""
    return await context.handle(partial(_prepare, context, body))


async def _prepare(
    context: ReportContext, body: AttachBody, record: Record[Report]
) -> Prepared[ReportCommand, Report]:
    office, actor, at = context.office, context.actor, context.moment(body)
    await require_own(office, actor, record.state)
    key = await _key(office, actor.scope, context.stream_id)
    found = await uploaded(office.pool, actor, key, body.digest)
    command = AttachToReport(
        digest=found.digest,
        media_type=MediaType(found.media_type),
        size=found.size,
        of=body.kind,
    )
    required = storing.require_stored(context.stream_id, found.digest)
    return Prepared(command=command, at=at, side_writes=[required])


async def _to_add(office: Office, actor: Actor, report_id: str) -> AttachmentKey:
    """Whoever may command something of the report."""
    report = (await office.reports.read(actor.scope, report_id)).state
    await require_visible(office, actor, report)
    await refuse_recused(office, actor, report)
    await require_own(office, actor, report)
    return await _key(office, actor.scope, report_id)


async def _to_read(office: Office, actor: Actor, report_id: str) -> Readable:
    """Whoever may read the words of the report, or takes it up, also from another township."""
    if not actor.has_post:
        raise PostMissing
    scope = county_of(actor.scope)
    report = (await office.reports.read(scope, report_id)).state
    await require_visible(office, actor, report)
    if await takes_over(office, actor, report):
        await refuse_recused(office, actor, report)
        return Readable(await _key(office, scope, report_id))
    if not in_scope(actor.scope, division_of(report_id)):
        raise ReportNotFound
    await require_reader(office, actor, report)
    return Readable(await _key(office, actor.scope, report_id))


async def _key(office: Office, scope: str, report_id: str) -> AttachmentKey:
    return AttachmentKey(report_id, await file_of(office.vault, scope, report_id))


attachments = attachment_routes(
    AttachmentRecords(
        path="/reports/{report_id}",
        parameter="report_id",
        adding=ESCALATING,
        reading=(*NAMING, Role.GRID_WORKER, Role.HANDLER, Role.MEDIATOR),
        needs_post=True,
        to_add=_to_add,
        to_read=_to_read,
        refusals=(
            ReportNotFound,
            ReportOfAnotherUnit,
            ReportOfAnotherGrid,
            WordsNotForThisPost,
            RecusedFromMatter,
            PersonErased,
            PostMissing,
        ),
    )
)

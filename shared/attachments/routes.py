"""The routes of attachments: one takes a file, one gives it back."""

from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request, Response
from pydantic import AfterValidator

from shared.attachments import storing
from shared.attachments.downloading import check_content, download
from shared.attachments.records import AttachmentRecords
from shared.attachments.refusals import (
    CLEANING_REFUSALS,
    AttachmentNotFound,
    RecordHasTooManyAttachments,
    TooManyUploads,
)
from shared.attachments.uploading import Uploading
from shared.contracts.words import Digest
from shared.divisions import Identifier, division_of
from shared.handling import IdempotencyKeyReused
from shared.http import Body, Router, answered, correlation_id, refused_with
from shared.http.idempotency import PARAMETER, given_key
from shared.http.refusals import BodyTooLarge, BodyTooLate, MalformedRequest
from shared.identity import Actor, requires
from shared.office.office import LedgerOffice, office_of
from shared.office.openings import note_shown
from shared.refusals import Refusal

_BODY: dict[str, Any] = {
    "parameters": [PARAMETER],
    "requestBody": {
        "required": True,
        "description": "The file as it is, at most 10 MiB: JPEG, PNG, HEIC, PDF, .docx or .xlsx",
        "content": {
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
        },
    },
}
_REFUSED: tuple[type[Refusal], ...] = (
    MalformedRequest,
    BodyTooLate,
    BodyTooLarge,
    *CLEANING_REFUSALS,
    RecordHasTooManyAttachments,
    TooManyUploads,
    IdempotencyKeyReused,
)


class UploadedAnswer(Body):
    """A file was taken; a command that names its digest within a day makes it an attachment."""

    of: str
    digest: str
    media_type: str
    """As the bytes say; a photograph is written anew, HEIC as JPEG."""
    size: int


def attachment_routes(records: AttachmentRecords) -> Router:
    """`PUT /attachments` for these records, and the route by which an attachment is read."""
    router = Router(tags=["attachments"])
    uploading = Uploading()
    shown_by = f"GET {records.path}/attachments/{{digest}}"

    @router.put(
        "/attachments",
        status_code=201,
        response_model=UploadedAnswer,
        responses=refused_with(*records.refusals, *_REFUSED),
        openapi_extra=_BODY,
    )
    async def upload(
        *,
        request: Request,
        of: Annotated[Identifier, Query(description="The id of the record")],
        actor: Annotated[Actor, requires(*records.adding, needs_post=records.needs_post)],
        office: Annotated[LedgerOffice, Depends(office_of)],
    ) -> Response:
        """上传附件: a file for a record, up to 10 MiB; nothing but the picture is kept of a photograph."""
        given_key(request)
        record = await records.to_add(office, actor, of)
        stored = await uploading.take(request, office.ledger, actor, record)
        answer = UploadedAnswer(
            of=record.stream_id,
            digest=stored.digest,
            media_type=stored.media_type,
            size=stored.size,
        )
        return answered(answer.model_dump(), status=201)

    @router.get(
        records.path + "/attachments/{digest}",
        response_class=Response,
        responses=refused_with(*records.refusals, AttachmentNotFound),
    )
    async def read(
        *,
        named: Annotated[str, AfterValidator(records.check), Path(alias=records.parameter)],
        digest: Digest,
        actor: Annotated[Actor, requires(*records.reading)],
        office: Annotated[LedgerOffice, Depends(office_of)],
    ) -> Response:
        """查看附件: the file to be saved; who read it is recorded."""
        record, purpose = await records.to_read(office, actor, named)
        # whoever was admitted reads it in the record's own division, which need not be theirs
        scope = division_of(record.stream_id)
        stored = await storing.find_named(office.pool, scope, record.stream_id, digest)
        if stored is None or stored.person_ref != record.file.person_ref:
            raise AttachmentNotFound
        await check_content(office.pool, scope, record, stored)
        await storing.note_read(office.pool, actor, record.stream_id, digest, correlation_id())
        await note_shown(office, actor, [record.stream_id], route=shown_by, purpose=purpose)
        return download(office.pool, scope, record, stored)

    return router

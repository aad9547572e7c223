"""The route by which whom a case is with takes its file along: one archive of all that it has."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Annotated

import orjson
from fastapi import Response
from fastapi.responses import StreamingResponse

from services.intake.api.answer_reviews_shown import hidden_reviews
from services.intake.api.history import RegisteredTitles
from services.intake.api.office import SERVICE, Office, TheOffice
from services.intake.api.papers import printed
from services.intake.api.person_and_text import TEXTS, petitioner_of, texts_of
from services.intake.api.queries import shown_case
from services.intake.api.shown_texts import READING, require_holder
from services.intake.domain.case import CaseFile, CaseNotFound
from services.intake.domain.case_rights import RecusedFromCase, ShownToTheHolder
from services.intake.store.case_number import CaseReference
from services.intake.store.person_files import EntryKind, file_of_case
from shared.attachments import storing
from shared.attachments.downloading import check_content, file_name, read_parts
from shared.attachments.sealing import AttachmentKey
from shared.attachments.storing import Stored
from shared.divisions import division_of
from shared.http import AtLeast, Router, correlation_id, refused_with
from shared.identity import Actor, requires
from shared.office import wait_to_show
from shared.office.history import with_history
from shared.office.openings import note_shown
from shared.office.sentences import sentences_of
from shared.vault import Opened, PersonErased
from shared.zip_stream import Member, whole, zip_stream

router = Router(prefix="/cases/{case_id}", tags=["reading"])
_SHOWN_BY = "GET /cases/{case_id}/export"


@dataclass(frozen=True, slots=True)
class _File:
    """All that a case has, as it was read; attachments are read while they are sent."""

    number: str
    record: bytes
    sentences: Sequence[dict[str, object]]
    entries: Sequence[Opened]
    key: AttachmentKey
    attachments: Sequence[Stored]


@router.get(
    "/export",
    response_class=Response,
    responses={
        **refused_with(CaseNotFound, RecusedFromCase, ShownToTheHolder, PersonErased),
        200: {
            "description": "A ZIP archive",
            "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
        },
    },
)
async def export(
    case_id: CaseReference,
    actor: Annotated[Actor, requires(*READING, needs_post=True)],
    office: TheOffice,
    at_least: AtLeast,
) -> Response:
    """导出案卷: record, history, petitioner, texts, papers and files of a case in one ZIP archive.

    For whom the case is with; that it was taken along is recorded.
    """
    await wait_to_show(office, actor, at_least)
    case_id = await require_holder(office, actor, case_id)
    file = await _read(office, actor, case_id)
    for each in file.attachments:
        await check_content(office.pool, division_of(case_id), file.key, each)
        await storing.note_read(office.pool, actor, case_id, each.digest, correlation_id())
    await note_shown(office, actor, [case_id], route=_SHOWN_BY)
    return StreamingResponse(
        zip_stream(_members(office, file), dated=office.now()),
        media_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{file.number}.zip"',
            "Cache-Control": "no-store",
        },
    )


async def _read(office: Office, actor: Actor, case_id: str) -> _File:
    division = division_of(case_id)
    history = await office.cases.ledger.stream(actor.scope, case_id)
    record = office.cases.fold(history)
    hidden = await hidden_reviews(office, actor, history)
    shown = await shown_case(office, actor, record, history)
    titles = RegisteredTitles(await office.registry(actor.scope), division)
    file = await file_of_case(office.vault, actor.scope, division=division, case_id=case_id)
    entries = await office.vault.contents(
        actor.scope,
        division=division,
        refs=[file.person_ref],
        kinds=[EntryKind.FILING, EntryKind.PAPER, *TEXTS],
    )
    answer = with_history(SERVICE, shown, record, history, without=hidden)
    return _File(
        number=str(shown["number"]),
        record=bytes(answer.body),
        sentences=sentences_of(history, titles, without=hidden),
        entries=entries,
        key=AttachmentKey(case_id, file),
        attachments=await _attached(office, actor, case_id, record.state),
    )


async def _attached(office: Office, actor: Actor, case_id: str, case: CaseFile) -> list[Stored]:
    """The files that events of the case name, and that are kept still."""
    found = [
        await storing.find(office.pool, actor.scope, case_id, added.digest)
        for added, _ in case.proceedings.attached
    ]
    return [each for each in found if each is not None]


async def _members(office: Office, file: _File) -> AsyncIterator[Member]:
    case_id = file.key.stream_id
    yield Member("case.json", whole(file.record))
    for language in ("zh", "en"):
        lines = "".join(f"{each[language]}\n" for each in file.sentences)
        yield Member(f"history-{language}.txt", whole(lines.encode()))
    yield Member("petitioner.json", whole(_json(petitioner_of(case_id, file.entries))))
    yield Member("texts.json", whole(_json(texts_of(case_id, file.entries))))
    for each in file.entries:
        if each.kind == EntryKind.PAPER:
            paper = printed(each.content)
            name = f"papers/{each.digest[:12]}-{paper.name}"
            yield Member(name, whole(paper.content), compressed=True)
    for stored in file.attachments:
        parts = read_parts(office.pool, division_of(case_id), file.key, stored)
        yield Member(f"attachments/{file_name(stored)}", parts, compressed=True)


def _json(content: dict[str, object]) -> bytes:
    return orjson.dumps(content, option=orjson.OPT_INDENT_2)

"""The route of the papers of a case: as they were printed, or to be edited."""

from base64 import b64decode
from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import Response

from services.intake.api.office import TheOffice
from services.intake.api.shown_texts import READING, purpose_of_opening
from services.intake.domain.case import CaseNotFound
from services.intake.domain.case_rights import RecusedFromCase, ShownToTheHolder
from services.intake.papers import FORMS
from services.intake.store.case_number import CaseReference
from services.intake.store.person_files import EntryKind, file_of_case
from shared.contracts.case_handling_codes import DocumentKind
from shared.contracts.words import Digest
from shared.divisions import division_of
from shared.http import Router, refused_with
from shared.identity import Actor, requires
from shared.office.openings import note_shown
from shared.office.paper_files import NoSuchPaper, PaperFormat, paper_file
from shared.office.paper_values import values_of
from shared.papers import Rendered, fill, write_docx
from shared.papers.rendered import PDF
from shared.vault import Content, PersonErased

router = Router(prefix="/cases/{case_id}/papers", tags=["papers"])


@router.get(
    "/{digest}",
    response_class=Response,
    responses=refused_with(
        CaseNotFound, RecusedFromCase, ShownToTheHolder, NoSuchPaper, PersonErased
    ),
)
async def one_paper(
    *,
    case_id: CaseReference,
    digest: Digest,
    actor: Annotated[Actor, requires(*READING, needs_post=True)],
    office: TheOffice,
    format: PaperFormat = PaperFormat.PDF,  # noqa: A002 - the query's own word
) -> Response:
    """文书: the PDF byte for byte as it was printed, or .docx, for whom the case is with.

    The case lists their digests; the opening is recorded.
    """
    case_id, purpose = await purpose_of_opening(office, actor, case_id)
    division = division_of(case_id)
    file = await file_of_case(office.vault, actor.scope, division=division, case_id=case_id)
    found = await office.vault.contents(
        actor.scope,
        division=division,
        refs=[file.person_ref],
        kinds=[EntryKind.PAPER],
        digest=digest,
    )
    if not found:
        raise NoSuchPaper
    content = found[0].content
    shown_by = "GET /cases/{case_id}/papers/{digest}"
    await note_shown(office, actor, [case_id], route=shown_by, purpose=purpose)
    if format is PaperFormat.PDF:
        return paper_file(printed(content))
    return paper_file(await office.printer.run(lambda _: _docx(content)))


def printed(content: Content) -> Rendered:
    """The paper byte for byte as it was printed."""
    return Rendered(f"{_name(content)}.pdf", PDF, b64decode(content["pdf"]))


def _docx(content: Content) -> Rendered:
    form = FORMS[DocumentKind.of(content["document"])]
    values = values_of(form, content["values"])
    made = write_docx(fill(form, values, dated=date.fromisoformat(content["dated"])))
    return replace(made, name=f"{_name(content)}.docx")


def _name(content: Content) -> str:
    form = FORMS[DocumentKind.of(content["document"])]
    return f"{form.zh}-{content['values']['number']}"

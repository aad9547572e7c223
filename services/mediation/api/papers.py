"""The routes about papers: filled in, looked at, printed one by one or as the whole file."""

from enum import StrEnum
from functools import partial
from typing import Annotated

from fastapi import Response

from services.mediation.api.context import NAMING, PREFIX, MediationContext, WhoPrints
from services.mediation.api.dispute_access import require_visible
from services.mediation.api.file_progress import progress_of
from services.mediation.api.office import Office, TheOffice
from services.mediation.api.paper_answers import FilledIn, PaperList, paper_summary
from services.mediation.api.paper_printing import print_paper
from services.mediation.api.recorded_papers import RecordedPaper, recorded_papers
from services.mediation.api.stepped_back import SteppedBack, refuse_who_stepped_back
from services.mediation.domain.agreement_refusals import NumberIsTaken
from services.mediation.domain.mediation import MediationCommand
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_refusals import AgreementIsSigned, MediationNotFound
from services.mediation.papers import FileLacks, make_file
from services.mediation.papers.forms import COVER
from services.mediation.store.paper_number import still_free
from shared import vault
from shared.contracts.mediation_codes import PaperForm
from shared.contracts.words import Digest
from shared.divisions import Identifier
from shared.handling import IdempotencyKeyReused, Members, Prepared, Record, StaleVersion
from shared.http import Body, Router, answered, refused_with
from shared.identity import Actor, requires
from shared.office.openings import note_shown
from shared.office.paper_files import NoSuchPaper, PaperFormat, paper_file
from shared.office.paper_values import Written
from shared.papers import PaperLacks, PaperMisfilled, Press, Rendered, TooLongToPrint
from shared.times import china_day
from shared.vault import PersonErased

Printing = Annotated[Actor, requires(*NAMING)]

_ONE_PAPER = "GET /mediations/{mediation_id}/papers/{digest}"
_WHOLE_FILE = "GET /mediations/{mediation_id}/file"

router = Router(prefix=PREFIX, tags=["papers"])


class FileFormat(StrEnum):
    """One PDF with pages numbered through, or a zip with that PDF and every paper as .docx."""

    PDF = "pdf"
    ZIP = "zip"


class PaperBody(Body):
    """What is written in the paper; what the office knows is filled in where it is left out.

    That is who the parties and mediators are, seal, day, number, copies, and on a cover most of it.
    An empty text stays empty. `GET /paper-forms` tells what each form has to have.
    """

    form: PaperForm
    values: Written


@router.post(
    "/fill-in-paper",
    response_model=FilledIn,
    responses=refused_with(
        MediationNotFound,
        AgreementIsSigned,
        NumberIsTaken,
        PaperLacks,
        PaperMisfilled,
        TooLongToPrint,
        PersonErased,
        SteppedBack,
        StaleVersion,
        IdempotencyKeyReused,
    ),
)
async def fill_in_paper(body: PaperBody, context: WhoPrints) -> Response:
    """文书: fill a paper in; it binds nobody, and a later one of the same form takes its place."""
    with still_free(field="values.number"):
        return await context.handle(partial(_prepare_paper, context, body), answer=_filled_in)


async def _prepare_paper(
    context: MediationContext, body: PaperBody, record: Record[MediationFile]
) -> Prepared[MediationCommand, MediationFile]:
    printed = await print_paper(
        context.office,
        context.actor.scope,
        record,
        name=body.form,
        written=dict(body.values),
        on=china_day(context.now),
    )

    return Prepared(
        command=printed.command,
        at=context.now,
        side_writes=[
            *vault.keep(context.division, [], [printed.entry]),
            *printed.numbering,
        ],
        further={"digest": printed.command.digest},
        private=printed.unprinted_in_private(),
    )


def _filled_in(after: MediationFile, further: Members) -> Members:
    """The paper that the command named; its unprinted characters are private."""
    paper = after.papers[str(further["digest"])]
    of = {"mediation_id": paper.mediation_id, "version": after.version}
    return paper_summary(paper) | of | {"unprinted": ()}


@router.get(
    "/papers", response_model=PaperList, responses=refused_with(MediationNotFound, SteppedBack)
)
async def list_papers(mediation_id: Identifier, actor: Printing, office: TheOffice) -> Response:
    """The papers of a dispute that count."""
    found = await _found(office, actor, mediation_id)
    return answered({"items": [paper_summary(paper.kept) for paper in found]})


@router.get(
    "/papers/{digest}",
    response_class=Response,
    responses=refused_with(MediationNotFound, NoSuchPaper, SteppedBack),
)
async def one_paper(
    *,
    mediation_id: Identifier,
    digest: Digest,
    actor: Printing,
    office: TheOffice,
    format: PaperFormat = PaperFormat.PDF,  # noqa: A002 - the query's own word
) -> Response:
    """A paper as a file: the PDF byte for byte as it was printed, or .docx."""
    papers = {paper.kept.digest: paper for paper in await _found(office, actor, mediation_id)}
    if digest not in papers:
        raise NoSuchPaper
    paper = papers[digest]
    await note_shown(office, actor, [mediation_id], route=_ONE_PAPER)
    if format is PaperFormat.PDF:
        return paper_file(paper.pdf())
    return paper_file(await office.printer.run(lambda _: paper.docx()))


@router.get(
    "/file",
    response_class=Response,
    responses=refused_with(MediationNotFound, FileLacks, TooLongToPrint, SteppedBack),
)
async def whole_file(
    *,
    mediation_id: Identifier,
    actor: Printing,
    office: TheOffice,
    format: FileFormat = FileFormat.PDF,  # noqa: A002 - the query's own word
    duplex: bool = False,
) -> Response:
    """卷宗: everything to be printed and kept, in one call; refused with all that it lacks."""
    mediation = await office.mediation(actor.scope, mediation_id)
    progress = progress_of(mediation)
    found = await _papers_of(office, actor, mediation)
    await note_shown(office, actor, [mediation_id], route=_WHOLE_FILE)
    covers = [paper.values for paper in found if paper.form is COVER]
    parts = [paper.part() for paper in found if paper.form is not COVER]

    def make(press: Press) -> Rendered:
        made = make_file(
            covers[-1] if covers else {},
            parts,
            dated=china_day(office.now()),
            press=press,
            progress=progress,
            duplex=duplex,
        )
        return made.printed if format is FileFormat.PDF else made.archive

    return paper_file(await office.printer.run(make))


async def _found(office: Office, actor: Actor, mediation_id: str) -> list[RecordedPaper]:
    return await _papers_of(office, actor, await office.mediation(actor.scope, mediation_id))


async def _papers_of(
    office: Office, actor: Actor, mediation: MediationFile
) -> list[RecordedPaper]:
    applied = await require_visible(office, actor, mediation)
    await refuse_who_stepped_back(office, actor, mediation)
    agreed = mediation.agreement.succeeded
    signed = agreed.agreement_digest if agreed else None
    return await recorded_papers(office, actor.scope, applied.mediation_id, signed=signed)

"""The whole file of a mediation in one call: one PDF to be printed, and each paper to be edited."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.mediation.papers.forms import (
    AGREEMENT,
    CONSENT,
    COVER,
    FORMS,
    ORAL_AGREEMENT,
    SESSION_RECORD,
    TERMINATION_NOTICE,
)
from services.mediation.papers.forms.cover import CONTENTS_HEAD, CONTENTS_TITLE
from shared.papers import (
    Form,
    Paper,
    PaperLacks,
    Press,
    Rendered,
    Values,
    bundle,
    fill,
    write_docx,
)
from shared.papers.blocks import Contents, NumberLine, Title
from shared.papers.plain_text import plain
from shared.refusals import FieldError, InvalidInput

_ORDER = {form_id: place for place, form_id in enumerate(FORMS)}
ENDINGS = (AGREEMENT, ORAL_AGREEMENT, TERMINATION_NOTICE)
"""The forms that document the end of a dispute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileProgress:
    """The steps of a dispute that its file documents: consent of both sides, a session, an end.

    `endings` are the forms of which one documents the end; papers for another end are left out.
    Empty if the signed agreement is an older one that was not printed here.
    """

    opened: bool = True
    met: bool = True
    endings: tuple[Form, ...] = ENDINGS

    def needs(self) -> Iterator[tuple[Form, ...]]:
        """Registration, record and how it ended [M27]; of several forms any one will do."""
        if self.opened:
            yield (CONSENT,)
        if self.met:
            yield (SESSION_RECORD,)
        if self.endings:
            yield self.endings

    def has(self, form_id: str) -> bool:
        """Whether a paper of that form belongs to what happened."""
        others = (form.id for form in ENDINGS if form not in self.endings)
        return form_id not in others


COMPLETE = FileProgress()


@dataclass(frozen=True, slots=True)
class FilePart:
    """One paper of the file: its form's id, its values, a remark for the list of contents."""

    form: str
    values: Values
    remark: str = ""


@dataclass(frozen=True, slots=True)
class MediationFile:
    """`printed`: cover, contents and all papers, pages numbered through. `archive`: that and
    every paper as .docx, in a zip.
    """

    printed: Rendered
    archive: Rendered


class FileLacks(InvalidInput):
    """The file lacks papers, or papers of it lack what their forms require."""

    title = "The file is not complete"

    def __init__(self, papers: Sequence[Form], refusals: Sequence[PaperLacks]) -> None:
        """`papers` are the forms of which one is needed and none is there."""
        absent = [f"The file lacks {form.zh} ({form.en}) [{form.source}]." for form in papers]
        super().__init__(
            [
                *(FieldError(form.id, "is missing") for form in papers),
                *(
                    FieldError(f"{refusal.form.id}.{lack.path}", lack.message)
                    for refusal in refusals
                    for lack in refusal.missing
                ),
            ]
        )
        self.detail = " ".join([*absent, *(refusal.detail for refusal in refusals)])
        self.args = (self.detail,)
        self.papers = tuple(papers)
        self.refusals = tuple(refusals)


def make_file(
    cover: Values,
    parts: Sequence[FilePart],
    *,
    dated: date,
    press: Press,
    progress: FileProgress = COMPLETE,
    duplex: bool = False,
) -> MediationFile:
    """Everything to be printed and kept, sorted as files are: papers of one form stay in order.

    An agreement that nobody signed, or a notice of an end that did not come, is left out.

    `duplex` begins every paper on a sheet of its own, for printers that use both sides. Raises
    KeyError for a form that there is not, PaperMisfilled as `fill` does, and FileLacks with all
    that is missing in the file and in its papers.
    """
    belonging = [part for part in parts if progress.has(part.form)]
    ordered = sorted(belonging, key=lambda part: _ORDER[part.form])
    papers = _filled([FilePart(COVER.id, cover), *ordered], dated, progress)
    listed = papers[1:]
    contents = _contents(listed, [part.remark for part in ordered], dated)
    whole = [
        replace(paper, name=f"{number:02d}-{paper.title}")
        for number, paper in enumerate([papers[0], contents, *listed])
    ]
    printed = press.print_file(COVER.zh, whole, duplex=duplex)
    archive = bundle(COVER.zh, [printed, *map(write_docx, whole)])
    return MediationFile(printed, archive)


def _filled(parts: Sequence[FilePart], dated: date, progress: FileProgress) -> list[Paper]:
    papers: list[Paper] = []
    refusals: list[PaperLacks] = []
    for part in parts:
        try:
            papers.append(fill(FORMS[part.form], part.values, dated=dated))
        except PaperLacks as refusal:
            refusals.append(refusal)
    missing = list(_missing(parts, progress))
    if missing or refusals:
        raise FileLacks(missing, refusals)
    return papers


def _missing(parts: Sequence[FilePart], progress: FileProgress) -> Iterator[Form]:
    present = {part.form for part in parts}
    for any_of in progress.needs():
        if present.isdisjoint(form.id for form in any_of):
            yield any_of[0]


def _contents(papers: Sequence[Paper], remarks: Sequence[str], dated: date) -> Paper:
    rows = tuple(
        (str(place), paper.title, _number(paper), plain(remark))
        for place, (paper, remark) in enumerate(zip(papers, remarks, strict=True), start=1)
    )
    blocks = (Title(CONTENTS_TITLE), Contents(CONTENTS_HEAD, rows))
    return Paper("mediation-file-contents", dated, blocks, paged=False)


def _number(paper: Paper) -> str:
    return next((block.text for block in paper.blocks if isinstance(block, NumberLine)), "")

"""Prints papers to PDF or PNG by Typst, without an office suite.

The content is passed to Typst as data, never as markup; Typst reads only the layout file, and no
system font, clock or network.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import typst

from shared.papers import page
from shared.papers.blocks import Contents, Table, as_data, every_text, texts_of
from shared.papers.faces import Faces, faces_of
from shared.papers.paper import Paper
from shared.papers.plain_text import breakable, missing_from, printable
from shared.papers.refusals import TooLongToPrint
from shared.papers.rendered import PDF, PNG, Rendered

MOST_CHARACTERS = 200_000
"""How much is printed at once: about 330 full pages, which take some seconds."""
MOST_LINES = 8_000
"""Paragraphs, rows and the like: as many would fill about 360 pages alone."""
_LARGE = 10_000
_GENERATIONS = 11
"""Typst keeps what ten compilations have not used."""
_LAYOUT = (Path(__file__).parent / "layout.typ").read_bytes()


class Press:
    """Prints papers; `folder` has the office's own typefaces, open ones replace what it lacks.

    Not thread-safe: use one for each thread.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Raises FileNotFoundError if there is no such folder."""
        self._faces = faces_of(folder)
        self._compiler = typst.Compiler(font_paths=self._faces.fonts, ignore_system_fonts=True)

    def print_pdf(self, paper: Paper) -> Rendered:
        """One paper as a PDF, with pages numbered from 1; raises TooLongToPrint."""
        return self.print_file(paper.name, [paper])

    def print_file(self, name: str, papers: Sequence[Paper], *, duplex: bool = False) -> Rendered:
        """All papers in one PDF, each on a new page and, for `duplex`, on a new sheet.

        Page numbers continue through all papers, from the first that has page numbers. Raises
        ValueError without papers, TooLongToPrint for too many or too long ones.
        """
        [content] = self._run(papers, "pdf", duplex=duplex)
        return Rendered(f"{name}.pdf", PDF, content, self.by_code(papers))

    def print_pictures(self, paper: Paper, *, dots_per_inch: int = 96) -> list[Rendered]:
        """Each page as a PNG, to be shown before signing."""
        pages = self._run([paper], "png", dots_per_inch=dots_per_inch)
        return [
            Rendered(f"{paper.name}-{number}.png", PNG, content, self.by_code([paper]))
            for number, content in enumerate(pages, start=1)
        ]

    def by_code(self, papers: Sequence[Paper]) -> tuple[str, ...]:
        """The characters of these papers that are printed as codes, such as 〔U+20BB7〕."""
        texts = (text for paper in papers for block in paper.blocks for text in texts_of(block))
        return tuple(missing_from("".join(texts), self._faces.glyphs))

    def _run(
        self,
        papers: Sequence[Paper],
        form: Literal["pdf", "png"],
        *,
        duplex: bool = False,
        dots_per_inch: int = 96,
    ) -> list[bytes]:
        if not papers:
            raise ValueError("there is no paper to print")
        _refuse_too_long(papers, self._faces)
        job = json.dumps(_job(papers, self._faces, duplex=duplex), ensure_ascii=False)
        made = self._compiler.compile(
            input=_LAYOUT, format=form, ppi=dots_per_inch, sys_inputs={"job": job}, timestamp=0
        )
        if len(job) > _LARGE:
            self._forget()
        return made if isinstance(made, list) else [made or b""]

    def _forget(self) -> None:
        """Let Typst drop what it keeps of a large job: ten of them would take a gigabyte."""
        for _ in range(_GENERATIONS):
            self._compiler.compile(input=b"", format="pdf", timestamp=0)


def _job(papers: Sequence[Paper], faces: Faces, *, duplex: bool) -> dict[str, Any]:
    dated = papers[-1].dated
    paged = [index for index, paper in enumerate(papers) if paper.paged]
    return {
        "title": _for_press(papers[0].title, faces),
        "dated": [dated.year, dated.month, dated.day],
        "duplex": duplex,
        "first_paged": paged[0] if paged else 0,
        "first_listed": paged[0] if paged else 0,
        "page": _PAGE,
        "faces": {
            "title": faces.title,
            "body": faces.body,
            "first": faces.first_heading,
            "second": faces.second_heading,
            "heavier": faces.heavier_title,
        },
        "papers": [_paper(paper, faces) for paper in papers],
    }


def _paper(paper: Paper, faces: Faces) -> dict[str, Any]:
    blocks = [every_text(block, lambda text: _for_press(text, faces)) for block in paper.blocks]
    return {
        "paged": paper.paged,
        "cover": paper.cover,
        "end": paper.end,
        "blocks": [as_data(b) for b in blocks],
    }


def _refuse_too_long(papers: Sequence[Paper], faces: Faces) -> None:
    """Before anything is set: characters are counted as they are printed, some as their codes."""
    characters = lines = 0
    for block in (block for paper in papers for block in paper.blocks):
        characters += sum(len(printable(text, faces.glyphs)) for text in texts_of(block))
        lines += len(block.rows) if isinstance(block, Table | Contents) else 1
        if characters > MOST_CHARACTERS or lines > MOST_LINES:
            raise TooLongToPrint


def _for_press(text: str, faces: Faces) -> str:
    return breakable(printable(text, faces.glyphs))


_PAGE = {
    "width": page.WIDTH_MM,
    "height": page.HEIGHT_MM,
    "top": page.TOP_MM,
    "binding": page.BINDING_MM,
    "right": page.RIGHT_MM,
    "bottom": page.BOTTOM_MM,
    "foot": page.FOOT_MM,
    "title": page.TITLE_PT,
    "title_line": page.TITLE_LINE_PT,
    "cover_title": page.COVER_TITLE_PT,
    "body": page.BODY_PT,
    "line": page.LINE_PT,
    "page_number": page.PAGE_NUMBER_PT,
    "table": page.TABLE_PT,
    "table_line": page.TABLE_LINE_PT,
    "cell_margin": page.CELL_MARGIN_PT,
    "tracking": page.TRACKING_PT,
    "contents_shares": page.CONTENTS_SHARES,
}

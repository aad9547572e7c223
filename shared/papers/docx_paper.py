"""Writes papers as .docx, for the office to edit before they are signed."""

from datetime import UTC, datetime, time
from io import BytesIO

from docx.document import Document

from shared.papers.archive import pack, unpack
from shared.papers.docx_blocks import add_block, add_cover_block
from shared.papers.docx_faces import font_table
from shared.papers.docx_page import new_docx, number_pages
from shared.papers.paper import Paper
from shared.papers.rendered import DOCX, Rendered

_FONT_TABLE = "word/fontTable.xml"


def write_docx(paper: Paper) -> Rendered:
    """The paper as a Word document; the same paper gives the same bytes.

    Characters without a glyph in the open typefaces are kept: the office's may have them.
    """
    document = new_docx()
    _properties(document, paper)
    if paper.paged:
        number_pages(document.sections[0])
    add = add_cover_block if paper.cover else add_block
    for block in paper.blocks[: paper.end]:
        add(document, block)
    ending = len(document.paragraphs)
    for block in paper.blocks[paper.end :]:
        add(document, block)
    for line in document.paragraphs[ending:-1]:
        line.paragraph_format.keep_with_next = True
    return Rendered(f"{paper.name}.docx", DOCX, _same_bytes(document))


def _properties(document: Document, paper: Paper) -> None:
    said = document.core_properties
    said.title = paper.title
    said.author = said.last_modified_by = said.comments = said.keywords = ""
    said.language = "zh-CN"
    said.revision = 1
    said.created = said.modified = datetime.combine(paper.dated, time(), tzinfo=UTC)


def _same_bytes(document: Document) -> bytes:
    """Save without the time of saving, which the zip entries would carry."""
    saved = BytesIO()
    document.save(saved)
    parts = unpack(saved.getvalue())
    parts[_FONT_TABLE] = font_table()
    return pack(parts)

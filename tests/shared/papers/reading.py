"""What a reader gets out of the files that the room makes."""

from io import BytesIO

import docx
from docx.document import Document
from pypdf import PageObject, PdfReader

from shared.papers import Press, Rendered
from shared.papers.paper import Paper

PRESS = Press()


def pages(rendered: Rendered) -> list[PageObject]:
    return list(PdfReader(BytesIO(rendered.content)).pages)


def pdf_text(rendered: Rendered) -> str:
    """All text without the breaks of lines and the places where one could be."""
    text = "".join(page.extract_text() for page in pages(rendered))
    return "".join(char for char in text if not char.isspace() and char not in "\u200b\x00")


def printed(paper: Paper) -> str:
    return pdf_text(PRESS.print_pdf(paper))


def opened(rendered: Rendered) -> Document:
    return docx.Document(BytesIO(rendered.content))


def docx_text(rendered: Rendered) -> str:
    document = opened(rendered)
    lines = [line.text for line in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(lines + cells)

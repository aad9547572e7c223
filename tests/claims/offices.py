"""Documents as offices write them: Word by python-docx, PDF by reportlab with a CID font."""

import textwrap
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from claims.documents.lines import width

FONT = "STSong-Light"
CHARACTERS_A_LINE = 36
LINES_A_PAGE = 38


def word(path: Path, paragraphs: Sequence[str], table: Sequence[Sequence[str]] = ()) -> Path:
    """Paragraphs, those that begin with "- " as list items, then a table."""
    document = docx.Document()
    for text in paragraphs:
        if text.startswith("- "):
            document.add_paragraph(text[2:], style="List Bullet")
        else:
            document.add_paragraph(text)
    if table:
        grid = document.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = text
    document.save(str(path))
    return path


def tracked(path: Path, before: str, deleted: str, inserted: str, after: str) -> Path:
    """A paragraph in which somebody changed a figure and nobody accepted it yet."""
    document = docx.Document()
    paragraph = document.add_paragraph(before)
    for tag, leaf, text in (("w:del", "w:delText", deleted), ("w:ins", "w:t", inserted)):
        change, run, said = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(leaf)
        change.set(qn("w:id"), "1")
        change.set(qn("w:author"), "a")
        said.text = text
        run.append(said)
        change.append(run)
        paragraph._p.append(change)
    paragraph.add_run(after)
    document.save(str(path))
    return path


def pdf(path: Path, paragraphs: Sequence[str], *, header: str = "", encrypt: str = "") -> Path:
    """Wrapped as paper is, wherever a line is full, with a header and page numbers."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(path), encrypt=encrypt or None)
    lines = [line for text in paragraphs for line in _wrapped(text)]
    for number, first in enumerate(range(0, len(lines), LINES_A_PAGE), 1):
        canvas.setFont(FONT, 12)
        canvas.drawString(72, 800, header)
        for at, line in enumerate(lines[first : first + LINES_A_PAGE]):
            canvas.drawString(72, 770 - 18 * at, line)
        canvas.drawString(290, 40, f"- {number} -")
        canvas.showPage()
    canvas.save()
    return path


def _wrapped(text: str) -> list[str]:
    if text.isascii():
        return textwrap.wrap(text, 2 * CHARACTERS_A_LINE)
    lines, line = [], "\u3000\u3000"
    for sign in text:
        if width(line + sign) > 2 * CHARACTERS_A_LINE:
            lines.append(line)
            line = ""
        line += sign
    return [*lines, line]


def archive(path: Path, members: dict[str, bytes]) -> Path:
    """A zip file of these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in members.items():
            parts.writestr(name, content)
    return path


def minimal(body: str, *, prolog: str = "") -> bytes:
    """The XML of a Word document's body."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<?xml version="1.0"?>{prolog}<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'.encode()

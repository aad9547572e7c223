"""Writes blocks into a Word document."""

from collections.abc import Sequence
from io import BytesIO

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import (
    WD_ALIGN_PARAGRAPH,
    WD_LINE_SPACING,
    WD_TAB_ALIGNMENT,
    WD_TAB_LEADER,
)
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table as DocxTable
from docx.table import _Cell  # python-docx has no other name for it
from docx.text.paragraph import Paragraph as Line
from docx.text.run import Run

from shared.papers import docx_faces, page
from shared.papers.blocks import (
    Block,
    Closing,
    Contents,
    Heading,
    Labelled,
    NumberLine,
    Paragraph,
    QrCode,
    SignatureLine,
    Table,
    Title,
)

_INDENT = Pt(2 * page.BODY_PT)


def add_block(document: Document, block: Block) -> None:  # noqa: C901 - a table of blocks
    """Print one block at the end of the document."""
    match block:
        case Title(text):
            document.add_paragraph(text, style="Title").paragraph_format.space_after = Pt(
                page.LINE_PT
            )
        case NumberLine(text):
            _centred(document, text).paragraph_format.space_after = Pt(page.LINE_PT)
        case Heading(text, level):
            line = document.add_paragraph(text, style=f"Heading {level}")
            line.paragraph_format.first_line_indent = _INDENT
        case Paragraph(text, flush, with_next):
            line = _body(document, text, flush=flush)
            line.paragraph_format.keep_with_next = with_next or None
        case Labelled(label, text):
            line = _body(document, "")
            _in_face(line.add_run(label), docx_faces.FIRST_HEADING)
            line.add_run(text)
        case SignatureLine(text):
            _signature(document, text)
        case Closing():
            _close(document, block)
        case Table(head, shares, rows):
            _table(document, head, shares, rows)
        case QrCode():
            line = _centred(document, "")
            line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
            line.add_run().add_picture(BytesIO(block.picture), width=Mm(45))
        case Contents(head, rows):
            # page numbers are known only once printed: the column is left empty, to be written by hand
            _table(
                document, head, page.CONTENTS_SHARES, [(*row[:3], "", *row[3:]) for row in rows]
            )


def add_cover_block(document: Document, block: Block) -> None:
    """Print one block of a cover: a large title, widely spaced lines."""
    match block:
        case Title(text):
            line = _centred(document, "")
            line.paragraph_format.space_before = Pt(2 * page.BODY_PT)
            line.paragraph_format.space_after = Pt(3 * page.BODY_PT)
            line.paragraph_format.line_spacing = Pt(1.5 * page.COVER_TITLE_PT)
            run = line.add_run(text)
            run.font.size = Pt(page.COVER_TITLE_PT)
            _in_face(run, docx_faces.TITLE)
        case Labelled(label, text):
            line = document.add_paragraph()
            line.paragraph_format.left_indent = Pt(4 * page.BODY_PT)
            line.paragraph_format.space_after = Pt(page.BODY_PT / 2)
            _in_face(line.add_run(label), docx_faces.FIRST_HEADING)
            line.add_run(text).font.underline = True
        case _:
            add_block(document, block)


def _centred(document: Document, text: str) -> Line:
    line = document.add_paragraph(text)
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return line


def _body(document: Document, text: str, *, flush: bool = False) -> Line:
    line = document.add_paragraph(text)
    line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    line.paragraph_format.first_line_indent = Pt(0) if flush else _INDENT
    return line


def _signature(document: Document, text: str) -> None:
    """The line to sign on ends at the right margin, whatever the length of the name."""
    line = _body(document, f"{text}\t")
    line.alignment = WD_ALIGN_PARAGRAPH.LEFT
    line.paragraph_format.keep_together = True
    line.paragraph_format.tab_stops.add_tab_stop(
        Mm(page.TYPE_WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES
    )


def _close(document: Document, closing: Closing) -> None:
    said = ((closing.unit, closing.unit_indent), (closing.day, closing.day_indent))
    lines = [_right(document, text, indent) for text, indent in said if text]
    lines[0].paragraph_format.space_before = Pt(page.LINE_PT)


def _right(document: Document, text: str, characters: float) -> Line:
    line = document.add_paragraph(text)
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    line.paragraph_format.right_indent = Pt(characters * page.BODY_PT)
    return line


def _table(
    document: Document,
    head: Sequence[str],
    shares: Sequence[int],
    rows: Sequence[Sequence[str]],
) -> None:
    table = document.add_table(rows=1 + len(rows), cols=len(head), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    widths = [Mm(page.TYPE_WIDTH_MM * share / sum(shares)) for share in shares]
    for column, width in zip(table.columns, widths, strict=True):
        # LibreOffice and WPS go by the columns, Word by the cells
        column.width = width
    for number, (row, texts) in enumerate(zip(table.rows, (head, *rows), strict=True)):
        _row(row.cells, texts, widths, face=None if number else docx_faces.FIRST_HEADING)
    _repeat_head(table)
    _narrow_margins(table)
    document.add_paragraph().paragraph_format.line_spacing = Pt(page.BODY_PT)


def _row(
    cells: Sequence[_Cell], texts: Sequence[str], widths: Sequence[Length], *, face: str | None
) -> None:
    for cell, text, width in zip(cells, texts, widths, strict=True):
        cell.width = width
        line = cell.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        line.paragraph_format.line_spacing = Pt(page.TABLE_LINE_PT)
        run = line.add_run(text)
        run.font.size = Pt(page.TABLE_PT)
        if face:
            _in_face(run, face)


def _repeat_head(table: DocxTable) -> None:
    """Repeat the head of a table on every page."""
    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - no words for it
    properties.append(properties.makeelement(qn("w:tblHeader"), {}))


def _narrow_margins(table: DocxTable) -> None:
    """As in the PDF: with Word's margins, 性别 (sex) would not fit on one line."""
    properties = table._tbl.tblPr  # noqa: SLF001 - likewise
    margins = properties.makeelement(qn("w:tblCellMar"), {})
    for side in ("w:left", "w:right"):
        given = {qn("w:w"): str(page.CELL_MARGIN_PT * 20), qn("w:type"): "dxa"}
        margins.append(margins.makeelement(qn(side), given))
    properties.find(qn("w:tblLook")).addprevious(margins)


def _in_face(run: Run, face: str) -> None:
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 - likewise
    for script in ("w:eastAsia", "w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(script), face)

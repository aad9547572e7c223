"""A Word document with the page, the page numbers and the styles of GB/T 9704-2012."""

import math
from functools import cache
from io import BytesIO
from typing import cast

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from shared.papers import docx_faces, page

_STYLES = {
    "Normal",
    "Title",
    "Heading 1",
    "Heading 2",
    "Footer",
    "Default Paragraph Font",
    "Normal Table",
    "No List",
    "Table Grid",
}
_UNUSED = ("/stylesWithEffects", "/thumbnail", "/customXml", "/numbering", "/webSettings")

_TWENTIETHS = 20
"""Word counts lengths in twentieths of a point."""


def new_docx() -> Document:
    """An empty document with the page of 22 lines of 28 characters, and the styles."""
    return docx.Document(BytesIO(_empty()))


@cache
def _empty() -> bytes:
    """python-docx's template without the parts that are not used; made once per process."""
    document = docx.Document()
    _strip(document)
    document.settings.odd_and_even_pages_header_footer = True
    _set_page(document.sections[0])
    _styles(document)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def _strip(document: Document) -> None:
    for style in [style for style in document.styles if style.name not in _STYLES]:
        style.delete()
    styles = document.styles.element
    for link in styles.findall(f"{qn('w:style')}/{qn('w:link')}"):
        link.getparent().remove(link)
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    part = document.part
    for relation in [key for key, rel in part.rels.items() if rel.reltype.endswith(_UNUSED)]:
        part.drop_rel(relation)
    package = part.package.rels
    for relation in [key for key, rel in package.items() if rel.reltype.endswith(_UNUSED)]:
        del package[relation]


def number_pages(section: Section) -> None:
    """— 1 — in the outer corner: right on odd pages, left on even ones, one character in."""
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        line = footer.paragraphs[0]
        line.alignment = side
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(
            page.PAGE_NUMBER_PT
        )
        _page_number(line)


def set_face(style: ParagraphStyle, face: str, size: float) -> None:
    """Set the typeface for Chinese and Latin; a theme's would override it and is removed."""
    style.font.size = Pt(size)
    style.font.bold = False
    style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("w:eastAsia", "w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(script), face)


def set_pitch(style: ParagraphStyle, points: float) -> None:
    """Set an exact line pitch, without space between paragraphs."""
    spacing = style.paragraph_format
    spacing.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    spacing.line_spacing = Pt(points)
    spacing.space_before = spacing.space_after = Pt(0)


def _set_page(section: Section) -> None:
    section.page_width, section.page_height = Mm(page.WIDTH_MM), Mm(page.HEIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(page.TOP_MM), Mm(page.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(page.BINDING_MM), Mm(page.RIGHT_MM)
    section.footer_distance = Mm(page.BOTTOM_MM - page.FOOT_MM - 5)
    properties = section._sectPr  # noqa: SLF001 - python-docx has no words for the grid
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(page.LINE_PT * _TWENTIETHS))
    properties.append(grid)


def _styles(document: Document) -> None:
    normal = _style(document, "Normal")
    set_face(normal, docx_faces.BODY, page.BODY_PT)
    set_pitch(normal, page.LINE_PT)
    normal.paragraph_format.widow_control = False
    _tighten(normal)
    for name, face, size, pitch in (
        ("Title", docx_faces.TITLE, page.TITLE_PT, page.TITLE_LINE_PT),
        ("Heading 1", docx_faces.FIRST_HEADING, page.BODY_PT, page.LINE_PT),
        ("Heading 2", docx_faces.SECOND_HEADING, page.BODY_PT, page.LINE_PT),
        ("Footer", docx_faces.BODY, page.PAGE_NUMBER_PT, page.PAGE_NUMBER_PT),
    ):
        style = _style(document, name)
        set_face(style, face, size)
        set_pitch(style, pitch)
    _undecorate(_style(document, "Title"))


def _tighten(style: ParagraphStyle) -> None:
    """Fit 28 characters in a line by negative tracking: in a character grid that is narrower than
    the characters, LibreOffice gives each the width of two.
    """
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(math.floor(page.TRACKING_PT * _TWENTIETHS)))
    style.element.rPr.find(qn("w:color")).addnext(spacing)


def _style(document: Document, name: str) -> ParagraphStyle:
    return cast("ParagraphStyle", document.styles[name])


def _undecorate(title: ParagraphStyle) -> None:
    """Remove the line under titles that the template has and the standard has not."""
    properties = title.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)
    for spread in title.element.rPr.findall(qn("w:spacing")):
        title.element.rPr.remove(spread)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _page_number(line: Paragraph) -> None:
    line.add_run("— ")
    run = line.add_run()
    for part in (
        _field_mark("begin"),
        _instruction("PAGE"),
        _field_mark("separate"),
        _shown("1"),
        _field_mark("end"),
    ):
        run._r.append(part)  # noqa: SLF001 - python-docx has no words for fields
    line.add_run(" —")


def _field_mark(kind: str) -> BaseOxmlElement:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark


def _instruction(field: str) -> BaseOxmlElement:
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {field} "
    return instruction


def _shown(text: str) -> BaseOxmlElement:
    shown = OxmlElement("w:t")
    shown.text = text
    return shown

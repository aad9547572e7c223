"""The .docx: its page, its faces by their official names, its lines, every text."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from shared.papers import write_docx
from shared.papers.blocks import texts_of
from tests.shared.papers.forms import DAY, paper
from tests.shared.papers.reading import docx_text, opened


@pytest.fixture(scope="module")
def document() -> Document:
    return opened(write_docx(paper(remark="无")))


def test_every_text_of_the_paper_is_in_it() -> None:
    full = paper(remark="无")
    text = docx_text(write_docx(full))
    for block in full.blocks:
        for said in texts_of(block):
            assert said in text


def test_the_page_has_the_standards_margins(document: Document) -> None:
    section = document.sections[0]
    assert section.page_width is not None
    assert section.left_margin is not None
    for measured, wanted in (
        (section.page_width, Mm(210)),
        (section.page_height, Mm(297)),
        (section.top_margin, Mm(37)),
        (section.left_margin, Mm(28)),
        (section.right_margin, Mm(26)),
        (section.bottom_margin, Mm(35)),
    ):
        assert measured == pytest.approx(wanted, abs=Mm(0.1))


def test_a_line_holds_28_characters_and_a_page_22_lines(document: Document) -> None:
    [grid] = document.sections[0]._sectPr.findall(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "560")
    [spacing] = document.styles["Normal"].element.rPr.findall(qn("w:spacing"))
    space = int(spacing.get(qn("w:val"))) / 20
    assert 28 * (16 + space) * 12_700 <= Mm(156) < 29 * (16 + space) * 12_700


def test_no_suite_is_told_of_a_grid_that_is_narrower_than_its_characters(
    document: Document,
) -> None:
    """LibreOffice gives each character the room of two in one."""
    [grid] = document.sections[0]._sectPr.findall(qn("w:docGrid"))
    assert grid.get(qn("w:charSpace")) is None


def test_the_columns_of_a_table_are_as_wide_as_their_cells(document: Document) -> None:
    """Word goes by the cells, LibreOffice and WPS by the columns."""
    for table in document.tables:
        [margins] = table._tbl.tblPr.findall(qn("w:tblCellMar"))
        assert [each.get(qn("w:w")) for each in margins] == ["80", "80"]
        columns = [column.width for column in table.columns]
        assert len(set(columns)) > 1
        for row in table.rows:
            assert [cell.width for cell in row.cells] == columns


@pytest.mark.parametrize(
    ("style", "face", "size", "pitch"),
    [
        ("Title", "方正小标宋简体", 22, 36),
        ("Normal", "仿宋_GB2312", 16, 28),
        ("Heading 1", "黑体", 16, 28),
        ("Heading 2", "楷体_GB2312", 16, 28),
        ("Footer", "仿宋_GB2312", 14, 14),
    ],
)
def test_styles_have_the_official_faces_sizes_and_pitch(
    document: Document, style: str, face: str, size: int, pitch: int
) -> None:
    found = document.styles[style]
    fonts = found.element.rPr.rFonts
    assert dict(fonts.attrib) == {
        qn(f"w:{script}"): face for script in ("eastAsia", "ascii", "hAnsi", "cs")
    }
    assert found.font.size == Pt(size)
    spacing = found.paragraph_format
    assert (spacing.line_spacing_rule, spacing.line_spacing) == (
        WD_LINE_SPACING.EXACTLY,
        Pt(pitch),
    )


def test_its_styles_are_few_and_lack_nothing_that_they_name(document: Document) -> None:
    styles = document.styles.element
    known = {style.style_id for style in document.styles}
    named = {
        element.get(qn("w:val"))
        for tag in ("w:basedOn", "w:next", "w:link")
        for element in styles.iter(qn(tag))
    }
    assert named <= known
    assert len(known) < 12
    assert {lang.get(qn("w:eastAsia")) for lang in styles.iter(qn("w:lang"))} == {"zh-CN"}


def test_a_machine_without_the_official_faces_is_told_what_to_take(document: Document) -> None:
    with ZipFile(BytesIO(write_docx(paper()).content)) as archive:
        table = archive.read("word/fontTable.xml").decode()
    for face in ("方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"):
        assert f'w:name="{face}"' in table
    assert table.count("w:altName") == 4


def test_odd_pages_are_numbered_right_and_even_pages_left(document: Document) -> None:
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.alignment, even.alignment) == (WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT)
    assert odd.text.replace(" ", "") == even.text.replace(" ", "") == "—1—"
    assert " PAGE " in odd._p.xml


def test_the_date_ends_four_characters_from_the_margin(document: Document) -> None:
    unit, day = document.paragraphs[-2:]
    assert day.text == "2026年3月5日"
    assert day.alignment == unit.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert day.paragraph_format.right_indent == Pt(64)


def test_body_text_is_indented_and_headings_can_be_found_by_the_reader(document: Document) -> None:
    by_text = {line.text: line for line in document.paragraphs}
    assert by_text["村里量过。"].paragraph_format.first_line_indent == Pt(32)
    assert _style(by_text["一、有关人员"]) == "Heading 1"
    assert _style(by_text["（一）事实"]) == "Heading 2"


def _style(line: Paragraph) -> str | None:
    return line.style.name if line.style else None


def test_a_table_repeats_its_head_on_the_next_page(document: Document) -> None:
    [table] = document.tables
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert [cell.text for cell in table.rows[2].cells] == ["李乙", "东坡村三组13号", ""]


def test_signatures_and_seal_are_kept_on_one_page(document: Document) -> None:
    *kept, last = document.paragraphs[-4:]
    assert all(line.paragraph_format.keep_with_next for line in kept)
    assert not last.paragraph_format.keep_with_next


def test_the_file_tells_the_papers_date_and_no_author(document: Document) -> None:
    said = document.core_properties
    assert (said.title, said.author, said.last_modified_by) == ("关于某事的答复意见书", "", "")
    assert said.created is not None
    assert said.created.date() == DAY


def test_nothing_in_the_archive_tells_when_it_was_made() -> None:
    with ZipFile(BytesIO(write_docx(paper()).content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None

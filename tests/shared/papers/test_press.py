"""The PDF: GB/T 9704's page, every element on it, the faces, the same bytes everywhere."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pypdf import PageObject, PdfReader

from shared.papers import Paper, Press, document_number, write_docx
from shared.papers.blocks import texts_of
from tests.shared.papers.forms import VALUES, paper
from tests.shared.papers.reading import PRESS, pages, pdf_text, printed

ROOT = Path(__file__).resolve().parents[3]
MM = 72 / 25.4


def _lines(page: PageObject) -> list[tuple[float, float, str]]:
    """What stands on each line of a page: its height from the top in points, its left, its text."""
    found: dict[float, list[tuple[float, str]]] = {}

    def see(text: str, cm: list[float], tm: list[float], _font: object, _size: object) -> None:
        if text.strip():
            left = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            up = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            height = round(float(page.mediabox.height) - up, 1)
            found.setdefault(height, []).append((left, text.strip("\n")))

    page.extract_text(visitor_text=see)
    return [
        (y, min(parts)[0], "".join(t for _, t in sorted(parts)))
        for y, parts in sorted(found.items())
    ]


def test_every_text_of_the_paper_is_on_it() -> None:
    full = paper(remark="无")
    text = printed(full)
    for block in full.blocks:
        for said in texts_of(block):
            assert said.replace(" ", "") in text


def test_the_page_is_a4() -> None:
    for page in pages(PRESS.print_pdf(paper(opinion="字" * 2000))):
        assert float(page.mediabox.width) == pytest.approx(210 * MM, abs=0.1)
        assert float(page.mediabox.height) == pytest.approx(297 * MM, abs=0.1)


def test_a_full_page_has_22_lines_of_28_characters_28_points_apart() -> None:
    page = pages(PRESS.print_pdf(paper(opinion="字" * 4000)))[2]
    *lines, foot = _lines(page)
    assert foot[2].replace(" ", "") == "—3—"
    assert len(lines) == 22
    assert {len(text) for _, _, text in lines} == {28}
    assert {round(after[0] - before[0]) for before, after in pairwise(lines)} == {28}
    assert lines[0][1] == pytest.approx(28 * MM, abs=0.5)
    assert 37 * MM < lines[0][0] < 37 * MM + 16


def test_page_numbers_have_dashes_right_on_odd_pages_left_on_even_ones() -> None:
    numbered = pages(PRESS.print_pdf(paper(opinion="字" * 4000)))
    for number, page in enumerate(numbered, start=1):
        _, left, text = _lines(page)[-1]
        assert text.replace(" ", "") == f"—{number}—"
        assert (left > 105 * MM) is (number % 2 == 1)


@pytest.mark.slow
def test_the_same_paper_gives_the_same_bytes_in_another_process_zone_and_hash_seed() -> None:
    told = (
        "from tests.shared.papers.forms import paper; from shared.papers import Press, write_docx;"
        "print(Press().print_pdf(paper()).digest, write_docx(paper()).digest)"
    )
    elsewhere = os.environ | {"PYTHONHASHSEED": "7", "TZ": "America/Lima", "PYTHONPATH": str(ROOT)}
    said = subprocess.run(
        [sys.executable, "-c", told],
        env=elsewhere,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split() == [PRESS.print_pdf(paper()).digest, write_docx(paper()).digest]


def test_other_content_or_another_date_of_the_file_gives_another_digest() -> None:
    first = PRESS.print_pdf(paper()).digest
    assert PRESS.print_pdf(paper(copies=4)).digest != first
    assert PRESS.print_pdf(replace(paper(), dated=date(2026, 3, 6))).digest != first


def test_the_file_tells_its_title_and_its_date_and_nothing_of_the_machine() -> None:
    said = PdfReader(BytesIO(PRESS.print_pdf(paper()).content)).metadata
    assert said is not None
    assert said.title == "关于某事的答复意见书"
    assert said.creation_date_raw == "D:20260305000000Z"
    assert said.author is None


def test_papers_of_one_file_are_numbered_through_and_covers_are_not() -> None:
    cover = replace(paper(), name="cover", paged=False)
    whole = pages(PRESS.print_file("file", [cover, paper(), paper()]))
    feet = [_lines(page)[-1][2].replace(" ", "") for page in whole]
    assert not feet[0].startswith("—")
    numbers = [foot for foot in feet if foot.startswith("—")]
    assert numbers == [f"—{number}—" for number in range(1, len(numbers) + 1)]


def test_on_both_sides_every_paper_begins_on_a_sheet_of_its_own() -> None:
    one = paper(opinion="支持。")
    count = len(pages(PRESS.print_pdf(one)))
    sheets = -(-count // 2) * 2
    whole = pages(PRESS.print_file("file", [one, one], duplex=True))
    assert len(whole) == sheets + count
    assert one.title in whole[sheets].extract_text()


def test_there_is_no_file_of_no_papers() -> None:
    with pytest.raises(ValueError, match="no paper"):
        PRESS.print_file("file", [])


def test_a_screen_gets_pictures_of_every_page() -> None:
    shown = PRESS.print_pictures(paper(), dots_per_inch=40)
    assert len(shown) == len(pages(PRESS.print_pdf(paper())))
    assert all(picture.content.startswith(b"\x89PNG") for picture in shown)
    assert shown[0].name == "reply-1.png"


def test_an_office_with_its_own_faces_has_its_papers_set_in_them(tmp_path: Path) -> None:
    _make_face(tmp_path / "own.ttf", "方正小标宋简体", "关于某事")
    assert any("OwnFace" in font for font in _fonts_of(Press(tmp_path), paper()))
    assert not any("OwnFace" in font for font in _fonts_of(PRESS, paper()))
    assert pdf_text(Press(tmp_path).print_pdf(paper())) == pdf_text(PRESS.print_pdf(paper()))


def _make_face(file: Path, family: str, chars: str) -> None:
    """A face of boxes that has just these characters."""
    names = [".notdef", *(f"uni{ord(char):04X}" for char in chars)]
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((900, 0), (900, 800), (100, 800)):
        pen.lineTo(corner)
    pen.closePath()
    box = pen.glyph()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap(dict(zip(map(ord, chars), names[1:], strict=True)))
    font.setupGlyf(dict.fromkeys(names, box))
    font.setupHorizontalMetrics(dict.fromkeys(names, (1000, 100)))
    font.setupHorizontalHeader(ascent=880, descent=-120)
    font.setupNameTable({"familyName": family, "styleName": "Regular", "psName": "OwnFace"})
    font.setupOS2(sTypoAscender=880, sTypoDescender=-120)
    font.setupPost()
    font.save(file)


def _fonts_of(press: Press, printed_paper: Paper) -> set[str]:
    page = pages(press.print_pdf(printed_paper))[0]
    resources = page["/Resources"]["/Font"]  # type: ignore[index]
    return {str(font.get_object()["/BaseFont"]) for font in resources.values()}


def test_a_folder_of_faces_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no folder of faces"):
        Press(tmp_path / "nowhere")


def test_a_paper_costs_a_small_part_of_a_second_once_the_press_is_warm() -> None:
    """Measured of this form: 4 ms for the PDF, 11 ms for the .docx; the bound leaves room for a slow machine."""
    assert VALUES["number"] == document_number("青云信字", year=2026, serial=12)
    assert _cheapest(lambda: PRESS.print_pdf(paper())) < 0.1
    assert _cheapest(lambda: write_docx(paper())) < 0.2


def _cheapest(act: object) -> float:
    costs = []
    for _ in range(5):
        before = process_time()
        act()  # type: ignore[operator]
        costs.append(process_time() - before)
    return min(costs)


def test_the_text_can_be_copied_out_of_the_pdf_as_it_was_written() -> None:
    assert "青云信字〔2026〕12号" in pdf_text(PRESS.print_pdf(paper()))

"""Whatever is typed is printed as text: no markup, no crash, nothing that hides or vanishes."""

from functools import cache
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.papers import Signer, Value, write_docx
from shared.papers.faces import faces_of
from shared.papers.plain_text import missing_from, plain, printable
from tests.shared.papers.forms import paper
from tests.shared.papers.reading import PRESS, docx_text, pages, printed

MARKUP = [
    "#let x = 1; #sys.version",
    '#image("/etc/passwd")',
    '#read("layout.typ")',
    "*bold* _emph_ $x^2$ `raw` = head",
    "- list + enum / term: x",
    "<label> @ref https://example.org // comment /* more */",
    "\\u{41} \\ ~ -- --- ...",
    "<w:t>&amp;</w:t> ]]> <!-- -->",
    "{{ jinja }} {% raw %} ${x} %s {0}",
    "\"quoted\" 'single'",
]


@pytest.mark.parametrize("markup", MARKUP)
def test_markup_is_printed_as_it_was_typed(markup: str) -> None:
    hostile = paper(
        opinion=markup,
        seal=markup,
        people=[{"name": markup, "address": markup}],
        sign=[Signer(markup, markup)],
    )
    text = printed(hostile)
    assert text.count("".join(markup.split())) >= 5
    assert docx_text(write_docx(hostile)).count(markup) >= 5


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("金额\u202e000,1", "金额〔U+202E〕000,1"),
        ("甲\x07乙", "甲〔U+0007〕乙"),
        ("甲\x00\x01乙", "甲〔U+0000 U+0001〕乙"),
        ("甲\ud800乙", "甲〔U+D800〕乙"),
        ("甲\uffff乙", "甲〔U+FFFF〕乙"),
        ("甲\U0001fffe乙", "甲〔U+1FFFE〕乙"),
        ("甲\u200b\ufeff乙", "甲乙"),
        ("甲\ufe0f乙", "甲乙"),
        ("甲\t乙", "甲 乙"),
        ("甲\r\n乙\u2028丙", "甲\n乙\n丙"),
    ],
)
def test_what_has_no_look_is_shown_by_its_code_or_left_out(typed: str, shown: str) -> None:
    assert plain(typed) == shown
    made = paper(opinion=typed)
    assert shown.replace("\n", "").replace(" ", "") in printed(made)
    assert shown in docx_text(write_docx(made))


def test_a_character_without_a_glyph_stands_by_its_code_and_is_told() -> None:
    rare = paper(opinion="王𠮷与李\U0002a6d6和😀😀")
    made = PRESS.print_pdf(rare)
    assert made.by_code == ("𠮷", "\U0002a6d6", "😀")
    assert "王〔U+20BB7〕与李〔U+2A6D6〕和〔U+1F600U+1F600〕" in printed(rare)
    assert "王𠮷与李\U0002a6d6和😀😀" in docx_text(write_docx(rare)), (
        "the office may have the face"
    )


def test_rare_names_that_the_open_faces_have_are_printed() -> None:
    rare = "喆堃燚㛃䶮龘犇淼"
    assert rare in printed(paper(opinion=rare))
    assert PRESS.by_code([paper(opinion=rare)]) == ()


@pytest.mark.parametrize(
    "unit",
    [
        "(",
        "\u202e",
        *(
            pytest.param(dear, marks=pytest.mark.slow)
            for dear in ("a", "字", "[", "#{", "😀", "ا", "（", "é", "一二三四五六七八九\n")
        ),
    ],
)
def test_20_000_characters_are_printed_and_cost_no_more_than_a_dozen_plain_ones(unit: str) -> None:
    """A ratio against plain text of the same length: some search for line ends is dear."""
    assert _cost((unit * 20_000)[:20_000]) < 12 * _plain_cost() + 0.2


@cache
def _plain_cost() -> float:
    return _cost("字。" * 10_000)


def _cost(text: str) -> float:
    made = paper(opinion=text)
    before = process_time()
    assert PRESS.print_pdf(made).content
    assert write_docx(made).content
    return process_time() - before


@pytest.mark.parametrize(
    ("where", "widest"),
    [
        ({"opinion": "W" * 300}, 156 / 25.4 * 72),
        ({"people": [{"name": "W" * 60, "address": "三组"}]}, 0.2 * 156 / 25.4 * 72),
    ],
    ids=["in a paragraph", "in a cell"],
)
def test_a_long_word_stays_within_its_column(
    where: dict[str, Value | None], widest: float
) -> None:
    em = 16 if "opinion" in where else 12
    lines = "".join(
        page.extract_text() for page in pages(PRESS.print_pdf(paper(**where)))
    ).splitlines()
    runs = [line.count("W") for line in lines if "W" in line]
    assert sum(runs) in {60, 300}
    assert max(runs) * em * 0.85 < widest


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(), min_size=1, max_size=80))
@example("\U000e0001\ufdd0\u061c")
def test_no_text_at_all_breaks_a_paper(text: str) -> None:
    made = paper(opinion=f"始{text}终", sign=[Signer("经办人", text)])
    assert PRESS.print_pdf(made).content.startswith(b"%PDF")
    assert write_docx(made).content.startswith(b"PK")


@settings(deadline=None)  # the first one reads the faces
@given(st.text(st.characters(), max_size=80))
def test_what_is_printed_has_a_glyph_for_every_character(text: str) -> None:
    glyphs = faces_of().glyphs
    shown = printable(plain(text), glyphs)
    assert missing_from(shown, glyphs) == []
    assert plain(plain(text)) == plain(text)

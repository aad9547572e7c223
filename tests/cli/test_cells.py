import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.register.cells import BytesOfAnotherEncoding, DigitsLost, cell_text, office_text

BLANKS = st.text(alphabet="\t\n\r \u00a0\u3000\ufeff\u200b", max_size=6)
INNER = st.text(alphabet="地界 水管\u3000\u00a0", min_size=1).filter(
    lambda text: text[0] in "地界水管" and text[-1] in "地界水管"
)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (160.0, "160"),
        (160, "160"),
        (160.5, "160.5"),
        ("007", "007"),
        ("\u3000007\u00a0", "007"),
        (True, "true"),
        (None, ""),
    ],
)
def test_a_number_is_read_as_the_office_wrote_it(cell: object, written: str) -> None:
    assert cell_text(cell) == written  # type: ignore[arg-type]


def test_a_number_whose_end_the_spreadsheet_lost_is_not_guessed() -> None:
    with pytest.raises(DigitsLost):
        cell_text(510_104_199_001_011_234.0)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("一_x000D_\n二", "一\n二"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("水\x00管\x07", "水管"),
        ("\n\t\u3000内容\u00a0\ufeff ", "内容"),
        ("内\u3000\u00a0容", "内\u3000\u00a0容"),
    ],
)
def test_what_spreadsheets_leave_in_text_goes_and_inner_text_stays(raw: str, clean: str) -> None:
    assert office_text(raw) == clean


def test_bytes_that_did_not_decode_are_refused() -> None:
    with pytest.raises(BytesOfAnotherEncoding):
        office_text("水\udc81管")


@given(BLANKS, INNER, BLANKS)
def test_only_blanks_at_the_ends_go(before: str, text: str, after: str) -> None:
    assert office_text(before + text + after) == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert office_text(office_text(text)) == office_text(text)

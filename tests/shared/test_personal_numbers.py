"""Numbers of people: compared in one form, shown in part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.personal_numbers import (
    masked_name,
    masked_phone,
    normalised_identity,
    normalised_phones,
)


@pytest.mark.parametrize(
    "written",
    ["519900 19900307 001x", "519900-19900307-001X", "５１９９００１９９００３０７００１Ｘ"],
)
def test_one_identity_number_has_one_form(written: str) -> None:
    assert normalised_identity(written) == "51990019900307001X"


@pytest.mark.parametrize(
    "written",
    [
        "13812345678",
        "138 1234 5678",
        "+86 138-1234-5678",
        "0086 13812345678",
        "１３８１２３４５６７８",
    ],
)
def test_one_mobile_number_has_one_form(written: str) -> None:
    assert normalised_phones(written) == ("13812345678",)


def test_a_text_of_several_numbers_has_each_once() -> None:
    written = "138 1234 5678 / 0371-5550171，或13812345678 (家)"
    assert normalised_phones(written) == ("13812345678", "03715550171")
    assert normalised_phones("无") == ()


@pytest.mark.parametrize(
    ("written", "shown"), [("王小明", "王**"), ("王", "王"), ("欧阳秋水甲乙", "欧***"), ("", "")]
)
def test_of_a_name_the_first_character_is_shown(written: str, shown: str) -> None:
    assert masked_name(written) == shown


@given(st.from_regex(r"1[0-9]{10}", fullmatch=True))
def test_of_a_mobile_number_the_middle_is_not_shown(number: str) -> None:
    assert masked_phone(number) == f"{number[:3]}****{number[-4:]}"


@given(st.text(max_size=12))
def test_of_anything_else_at_most_two_digits_are_shown(written: str) -> None:
    shown = masked_phone(written)
    assert shown.startswith("****") or len(normalised_phones(written)[0]) >= 10

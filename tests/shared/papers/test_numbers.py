"""Document numbers, days, ordinals and amounts in capitals."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.papers import document_number, in_capitals, printed_day
from shared.papers.numbers import DIGITS, ordinal


def test_a_document_number_has_hexagonal_brackets_and_no_leading_zeros() -> None:
    assert document_number("青云镇人调", year=2026, serial=12) == "青云镇人调〔2026〕12号"


@pytest.mark.parametrize(
    ("mark", "year", "serial"),
    [
        ("", 2026, 1),
        ("青云 人调", 2026, 1),
        ("青云〔", 2026, 1),
        ("青云", 26, 1),
        ("青云", 2026, 0),
    ],
)
def test_what_makes_no_number_is_refused(mark: str, year: int, serial: int) -> None:
    with pytest.raises(ValueError, match=r"mark|year|serial"):
        document_number(mark, year=year, serial=serial)


def test_a_day_has_arabic_numerals_without_leading_zeros() -> None:
    assert printed_day(date(2026, 3, 5)) == "2026年3月5日"


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九")]
)
def test_headings_are_numbered_in_chinese(number: int, written: str) -> None:
    assert ordinal(number) == written


@pytest.mark.parametrize("number", [0, 100])
def test_there_is_no_hundredth_heading(number: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 99"):
        ordinal(number)


@pytest.mark.parametrize(
    ("cents", "written"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (55, "伍角伍分"),
        (100, "壹元整"),
        (105, "壹元零伍分"),
        (1000, "壹拾元整"),
        (350_050, "叁仟伍佰元伍角整"),
        (100_100, "壹仟零壹元整"),
        (1_000_000, "壹万元整"),
        (1_005_000, "壹万零伍拾元整"),
        (1_050_000, "壹万零伍佰元整"),
        (10_500_000, "壹拾万伍仟元整"),
        (10_000_100_00, "壹仟万零壹佰元整"),
        (100_000_001_00, "壹亿零壹元整"),
        (100_010_000_00, "壹亿零壹万元整"),
        (123_456_789_12, "壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元壹角贰分"),
    ],
)
def test_amounts_in_capitals(cents: int, written: str) -> None:
    assert in_capitals(cents) == written


def _read(written: str) -> int:
    """The amount that capitals say, read by another rule than they were written by."""
    units = {"拾": 10, "佰": 100, "仟": 1000}
    total = section = digit = cents = 0
    for char in written:
        if char in DIGITS:
            digit = DIGITS.index(char)
        elif char in units:
            section, digit = section + digit * units[char], 0
        elif char in "万亿":
            total, section, digit = (
                total + (section + digit) * (10**4 if char == "万" else 10**8),
                0,
                0,
            )
        elif char == "元":
            total, section, digit = total + section + digit, 0, 0
        elif char in "角分":
            cents, digit = cents + digit * (10 if char == "角" else 1), 0
    return total * 100 + cents


@given(st.integers(0, 10**14 - 1))
def test_capitals_say_the_amount_and_no_other(cents: int) -> None:
    written = in_capitals(cents)
    assert _read(written) == cents
    assert "零零" not in written


@pytest.mark.parametrize("cents", [-1, 10**14])
def test_an_amount_that_cannot_be_written_is_refused(cents: int) -> None:
    with pytest.raises(ValueError, match="below zero or too large"):
        in_capitals(cents)

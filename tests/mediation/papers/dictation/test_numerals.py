"""Numbers as they are spoken."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.mediation.papers.dictation.numerals import SPOKEN, read_number
from shared.papers import in_capitals


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("三", 3),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("两百五", 250),
        ("二百五十", 250),
        ("三百一十二", 312),
        ("一千零五", 1005),
        ("一千零五十", 1050),
        ("三千五", 3500),
        ("三千五百", 3500),
        ("三千零五", 3005),
        ("一万二", 12_000),
        ("一万二千", 12_000),
        ("一万零二百", 10_200),
        ("十五万", 150_000),
        ("两万五千", 25_000),
        ("二十三万四千五百六十七", 234_567),
        ("一亿二", 120_000_000),
        ("二〇二六", 2026),
        ("3000", 3000),
        ("3,000", 3000),
        ("12,500.5", Fraction(25_001, 2)),
        ("3千", 3000),
        ("1万2", 12_000),
        ("1.5万", 15_000),
        ("一点五万", 15_000),
        ("零点五", Fraction(1, 2)),
        ("叁仟伍佰", 3500),
    ],
)
def test_it_is_read_as_people_mean_it(said: str, number: int | Fraction) -> None:
    assert read_number(said) == number


@pytest.mark.parametrize(
    "said",
    [
        "",
        "千",
        "百",
        "万",
        "三五千",
        "十百",
        "百千",
        "点五",
        "一点",
        "一点万",
        "三千四千",
        "abc",
        "五万万",
    ],
)
def test_what_is_no_number_or_reads_two_ways_is_not_read(said: str) -> None:
    assert read_number(said) is None


@given(st.integers(1, 10**12 - 1))
def test_every_number_written_out_in_full_is_read_back(number: int) -> None:
    assert read_number(in_capitals(number * 100).removesuffix("元整")) == number


@given(st.text(SPOKEN + "0123456789.,", max_size=12))
def test_no_jumble_of_numerals_breaks_the_reading(said: str) -> None:
    number = read_number(said)
    assert number is None or number >= 0

"""Rounding: half away from zero, exactly."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.stats.domain.rounding import one_decimal, percent


@pytest.mark.parametrize(
    ("numerator", "denominator", "value"),
    [
        (184, 187, "98.4"),
        (6217, 6368, "97.6"),
        (298, 312, "95.5"),
        (1755, 2816, "62.3"),
        (187 - 214, 214, "-12.6"),
        (1, 2000, "0.1"),
        (-1, 2000, "-0.1"),
        (-1, 3000, "0.0"),
        (0, 7, "0.0"),
        (7, 7, "100.0"),
    ],
)
def test_known_percentages(numerator: int, denominator: int, value: str) -> None:
    assert percent(numerator, denominator) == value


def test_no_whole_number_of_187_gives_the_stated_rate() -> None:
    assert "98.6" not in {percent(resolved, 187) for resolved in range(188)}


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**9))
def test_it_is_what_exact_decimals_give(numerator: int, denominator: int) -> None:
    exact = Decimal(numerator) / Decimal(denominator)
    wanted = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert Decimal(one_decimal(numerator, denominator)) == wanted

"""Spans cut into months and days: the same days, each once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.stats.domain.measures import Term
from services.stats.domain.months import cut, month_of
from services.stats.domain.spans import Span
from tests.stats.lives import TOWNSHIP

_DAY = timedelta(days=1)
_DAYS = st.dates(date(2023, 12, 1), date(2025, 3, 31))


def span(start: date, end: date) -> Span:
    return Span(Term("filed"), TOWNSHIP, start, end)


def days_of(one: Span) -> list[date]:
    return [one.start + n * _DAY for n in range((one.end - one.start).days + 1)]


@given(_DAYS, _DAYS)
def test_a_cut_keeps_every_day_once_and_its_months_are_whole(one: date, other: date) -> None:
    whole = span(min(one, other), max(one, other))
    pieces = cut([whole])
    found = [day for piece in (*pieces.months, *pieces.days) for day in days_of(piece)]
    assert sorted(found) == days_of(whole)
    for months in pieces.months:
        assert months.start.day == 1
        assert (months.end + _DAY).day == 1
    assert all(len(days_of(days)) < 61 for days in pieces.days)


def test_all_time_is_one_piece_of_months() -> None:
    always = span(date.min, date.max)
    assert cut([always]).months == [always]
    assert cut([always]).days == []


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(1, 1, 2), date(1, 1, 20)),
        (date(9999, 12, 2), date(9999, 12, 31)),
        (date(1, 1, 1), date(1, 1, 5)),
    ],
)
def test_the_ends_of_time_are_days(start: date, end: date) -> None:
    assert cut([span(start, end)]).days == [span(start, end)]


def test_a_year_is_twelve_months() -> None:
    year = span(date(2025, 1, 1), date(2025, 12, 31))
    assert cut([year]).months == [year]
    assert month_of(year.end) == date(2025, 12, 1)

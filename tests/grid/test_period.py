"""Weeks and months by their names, and by when their reports are due."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.grid.domain.period import month, month_of, week, week_of
from services.grid.domain.rhythm_policy import RHYTHM
from shared.clocks.shipped import shipped_calendar

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@given(DAYS)
def test_every_day_lies_in_one_week_and_one_month(day: date) -> None:
    for of, named in ((week_of, week), (month_of, month)):
        period = of(day)
        assert period.first <= day <= period.last
        assert named(period.name) == period
        assert of(period.first) == of(period.last) == period
        assert period.following.first == period.last + timedelta(days=1)
    assert (week_of(day).last - week_of(day).first).days == 6


@pytest.mark.parametrize(
    ("name", "first"), [("2025-W01", date(2024, 12, 30)), ("2020-W53", date(2020, 12, 28))]
)
def test_a_week_is_that_of_iso_8601(name: str, first: date) -> None:
    assert week(name).first == first


@pytest.mark.parametrize("name", ["2025-W53", "2025-W00", "2025-W7", "2025-07", "", "2025-W07\n"])
def test_what_is_no_week_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="week"):
        week(name)


@pytest.mark.parametrize("name", ["2025-13", "2025-00", "2025-2", "2025-W07", "0001-01"])
def test_what_is_no_month_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="month"):
        month(name)


@pytest.mark.parametrize(
    ("name", "due"),
    [
        ("2025-W10", "2025-03-11T00:00:00+08:00"),
        # the Monday after is Labour Day's, a day off until the 5th
        ("2025-W18", "2025-05-07T00:00:00+08:00"),
        # Monday to Wednesday after are National Day's
        ("2025-W40", "2025-10-10T00:00:00+08:00"),
    ],
)
def test_a_week_is_due_on_the_first_working_day_after_it(name: str, due: str) -> None:
    assert RHYTHM.week_due(week(name), shipped_calendar()) == datetime.fromisoformat(due)


def test_a_month_is_due_on_the_fifth_working_day_after_it() -> None:
    due = RHYTHM.month_due(month("2025-02"), shipped_calendar())
    assert due == datetime.fromisoformat("2025-03-08T00:00:00+08:00")

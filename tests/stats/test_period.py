"""Periods as people write them, in days of China."""

from datetime import UTC, date, datetime

import pytest

from services.stats.domain.period import Period, PeriodNotRead
from shared.times import china_day


def days(text: str) -> tuple[str, str]:
    period = Period.parse(text)
    return period.start.isoformat(), period.end.isoformat()


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-Q1", "2025-01-01", "2025-03-31"),
        ("2025-Q3", "2025-07-01", "2025-09-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-02", "2025-02-01", "2025-02-28"),
        ("2025-W01", "2024-12-30", "2025-01-05"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2024-12-30..2025-01-02", "2024-12-30", "2025-01-02"),
        ("all", "0001-01-01", "9999-12-31"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(text: str, start: str, end: str) -> None:
    assert days(text) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "25",
        "2025-13",
        "2025-Q5",
        "2025-W53",
        "2025-W00",
        "2025-02-29",
        "2025-3",
        "0000",
        "2025-03-04..2025-03-03",
        "2025..2026",
        "2025\n",
        "２０２５",
        "9999-W52",
        "ALL",
    ],
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(PeriodNotRead):
        Period.parse(text)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025", "2024-01-01", "2024-12-31"),
        ("2025-02", "2024-02-01", "2024-02-29"),
        ("2024-02", "2023-02-01", "2023-02-28"),
        ("2024-02-29", "2023-02-28", "2023-02-28"),
        ("2025-02-28", "2024-02-28", "2024-02-28"),
        ("2025-W07", "2024-02-12", "2024-02-18"),
    ],
)
def test_a_year_earlier_whole_months_and_weeks_stay_whole(text: str, start: str, end: str) -> None:
    before = Period.parse(text).year_before()
    assert before is not None
    assert (before.start.isoformat(), before.end.isoformat()) == (start, end)


@pytest.mark.parametrize("text", ["all", "2026-W53", "0001"])
def test_some_periods_have_no_year_before(text: str) -> None:
    assert Period.parse(text).year_before() is None


def test_a_period_that_is_not_over_is_cut_at_a_day() -> None:
    year = Period.parse("2025")
    cut = year.until(date(2025, 3, 4))
    assert cut is not None
    assert (cut.start, cut.end) == (date(2025, 1, 1), date(2025, 3, 4))
    assert year.until(date(2026, 1, 1)) == year
    assert year.until(date(2024, 12, 31)) is None


def test_a_day_begins_at_midnight_in_china() -> None:
    assert china_day(datetime(2025, 12, 31, 15, 59, 59, tzinfo=UTC)) == date(2025, 12, 31)
    assert china_day(datetime(2025, 12, 31, 16, 0, tzinfo=UTC)) == date(2026, 1, 1)

"""Days as people state them over HTTP: written as days, within the office's calendar."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from shared.office.occurrence_time import (
    Day,
    NotYetHappened,
    moment_of_day,
    not_in_the_future,
)
from shared.times import china_day, end_of, start_of

DAY: TypeAdapter[date] = TypeAdapter(Day)


@pytest.mark.parametrize("written", ["1949-10-01", "2024-02-29", "2199-12-31"])
def test_a_day_of_the_calendar_is_taken(written: str) -> None:
    assert DAY.validate_python(written) == date.fromisoformat(written)


@pytest.mark.parametrize(
    "written",
    ["1949-09-30", "2200-01-01", "2025-02-29", "2025-3-4", "20250304", "2025-03-04T00:00:00Z"],
)
def test_what_is_no_such_day_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        DAY.validate_python(written)


@pytest.mark.parametrize("number", [0, 1_741_046_400, True, 1.0, "1741046400"])
def test_a_number_is_not_taken_for_the_seconds_since_1970(number: Any) -> None:
    with pytest.raises(ValidationError, match="A day is written as 2025-03-04"):
        DAY.validate_python(number)


MIDNIGHT = start_of(date(2026, 3, 5))


@pytest.mark.parametrize("seconds", [-299, -30, -1, 0, 1, 30, 299])
def test_over_midnight_a_day_and_a_moment_of_another_right_clock_are_taken(seconds: int) -> None:
    """One process files at midnight; the other goes by a clock that is so many seconds off."""
    now = MIDNIGHT + timedelta(seconds=seconds)
    day = china_day(MIDNIGHT)
    moment = moment_of_day(day, field="happened_on", now=now)
    assert china_day(moment) == day
    assert abs(moment - now) < timedelta(minutes=5)
    assert not_in_the_future(MIDNIGHT, field="occurred_at", now=now) == MIDNIGHT


def test_what_no_right_clock_says_has_not_happened() -> None:
    now = MIDNIGHT - timedelta(minutes=6)
    with pytest.raises(NotYetHappened):
        moment_of_day(date(2026, 3, 5), field="happened_on", now=now)
    with pytest.raises(NotYetHappened):
        not_in_the_future(MIDNIGHT, field="occurred_at", now=now)
    noon = datetime(2026, 3, 5, 4, tzinfo=UTC)
    assert moment_of_day(date(2026, 3, 5), field="happened_on", now=noon) == noon
    yesterday = date(2026, 3, 4)
    assert moment_of_day(yesterday, field="happened_on", now=noon) == end_of(yesterday)

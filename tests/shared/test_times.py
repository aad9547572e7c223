from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.times import china_day, epoch_microseconds, from_wire, start_of, to_wire

MOMENTS = st.datetimes(
    min_value=datetime(1900, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(MOMENTS)
def test_a_moment_survives_the_wire(moment: datetime) -> None:
    text = to_wire(moment)
    assert len(text) == len("2026-01-05T00:00:00.000000Z")
    assert from_wire(text) == moment


@given(MOMENTS, st.integers(min_value=-14 * 60, max_value=14 * 60))
def test_the_wire_knows_only_utc(moment: datetime, minutes: int) -> None:
    elsewhere = moment.astimezone(timezone(timedelta(minutes=minutes)))
    assert to_wire(elsewhere) == to_wire(moment)


@given(MOMENTS)
def test_microseconds_are_whole_and_ascend(moment: datetime) -> None:
    later = moment + timedelta(microseconds=1)
    assert epoch_microseconds(later) == epoch_microseconds(moment) + 1


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        to_wire(datetime(2026, 1, 5))  # noqa: DTZ001 - that is the point


def test_a_wire_moment_with_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="UTC"):
        from_wire("2026-01-05T08:00:00.000000+08:00")


def test_the_office_counts_days_in_china() -> None:
    just_before_midnight = datetime(2025, 12, 31, 15, 59, 59, 999_999, tzinfo=UTC)
    assert china_day(just_before_midnight) == date(2025, 12, 31)
    assert china_day(just_before_midnight + timedelta(microseconds=1)) == date(2026, 1, 1)


@given(st.dates(min_value=date(1900, 1, 2), max_value=date(2200, 1, 1)))
def test_a_day_starts_on_itself(day: date) -> None:
    assert china_day(start_of(day)) == day
    assert china_day(start_of(day) - timedelta(microseconds=1)) == day - timedelta(days=1)

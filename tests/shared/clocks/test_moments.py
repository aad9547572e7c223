"""Days are China's, and end at 24:00 there; hours run from the moment itself."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from shared.clocks.clock_refusals import HoursNeedAMoment, MomentWithoutZone
from shared.clocks.pause import Pause
from tests.shared.clocks.asking import ask, both, county

COUNTY = county()
HAWAII = timezone(timedelta(hours=-10))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-01-04T23:59:59.999999+08:00", "2026-01-04"),
        ("2026-01-05T00:00:00+08:00", "2026-01-05"),
        ("2026-01-04T15:59:59.999999+00:00", "2026-01-04"),
        ("2026-01-04T16:00:00+00:00", "2026-01-05"),
        ("2026-01-04T06:00:00-10:00", "2026-01-05"),
        ("2026-01-05T23:59:59+08:00", "2026-01-05"),
        # China kept summer time in these years, an hour ahead
        ("1988-06-30T15:00:00+00:00", "1988-07-01"),
        ("1988-06-30T14:59:59+00:00", "1988-06-30"),
    ],
)
def test_a_clock_starts_on_the_day_that_the_office_has_then(moment: str, day: str) -> None:
    assert both(ask("C6", moment)) == both(ask("C6", day))
    assert ask("C6", moment).run.start_day == date.fromisoformat(day)


def test_the_last_day_ends_at_midnight_in_china() -> None:
    due = ask("C6", "2026-01-05", extend=[30])
    assert due.due_at == datetime(2026, 4, 5, 16, tzinfo=UTC)
    assert due.due_at_for_petitioner == datetime(2026, 4, 7, 16, tzinfo=UTC)


def test_a_time_without_an_offset_is_refused() -> None:
    with pytest.raises(MomentWithoutZone, match="offset"):
        ask("C6", datetime(2026, 1, 5, 9))  # noqa: DTZ001


def test_hours_run_from_the_moment_and_past_midnight() -> None:
    due = ask("C19", "2026-10-01T22:30:00+08:00", policy=COUNTY)
    assert due.due_at == datetime(2026, 10, 1, 18, 30, tzinfo=UTC)
    assert both(due) == ("2026-10-02", "2026-10-02")


def test_rest_days_do_not_move_hours() -> None:
    due = ask("C19", "2026-10-03T09:00:00+08:00", policy=COUNTY)
    assert due.due_at == due.due_at_for_petitioner == datetime(2026, 10, 3, 5, tzinfo=UTC)
    assert not due.provisional


def test_hours_that_end_at_midnight_end_with_that_day() -> None:
    due = ask("C19", "2026-10-03T20:00:00+08:00", policy=COUNTY)
    assert both(due) == ("2026-10-03", "2026-10-03")


def test_where_it_is_written_down_makes_no_difference_to_hours() -> None:
    here = datetime(2026, 10, 3, 9, tzinfo=UTC)
    assert (
        ask("C19", here, policy=COUNTY).due_at
        == ask("C19", here.astimezone(HAWAII), policy=COUNTY).due_at
    )


def test_hours_cannot_be_counted_from_a_day() -> None:
    with pytest.raises(HoursNeedAMoment, match="C19 counts hours"):
        ask("C19", "2026-10-03", policy=COUNTY)


def test_the_time_of_a_pause_is_not_counted_into_hours() -> None:
    nine, span = datetime(2026, 3, 3, 9, tzinfo=UTC), timedelta(hours=1)
    pauses = [Pause(nine + span, nine + 2 * span), Pause(nine + 1.5 * span, nine + 3 * span)]
    due = ask("C19", nine, policy=COUNTY, pauses=pauses)
    assert due.due_at == nine + timedelta(hours=6)


def test_a_pause_before_the_start_or_from_the_end_on_takes_no_hours() -> None:
    nine, span = datetime(2026, 3, 3, 9, tzinfo=UTC), timedelta(hours=1)
    pauses = [Pause(nine - span, nine), Pause(nine + 4 * span, nine + 5 * span)]
    assert ask("C19", nine, policy=COUNTY, pauses=pauses).due_at == nine + 4 * span


def test_what_is_due_at_once_is_due_when_it_is_known() -> None:
    known = datetime(2026, 10, 3, 16, tzinfo=UTC)
    due = ask("C19", known)
    assert due.due_at == due.due_at_for_petitioner == known
    assert both(due) == ("2026-10-04", "2026-10-04")
    assert both(ask("C19", "2026-10-03")) == ("2026-10-03", "2026-10-03")

"""When a case is due: by calendar days or working days, as the statute counts them."""

from datetime import UTC, date, datetime

import pytest

from services.intake.api.office_calendar import OFFICE_CALENDAR
from services.intake.domain.clock_policy import STATUTE_2022, Calendar, Term, term_of
from shared.contracts.case_codes import Procedure
from shared.times import CHINA

NOTHING_PUBLISHED = Calendar(version="test-1", working=lambda _: None)


def due(procedure: Procedure, accepted_at: datetime, calendar: Calendar = OFFICE_CALENDAR) -> Term:
    return term_of(procedure, accepted_at=accepted_at, policy=STATUTE_2022, calendar=calendar)


def end_of(day: date) -> datetime:
    """24:00 of a day in China is the first moment of the next."""
    following = date.fromordinal(day.toordinal() + 1)
    return datetime(following.year, following.month, following.day, tzinfo=CHINA)


def morning_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=CHINA)


def test_an_ordinary_case_is_due_sixty_days_after_its_acceptance() -> None:
    term = due(Procedure.ORDINARY, morning_of(date(2026, 1, 5)))
    assert term.due_at == end_of(date(2026, 3, 6))
    assert term.policy_version == "national-2022"


def test_the_last_day_is_not_moved_by_a_rest_day() -> None:
    saturday = date(2026, 3, 7)
    assert due(Procedure.ORDINARY, morning_of(date(2026, 1, 6))).due_at == end_of(saturday)


def test_days_are_counted_as_the_office_in_china_counts_them() -> None:
    late_on_the_fourth = datetime(2026, 1, 4, 17, tzinfo=UTC)
    assert due(Procedure.ORDINARY, late_on_the_fourth).due_at == end_of(date(2026, 3, 6))


def test_a_simple_case_is_due_ten_working_days_after_its_acceptance() -> None:
    """9 May 2026 is a Saturday on which the offices work."""
    term = due(Procedure.SIMPLE, morning_of(date(2026, 5, 8)))
    assert term.due_at == end_of(date(2026, 5, 21))
    assert term.calendar_version == OFFICE_CALENDAR.version


def test_a_holiday_week_does_not_count() -> None:
    term = due(Procedure.SIMPLE, morning_of(date(2025, 9, 28)))
    assert term.due_at == end_of(date(2025, 10, 17))


def test_where_no_calendar_is_published_yet_weekends_rest_and_the_term_says_so() -> None:
    term = due(Procedure.SIMPLE, morning_of(date(2031, 6, 2)), NOTHING_PUBLISHED)
    assert term.due_at == end_of(date(2031, 6, 16))
    assert term.calendar_version == "test-1-provisional"


@pytest.mark.parametrize("year", [2004, 2019, 2026])
def test_the_national_day_is_no_working_day(year: int) -> None:
    assert OFFICE_CALENDAR.working(date(year, 10, 1)) is False


def test_a_year_that_is_not_published_is_not_guessed() -> None:
    assert OFFICE_CALENDAR.working(date(2090, 10, 1)) is None

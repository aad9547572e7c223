"""What a notice that is still to come may move is called provisional, and nothing else is."""

import pytest

from shared.clocks.calendar import Calendar
from tests.shared.clocks.asking import CALENDAR, ask, both

YEARS = CALENDAR.years
UNTIL_2026 = Calendar([year for year in YEARS if year.year <= 2026])
NOTHING = Calendar([])


@pytest.mark.parametrize(
    ("clock", "start", "provisional", "office_too"),
    [
        ("C1", "2026-11-12", False, False),  # ends on Friday 27 November
        ("C1", "2026-11-15", False, False),  # Monday 30 November, the last settled day
        ("C1", "2026-11-16", True, False),  # 1 December: the notice for 2027 may take it
        ("C1", "2026-11-14", False, False),  # Sunday 29 November, rolled onto settled Monday
        ("C4", "2026-11-23", False, False),  # five working days to 30 November
        ("C4", "2026-11-24", True, True),
        ("C4", "2027-03-01", True, True),
        ("C6", "2026-10-02", True, False),
        ("C1", "2009-12-01", True, False),  # before the first year that is held
        ("C1", "2009-12-21", False, False),  # 5 January 2010
        ("C4", "2009-12-31", False, False),
        ("C4", "2009-12-30", True, True),
    ],
)
def test_a_date_is_provisional_when_a_day_that_decides_it_may_change(
    clock: str, start: str, provisional: bool, office_too: bool
) -> None:
    due = ask(clock, start, calendar=UNTIL_2026)
    assert (due.provisional, due.provisional_for_office) == (provisional, office_too)


def test_an_event_says_when_the_offices_date_may_still_move() -> None:
    firm, open_ = (ask(clock, "2027-05-05", calendar=UNTIL_2026) for clock in ("C6", "C4"))
    assert firm.provisional
    assert firm.calendar_version == UNTIL_2026.version
    assert open_.calendar_version.endswith("-provisional")


def test_without_any_calendar_weekends_rest_and_everything_is_provisional() -> None:
    due = ask("C4", "2031-06-02", calendar=NOTHING)
    assert both(due) == ("2031-06-09", "2031-06-09")
    assert due.calendar_version == "cn-none-provisional"


def test_far_from_every_calendar_weekends_rest() -> None:
    assert both(ask("C4", "1987-10-01")) == ("1987-10-08", "1987-10-08")
    assert both(ask("C8", "2087-10-01")) == ("2087-10-31", "2087-10-31")
    assert both(ask("C8", "2087-10-02")) == ("2087-11-01", "2087-11-03")

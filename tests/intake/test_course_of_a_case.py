"""Where a case does not take the plain course: converted, never accepted, reminded, recounted."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.intake.domain.term_of_handling import (
    due_after_conversion,
    due_of_handling,
    due_without_acceptance,
)
from shared.clocks.calendar import Calendar
from shared.clocks.calendar_year import read_calendar_years
from shared.clocks.clock_refusals import ConvertedBeforeAcceptance
from shared.clocks.recalculation import recalculate
from shared.clocks.reminder_marks import marks_of
from shared.clocks.shipped import shipped_policy
from shared.contracts.case_codes import Procedure
from tests.shared.clocks.asking import CALENDAR, ask, both, county, days

POLICY = shipped_policy()
UNTIL_2026 = Calendar([year for year in CALENDAR.years if year.year <= 2026])
IN_2027 = """year = 2027
edition = 1
notices = ["made up"]
taken_from = "made up"
[[holiday]]
festival = "new-years-day"
first = 2026-12-31
last = 2027-01-02
worked = [2026-12-26]
[[holiday]]
festival = "spring-festival"
first = 2027-02-05
last = 2027-02-11
"""
UNTIL_2027 = Calendar([*UNTIL_2026.years, *read_calendar_years({"2027.toml": IN_2027})])


def test_a_case_is_due_by_the_clock_of_its_procedure() -> None:
    ordinary, simple = (
        due_of_handling(each, date(2026, 5, 8), policy=POLICY, calendar=CALENDAR)
        for each in (Procedure.ORDINARY, Procedure.SIMPLE)
    )
    assert (ordinary.clock.id, both(ordinary)[0]) == ("C6", "2026-07-07")
    assert (simple.clock.id, both(simple)[0]) == ("C12", "2026-05-21")


def test_a_simple_case_that_becomes_ordinary_is_due_from_its_first_acceptance() -> None:
    accepted, converted = date(2026, 4, 30), date(2026, 5, 12)
    due = due_after_conversion(accepted, converted, policy=POLICY, calendar=CALENDAR)
    assert both(due) == both(ask("C6", "2026-04-30"))


def test_a_case_is_not_converted_before_it_is_accepted() -> None:
    accepted = datetime.fromisoformat("2026-04-30T00:30:00+08:00")
    with pytest.raises(ConvertedBeforeAcceptance, match="cannot be converted on 2026-04-29"):
        due_after_conversion(accepted, date(2026, 4, 29), policy=POLICY, calendar=CALENDAR)
    due_after_conversion(accepted, date(2026, 4, 30), policy=POLICY, calendar=CALENDAR)


@pytest.mark.parametrize("transferred", [False, True])
def test_handling_begins_when_the_notice_was_due_where_nobody_accepts(transferred: bool) -> None:
    """Received on 20 September: the notice is due on 5 October, a day of rest, unrolled."""
    due = due_without_acceptance(
        date(2026, 9, 20), transferred=transferred, policy=POLICY, calendar=CALENDAR
    )
    assert due.run.start == date(2026, 10, 5)
    assert both(due)[0] == "2026-12-04"


@settings(deadline=None)
@given(st.dates(date(2023, 1, 1), date(2026, 6, 30)), st.integers(0, 15))
def test_delay_never_buys_time(received: date, days_until_acceptance: int) -> None:
    accepted = date.fromordinal(received.toordinal() + days_until_acceptance)
    in_time = due_of_handling(Procedure.ORDINARY, accepted, policy=POLICY, calendar=CALENDAR)
    never = due_without_acceptance(received, transferred=False, policy=POLICY, calendar=CALENDAR)
    assert never.due_on == date.fromordinal(received.toordinal() + 75)
    assert in_time.due_on <= never.due_on


def test_marks_are_counted_back_from_the_offices_last_day() -> None:
    due = ask("C8", "2026-09-01")
    assert [(mark.days_before, str(mark.on)) for mark in marks_of(due)] == [
        (7, "2026-09-24"),
        (3, "2026-09-28"),
        (1, "2026-09-30"),
    ]


def test_marks_before_the_start_fall_away() -> None:
    assert [mark.days_before for mark in marks_of(ask("C13", "2026-03-02"))] == [3, 1]
    assert str(marks_of(ask("C13", "2026-03-02"))[0].on) == "2026-03-02"
    assert [mark.days_before for mark in marks_of(ask("C15-docket", "2026-03-02"))] == [1]
    assert marks_of(ask("C32", "2026-03-03", policy=county())) == []
    assert marks_of(ask("C19", "2026-03-03")) == []


def test_a_new_calendar_moves_a_date_and_says_by_which_days() -> None:
    old = ask("C4", "2026-12-24", calendar=UNTIL_2026)
    assert both(old) == ("2026-12-31", "2026-12-31")
    found = recalculate(old, UNTIL_2027)
    assert both(found.new) == ("2026-12-30", "2026-12-30")
    assert found.moved
    assert [(str(each.day), each.new.worked) for each in found.because] == [
        ("2026-12-26", True),
        ("2026-12-31", False),
    ]
    by = f"{UNTIL_2026.version} → {UNTIL_2027.version}"
    assert found.sentence_en() == (
        f"C4 moves (calendar {by}): office 2026-12-31 to 2026-12-30, petitioner 2026-12-31 to "
        "2026-12-30; 2026-12-26 is now worked, 2026-12-31 is now a rest day."
    )
    assert found.sentence_zh() == (
        f"C4重新计算（日历 {by}）：办理机关2026-12-31改为2026-12-30，"
        "信访人2026-12-31改为2026-12-30；2026-12-26改为上班、2026-12-31改为休息。"
    )


def test_the_office_stays_where_only_rolling_changes() -> None:
    found = recalculate(ask("C6", "2026-11-01", calendar=UNTIL_2026), UNTIL_2027)
    assert both(found.old) == ("2026-12-31", "2026-12-31")
    assert both(found.new) == ("2026-12-31", "2027-01-04")
    assert found.moved


def test_a_date_that_a_new_calendar_confirms_is_settled_and_stays() -> None:
    found = recalculate(ask("C4", "2027-03-01", calendar=UNTIL_2026), UNTIL_2027)
    assert (found.moved, found.settled) == (False, True)
    assert "stays" in found.sentence_en()
    assert found.sentence_zh().startswith("C4期限不变")
    assert found.because == ()


def test_a_case_is_recounted_with_its_own_length_pauses_and_extensions() -> None:
    set_length = ask("C5", "2026-12-01", length=30, calendar=UNTIL_2026)
    assert both(recalculate(set_length, UNTIL_2027).new) == ("2026-12-31", "2027-01-04")
    paused = ask(
        "C33", "2026-12-10", policy=county(), extend=[9], calendar=UNTIL_2026,
        pauses=[days("2026-12-20..2026-12-21")],
    )  # fmt: skip
    assert both(recalculate(paused, UNTIL_2027).new) == ("2026-12-31", "2027-01-04")
    assert not recalculate(paused, UNTIL_2026).moved

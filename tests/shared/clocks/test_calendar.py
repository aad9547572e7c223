"""Working days as published, year by year, and what a calendar file may not say."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.clocks.calendar import Calendar
from shared.clocks.calendar_year import Festival, read_calendar_years
from shared.clocks.mistakes import DataMistaken
from shared.clocks.shipped import shipped_calendar, texts_of

CALENDAR = shipped_calendar()
YEAR = """year = 2026
edition = 1
notices = ["notice"]
taken_from = "by hand"
[[holiday]]
festival = "new-years-day"
first = 2026-01-01
last = 2026-01-03
worked = [2026-01-04]
"""
ordinals = st.integers(date(1990, 1, 1).toordinal(), date(2045, 1, 1).toordinal())


@pytest.mark.parametrize(
    ("day", "worked", "festival"),
    [
        (date(2026, 10, 1), False, Festival.NATIONAL_DAY),
        (date(2026, 10, 8), True, None),
        (date(2026, 1, 4), True, Festival.NEW_YEARS_DAY),
        (date(2026, 2, 14), True, Festival.SPRING_FESTIVAL),
        (date(2026, 3, 7), False, None),
        (date(2020, 1, 31), False, Festival.SPRING_FESTIVAL),
        (date(2020, 2, 2), False, Festival.SPRING_FESTIVAL),
        (date(2020, 2, 3), True, None),
        (date(2015, 9, 3), False, Festival.VICTORY_DAY),
        (date(2015, 9, 6), True, Festival.VICTORY_DAY),
        (date(2011, 12, 31), True, Festival.NEW_YEARS_DAY),
        (date(2018, 12, 31), False, Festival.NEW_YEARS_DAY),
        (date(2017, 10, 4), False, Festival.MID_AUTUMN_FESTIVAL),
        (date(1999, 10, 1), True, None),
    ],
)
def test_a_day_is_worked_or_not_as_the_notices_say(
    day: date, worked: bool, festival: Festival | None
) -> None:
    kind = CALENDAR.kind(day)
    assert (kind.worked, kind.festival) == (worked, festival)


@pytest.mark.parametrize(("year", "working_days", "made_up"), [(2025, 248, 5), (2026, 248, 6)])
def test_a_year_has_as_many_working_days_as_another_source_counts(
    year: int, working_days: int, made_up: int
) -> None:
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    kinds = [CALENDAR.kind(day) for day in days]
    assert sum(kind.worked for kind in kinds) == working_days
    assert sum(kind.worked and kind.festival is not None for kind in kinds) == made_up


@settings(deadline=None)
@given(ordinals)
def test_counting_and_finding_are_each_others_inverse(day: int) -> None:
    worked = CALENDAR.worked_through(day) - CALENDAR.worked_through(day - 1)
    assert worked == CALENDAR.kind(date.fromordinal(day)).worked
    rolled = CALENDAR.worked_on_or_after(day)
    assert rolled >= day
    assert (rolled == day) == bool(worked)
    assert CALENDAR.nth_worked(CALENDAR.worked_through(rolled)) == rolled


def test_the_version_changes_with_any_day_and_with_nothing_else() -> None:
    def version(text: str) -> str:
        return Calendar(read_calendar_years({"2026.toml": text})).version

    split = YEAR.replace("last = 2026-01-03", "last = 2026-01-02") + (
        '[[holiday]]\nfestival = "new-years-day"\nfirst = 2026-01-03\nlast = 2026-01-03\n'
    )
    assert version(YEAR) == version(split) == version(YEAR.replace('"notice"', '"other"'))
    assert version(YEAR) != version(YEAR.replace("worked = [2026-01-04]", ""))
    assert version(YEAR).startswith("cn-2026-")


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ("last = 2026-01-03", "last = 2025-12-31", "2026.toml:5: holiday.0: last is before first"),
        ("last = 2026-01-03", "last = 2026-02-03", "2026.toml:5: holiday.0: last is before first"),
        ("[2026-01-04]", "[2026-01-05]", "2026.toml:5: holiday.0: worked days are Saturdays"),
        ("[2026-01-04]", "[2026-01-03]", "2026.toml:5: 2026-01-03 stands twice"),
        ("[2026-01-04]", "[2027-01-03]", "2026.toml:5: 2027-01-03 is no day that 2026 publishes"),
        ('"new-years-day"', '"easter"', "2026.toml:6: holiday.0.festival: Input should be"),
        ("first = 2026-01-01", 'first = "soon"', "2026.toml:7: holiday.0.first: Input should be"),
        ("edition = 1", "edition = 0", "2026.toml:2: edition: Input should be"),
        ('notices = ["notice"]', "notices = []", "2026.toml:3: notices: Tuple should have"),
        ("last = 2026-01-03\n", "", "2026.toml:5: holiday.0.last is missing"),
        ("edition = 1", "edition = 1\nsource = 3", "2026.toml:3: source is not known here"),
        ("year = 2026", "year = 2o26", "2026.toml:1: is no TOML"),
    ],
)
def test_a_mistake_in_a_calendar_is_told_with_its_line(
    written: str, instead: str, told: str
) -> None:
    assert written in YEAR
    with pytest.raises(DataMistaken) as mistaken:
        read_calendar_years({"2026.toml": YEAR.replace(written, instead)})
    assert str(mistaken.value).startswith(told)


def test_no_year_is_left_out_and_none_stands_twice() -> None:
    texts = texts_of("calendars")
    with pytest.raises(DataMistaken, match=r"2020\.toml:1: 2020 follows 2018; every year stands"):
        read_calendar_years({name: texts[name] for name in texts if name != "2019.toml"})
    earlier = YEAR.replace("year = 2026", "year = 2025").replace("2026-01-0", "2025-12-2")
    twice = earlier.replace('"new-years-day"', '"national-day"').replace(
        "2025-12-24", "2025-12-28"
    )
    later = YEAR.replace("2026-01-01", "2025-12-31").replace("2026-01-04", "2025-12-28")
    with pytest.raises(DataMistaken, match=r"2026\.toml:5: 2025-12-28 stands in 2025 too"):
        read_calendar_years({"2025.toml": twice, "2026.toml": later})
    with pytest.raises(DataMistaken, match=r"again\.toml:1: 2019 follows 2019"):
        read_calendar_years({**texts, "again.toml": texts["2019.toml"]})

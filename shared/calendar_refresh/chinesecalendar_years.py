"""Converts the data of the chinesecalendar package to calendar years."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from importlib.metadata import version

from shared.clocks.calendar_year import CalendarYear, Festival, Holiday

_DAY = timedelta(days=1)
_SATURDAY, _DECEMBER = 5, 12
_FESTIVALS = {
    "new_years_day": Festival.NEW_YEARS_DAY,
    "spring_festival": Festival.SPRING_FESTIVAL,
    "tomb_sweeping_day": Festival.TOMB_SWEEPING_DAY,
    "labour_day": Festival.LABOUR_DAY,
    "dragon_boat_festival": Festival.DRAGON_BOAT_FESTIVAL,
    "national_day": Festival.NATIONAL_DAY,
    "mid_autumn_festival": Festival.MID_AUTUMN_FESTIVAL,
    "anti_fascist_70th_day": Festival.VICTORY_DAY,
}
Days = dict[date, Festival]


def published_years(first: int) -> list[CalendarYear]:
    """The years from `first` on, in order; raises ModuleNotFoundError without the package."""
    import chinese_calendar

    names = {each.value: each.name for each in chinese_calendar.Holiday}
    off, on = (
        {day: _FESTIVALS[names[name]] for day, name in found.items()}
        for found in (chinese_calendar.holidays, chinese_calendar.workdays)
    )
    by_year: defaultdict[int, list[Holiday]] = defaultdict(list)
    for run in _day_ranges(off, on):
        by_year[_notice_of(run[0], off[run[0]])].append(_holiday(run, off, on))
    return [
        CalendarYear(
            year=year,
            edition=1,
            notices=(f"国务院办公厅关于{year}年部分节假日安排的通知",),
            taken_from=f"chinesecalendar {version('chinesecalendar')}",
            holiday=tuple(by_year[year]),
        )
        for year in sorted(by_year)
        if year >= first
    ]


def _day_ranges(off: Days, on: Days) -> Iterator[list[date]]:
    """Consecutive days off of one festival; a weekend in between that is not worked joins them."""
    run: list[date] = []
    for day in sorted(off):
        if run and not (off[day] is off[run[-1]] and _rests_between(run[-1], day, on)):
            yield run
            run = []
        run.append(day)
    if run:
        yield run


def _rests_between(before: date, after: date, on: Days) -> bool:
    days = (before + n * _DAY for n in range(1, (after - before).days))
    return all(day.weekday() >= _SATURDAY and day not in on for day in days)


def _notice_of(day: date, festival: Festival) -> int:
    """The year whose notice lists the day: New Year's Day may begin in the December before."""
    begins_early = festival is Festival.NEW_YEARS_DAY and day.month == _DECEMBER
    return day.year + begins_early


def _holiday(run: Sequence[date], off: Days, on: Days) -> Holiday:
    festival = off[run[0]]
    notice = _notice_of(run[0], festival)
    earlier = [
        day
        for day in off
        if day < run[0] and (off[day], _notice_of(day, off[day])) == (festival, notice)
    ]
    worked = (
        []
        if earlier
        else [
            day for day, name in on.items() if (name, _notice_of(day, name)) == (festival, notice)
        ]
    )
    return Holiday(festival=festival, first=run[0], last=run[-1], worked=tuple(sorted(worked)))

"""Every day that two sets of years tell differently."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from shared.clocks.calendar_year import CalendarYear

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Difference:
    """One day, as it was and as it is now."""

    day: date
    year: int
    """Of the notice that gives it."""
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.day} {self.day:%a}: {self.old} -> {self.new}"


def differences(held: Sequence[CalendarYear], found: Sequence[CalendarYear]) -> list[Difference]:
    """In order; a year that only one side has differs on each of its days off and on."""
    old, new = dict(_told(held)), dict(_told(found))
    return [
        Difference(day, (new.get(day) or old[day])[0], _shown(day, old), _shown(day, new))
        for day in sorted(old.keys() | new.keys())
        if _shown(day, old) != _shown(day, new)
    ]


def _told(years: Sequence[CalendarYear]) -> Iterator[tuple[date, tuple[int, str]]]:
    for year in years:
        for holiday in year.holiday:
            for day in holiday.days():
                yield day, (year.year, f"rest day ({holiday.festival.english})")
            for day in holiday.worked:
                yield day, (year.year, f"working day ({holiday.festival.english})")


def _shown(day: date, told: dict[date, tuple[int, str]]) -> str:
    if day in told:
        return told[day][1]
    return "weekend" if day.weekday() >= _SATURDAY else "working day"

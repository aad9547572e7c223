"""Finds every day on which two sets of calendar years differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from shared.clocks.calendar_year import CalendarYear

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Difference:
    """One day, with its old and its new description."""

    day: date
    year: int
    """The year of the notice that lists the day."""
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.day} {self.day:%a}: {self.old} -> {self.new}"


def differences(stored: Sequence[CalendarYear], found: Sequence[CalendarYear]) -> list[Difference]:
    """The differences by day; a year that only one side has differs on every listed day."""
    old, new = dict(_described(stored)), dict(_described(found))
    return [
        Difference(
            day, (new.get(day) or old[day])[0], _description(day, old), _description(day, new)
        )
        for day in sorted(old.keys() | new.keys())
        if _description(day, old) != _description(day, new)
    ]


def _described(years: Sequence[CalendarYear]) -> Iterator[tuple[date, tuple[int, str]]]:
    for year in years:
        for holiday in year.holiday:
            for day in holiday.days():
                yield day, (year.year, f"rest day ({holiday.festival.english})")
            for day in holiday.worked:
                yield day, (year.year, f"working day ({holiday.festival.english})")


def _description(day: date, described: dict[date, tuple[int, str]]) -> str:
    if day in described:
        return described[day][1]
    return "weekend" if day.weekday() >= _SATURDAY else "working day"

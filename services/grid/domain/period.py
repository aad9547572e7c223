"""The weeks and months of which an office reports: days in China."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.times import start_of

_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_FIRST_YEAR, _LAST_YEAR = 1950, 2198
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A week or a month by its name, with its first and last day."""

    name: str
    first: date
    last: date

    @property
    def begins(self) -> datetime:
        """The first moment."""
        return start_of(self.first)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return start_of(self.last + _A_DAY)

    def holds(self, moment: datetime) -> bool:
        """Whether the moment lies in it."""
        return self.begins <= moment < self.ends

    @property
    def following(self) -> "Period":
        """The next one of its kind."""
        of = week_of if "W" in self.name else month_of
        return of(self.last + _A_DAY)


def week(name: str) -> Period:
    """The ISO week `2025-W07`, Monday to Sunday; raises ValueError."""
    matched = _WEEK.fullmatch(name)
    if matched is None or not _FIRST_YEAR <= int(matched[1]) <= _LAST_YEAR:
        raise ValueError("a week is written as 2025-W07")
    monday = date.fromisocalendar(int(matched[1]), int(matched[2]), 1)
    return Period(name, monday, monday + timedelta(days=6))


def month(name: str) -> Period:
    """The month `2025-02`; raises ValueError."""
    matched = _MONTH.fullmatch(name)
    if matched is None or not _FIRST_YEAR <= int(matched[1]) <= _LAST_YEAR:
        raise ValueError("a month is written as 2025-02")
    first = date(int(matched[1]), int(matched[2]), 1)
    return Period(name, first, first.replace(day=monthrange(first.year, first.month)[1]))


def week_of(day: date) -> Period:
    """The week in which a day lies."""
    year, number, _ = day.isocalendar()
    return week(f"{year:04}-W{number:02}")


def month_of(day: date) -> Period:
    """The month in which a day lies."""
    return month(f"{day.year:04}-{day.month:02}")

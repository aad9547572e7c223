"""Working days by arithmetic, without a loop over days: their number up to a day, and the n-th.

Days are ordinals (`date.toordinal`). Outside the published years Monday to Friday are
working days; inside, two arrays hold what the notices change.
"""

import hashlib
import json
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from shared.clocks.calendar_year import CalendarYear, Festival

_WEEK, _WORKED = 7, 5


def _weekdays_through(day: int) -> int:
    """How many Mondays to Fridays there are from 0001-01-01, a Monday, to that day."""
    weeks, rest = divmod(day, _WEEK)
    return weeks * _WORKED + min(rest, _WORKED)


def _nth_weekday(number: int) -> int:
    weeks, rest = divmod(number - 1, _WORKED)
    return weeks * _WEEK + rest + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DayKind:
    """Whether a day is worked, and why."""

    worked: bool
    festival: Festival | None
    """The festival for which it is a day off, or for which it is worked instead."""
    published: bool
    """False if a later notice may still change the day, or no notice for it was read."""


class Calendar:
    """Published years in order and without a gap; an empty calendar is allowed."""

    def __init__(self, years: Sequence[CalendarYear]) -> None:
        """`years` as `read_calendar_years` returns them."""
        self.years = tuple(years)
        self._off = {
            day: each.festival for y in years for each in y.holiday for day in each.days()
        }
        self._on = {day: each.festival for y in years for each in y.holiday for day in each.worked}
        self.version = _version(years, self._off, self._on)
        self.settled_from = date(years[0].year, 1, 1).toordinal() if years else 1
        self.settled_to = date(years[-1].year, 12, 1).toordinal() - 1 if years else 0
        """The last day that no later notice can change: next year's may take days of December."""
        self._last = date(years[-1].year, 12, 31).toordinal() if years else 0
        changed = [day.toordinal() for day in (*self._off, *self._on)]
        self._first = min([self.settled_from, *changed])
        self._before = _weekdays_through(self._first - 1)
        self._through = array("l")
        self._nth = array("l")
        self._fill()
        self._rolled = self._rolled_on()
        self._shift = self._before + len(self._nth) - _weekdays_through(self._last)

    def worked_through(self, day: int) -> int:
        """The number of working days up to and including that day."""
        if day < self._first:
            return _weekdays_through(day)
        if day <= self._last:
            return self._through[day - self._first]
        return _weekdays_through(day) + self._shift

    def nth_worked(self, number: int) -> int:
        """The n-th working day, counted as by `worked_through`."""
        place = number - self._before
        if place <= 0:
            return _nth_weekday(number)
        if place <= len(self._nth):
            return self._nth[place - 1]
        return _nth_weekday(number - self._shift)

    def worked_on_or_after(self, day: int) -> int:
        """The day itself if it is worked, else the next that is."""
        place = day - self._first
        if 0 <= place < len(self._rolled):
            return self._rolled[place]
        return self.nth_worked(self.worked_through(day - 1) + 1)

    def is_settled(self, first: int, last: int) -> bool:
        """Whether no future notice can change a day from the first to the last."""
        return self.settled_from <= first and last <= self.settled_to

    def kind(self, day: date) -> DayKind:
        """Whether the day is worked, and why."""
        ordinal = day.toordinal()
        worked = self.worked_through(ordinal) > self.worked_through(ordinal - 1)
        return DayKind(
            worked=worked,
            festival=self._on.get(day) if worked else self._off.get(day),
            published=self.is_settled(ordinal, ordinal),
        )

    def _fill(self) -> None:
        count = self._before
        for ordinal in range(self._first, self._last + 1):
            if self._is_worked(date.fromordinal(ordinal)):
                count += 1
                self._nth.append(ordinal)
            self._through.append(count)

    def _rolled_on(self) -> "array[int]":
        """For each published day before the last working one, the working day it rolls to."""
        days = range(self._first, self._nth[-1] + 1) if self._nth else ()
        worked = iter(self._nth)
        rolled, upcoming = array("l"), 0
        for day in days:
            upcoming = upcoming if day <= upcoming else next(worked)
            rolled.append(upcoming)
        return rolled

    def _is_worked(self, day: date) -> bool:
        return day in self._on or (day.weekday() < _WORKED and day not in self._off)


def _version(years: Sequence[CalendarYear], off: Iterable[date], on: Iterable[date]) -> str:
    """`cn-2026-1f0e3dad`: the last year, and a digest of the first and every day off and on.

    Two calendars of one version count alike, however their files are written.
    """
    if not years:
        return "cn-none"
    said = [years[0].year, [str(day) for day in sorted(off)], [str(day) for day in sorted(on)]]
    digest = hashlib.sha256(json.dumps(said).encode()).hexdigest()
    return f"cn-{years[-1].year}-{digest[:8]}"

"""The course of a clock: from a start, through its terms, past what is not counted.

A term is counted on from a day, the first from the start day, an extension from the last day of
the term before it.
"""

from datetime import date, datetime, timedelta
from itertools import chain
from typing import NamedTuple

from shared.clocks.calendar import Calendar
from shared.clocks.clock import Clock, Unit
from shared.clocks.pause import Pause, day_spans
from shared.clocks.policy import Policy

_DAY = timedelta(days=1)
Start = date | datetime
"""A day in China, or a moment with a zone."""


class Term(NamedTuple):
    """A stretch of a clock of days."""

    after: date
    """The start day, or the last day of the term before."""
    length: int
    unit: Unit
    last: date

    def looked_at_from(self, end: int) -> int:
        """The first day by which a notice could move the clock's end, an ordinal as `end` is."""
        return min(self.after.toordinal() + 1, end) if self.unit is Unit.WORKING_DAYS else end


class Course(NamedTuple):
    """What a due date is counted from."""

    clock: Clock
    policy: Policy
    calendar: Calendar
    start: Start
    start_day: date
    """The day in China on which it began."""
    length: int
    """Of the first term, in the clock's unit."""
    pauses: tuple[Pause, ...]
    extensions: tuple[int, ...]
    """The days of each."""

    @property
    def begins_after(self) -> date:
        """The day before the first that counts; that of a clock of no length is its own."""
        counts = self.clock.start_day_counts and self.length
        return self.start_day - _DAY if counts else self.start_day

    def terms(self) -> list[Term]:
        """The first term and each extension."""
        extension = self.clock.extension.unit if self.clock.extension else self.clock.unit
        units = chain([self.clock.unit], [extension] * len(self.extensions))
        terms: list[Term] = []
        for unit, length in zip(units, (self.length, *self.extensions), strict=True):
            after = terms[-1].last if terms else self.begins_after
            terms.append(Term(after, length, unit, self._last(after, length, unit)))
        return terms

    def _last(self, after: date, length: int, unit: Unit) -> date:
        """Counted past the paused days; each pause is looked at once."""
        if not length:
            return after
        working = unit is Unit.WORKING_DAYS
        through = self.calendar.worked_through if working else int
        nth = self.calendar.nth_worked if working else int
        began = after.toordinal()
        number = through(began) + length
        for first, end in day_spans(self.pauses):
            if first <= nth(number):
                number += max(through(end - 1) - through(max(first - 1, began)), 0)
        return date.fromordinal(nth(number))

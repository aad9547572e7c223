"""One run of a clock: its start, its terms, and the pauses that are not counted.

The first term counts from the start day, an extension from the last day of the term before it.
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
    """The first term or an extension of a clock that counts days."""

    after: date
    """The start day, or the last day of the term before."""
    length: int
    unit: Unit
    last: date

    def affected_from(self, end: int) -> int:
        """The first day on which a notice could move the clock's end; ordinals."""
        return min(self.after.toordinal() + 1, end) if self.unit is Unit.WORKING_DAYS else end


class ClockRun(NamedTuple):
    """Everything a due date is computed from."""

    clock: Clock
    policy: Policy
    calendar: Calendar
    start: Start
    start_day: date
    """The day of the start in China."""
    length: int
    """Of the first term, in the clock's unit."""
    pauses: tuple[Pause, ...]
    extensions: tuple[int, ...]
    """The days of each."""

    @property
    def begins_after(self) -> date:
        """The day before the first counted day; the start day for a clock without length."""
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
        """The last day, with paused days left out; one pass over the pauses."""
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

"""Computes due dates: the office's is the counted day, the petitioner's rolls past days of rest.

The start day is not counted and the last day ends at 24:00 in China [CC201, CC203]. The earlier
date binds the office and the later one the petitioner: rounding favours the petitioner. Hours run
from the moment itself and are not moved by days of rest.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from shared.clocks.calendar import Calendar
from shared.clocks.clock import AT_ONCE, Clock, Unit
from shared.clocks.clock_refusals import (
    BeyondReckoning,
    ClockRefused,
    HoursNeedAMoment,
    MomentWithoutZone,
)
from shared.clocks.clock_run import ClockRun, Start
from shared.clocks.hours import end_of_hours
from shared.clocks.pause import Pause
from shared.clocks.policy import Policy
from shared.clocks.request_checks import (
    check_pauses_and_extensions,
    length_per_case,
)
from shared.times import china_day, start_of

_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)
_LAST_DAY = date.max.toordinal()
"""The end of this day cannot be represented."""


class Due(NamedTuple):
    """The end of a clock, and the run that it was computed from."""

    run: ClockRun
    due_on: date
    """The office's last day; may be a rest day."""
    due_on_for_petitioner: date
    """The petitioner's last day; never a rest day, for clocks that count days."""
    provisional: bool
    """Whether a future notice of working days may move either date."""
    moment: datetime | None = None
    """The end of a clock that counts hours."""

    @property
    def due_at(self) -> datetime:
        """The first moment after the office's time."""
        return self.moment or start_of(self.due_on + _DAY)

    @property
    def due_at_for_petitioner(self) -> datetime:
        """The first moment after the petitioner's time."""
        return self.moment or start_of(self.due_on_for_petitioner + _DAY)

    @property
    def clock(self) -> Clock:
        return self.run.clock

    @property
    def policy_version(self) -> str:
        """The policy's version, as events state it."""
        return self.run.policy.version

    @property
    def calendar_version(self) -> str:
        """The calendar's version, as events state it; marked if the office's date may still move."""
        mark = "-provisional" if self.provisional_for_office else ""
        return f"{self.run.calendar.version}{mark}"

    @property
    def provisional_for_office(self) -> bool:
        """Whether a future notice of working days may move the office's date."""
        return self.provisional and any(
            term.unit is Unit.WORKING_DAYS and not self._is_settled(term.after, term.last)
            for term in self.run.terms()
        )

    def _is_settled(self, after: date, last: date) -> bool:
        return self.run.calendar.is_settled(after.toordinal() + 1, last.toordinal())


def due_of(
    clock_id: str,
    start: Start,
    *,
    policy: Policy,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[int] = (),
    length: int | None = None,
) -> Due:
    """Compute when a clock is due for the office and for the petitioner.

    `extensions` are days, each counted from the end of the term before; `length` is for a clock
    whose length is set case by case. Raises a ClockRefused whose message says what to do.
    """
    day = day_of(start)
    clock = policy.clock(clock_id, day)
    if length is None and type(clock.length) is int:
        length = clock.length
    else:
        length = length_per_case(clock, length)
    if pauses or extensions:
        check_pauses_and_extensions(clock, pauses, extensions)
    run = ClockRun(clock, policy, calendar, start, day, length, tuple(pauses), tuple(extensions))
    try:
        return _by_the_hour(run) if clock.unit is Unit.HOURS else _by_the_day(run)
    except (ValueError, OverflowError) as reason:
        if isinstance(reason, ClockRefused):
            raise
        raise BeyondReckoning(day) from reason


def day_of(start: Start) -> date:
    """The day in China; raises MomentWithoutZone for a time without an offset."""
    if not isinstance(start, datetime):
        return start
    if start.tzinfo is None:
        raise MomentWithoutZone
    try:
        return china_day(start)
    except OverflowError as reason:
        raise BeyondReckoning(start.date()) from reason


def _by_the_day(run: ClockRun) -> Due:
    calendar = run.calendar
    if run.pauses or run.extensions:
        terms = run.terms()
        last = terms[-1].last.toordinal()
        affected_from = min(term.affected_from(last) for term in terms)
    else:
        affected_from, last = _count_plain(run)
    rolled = calendar.worked_on_or_after(last)
    if rolled >= _LAST_DAY:
        raise BeyondReckoning(run.start_day)
    due_on = date.fromordinal(last)
    rolled_on = due_on if rolled == last else date.fromordinal(rolled)
    return Due(run, due_on, rolled_on, not calendar.is_settled(affected_from, rolled))


def _count_plain(run: ClockRun) -> tuple[int, int]:
    """First and last relevant day without pauses and extensions: the fast path of most clocks."""
    began, calendar = run.begins_after.toordinal(), run.calendar
    if run.clock.unit is Unit.WORKING_DAYS and run.length:
        last = calendar.nth_worked(calendar.worked_through(began) + run.length)
        return began + 1, last
    return began + run.length, began + run.length


def _by_the_hour(run: ClockRun) -> Due:
    day, start, moment = run.start_day, run.start, None
    if isinstance(start, datetime):
        moment = end_of_hours(start, run.length, run.pauses)
        day = max(day, china_day(moment - _INSTANT))
    elif run.clock.length != AT_ONCE:
        raise HoursNeedAMoment(run.clock.id)
    return Due(run, day, day, provisional=False, moment=moment)

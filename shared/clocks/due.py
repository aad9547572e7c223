"""When a clock ends: for the office on the day counted, for the petitioner past days of rest.

The start day is not counted and the last day ends at 24:00 in China [CC201, CC203]. The office is
held to the earlier date and the petitioner to the later one: rounding favours the petitioner.
Hours run from the moment itself and are not moved by days of rest.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from shared.clocks.allowed import (
    length_set_for,
    refuse_what_the_law_does_not_give,
)
from shared.clocks.calendar import Calendar
from shared.clocks.clock import AT_ONCE, Clock, Unit
from shared.clocks.clock_refusals import (
    BeyondReckoning,
    ClockRefused,
    HoursNeedAMoment,
    MomentWithoutZone,
)
from shared.clocks.course import Course, Start
from shared.clocks.hours import end_of_hours
from shared.clocks.pause import Pause
from shared.clocks.policy import Policy
from shared.times import china_day, start_of

_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)
_LAST_DAY = date.max.toordinal()
"""Its end could no longer be written."""


class Due(NamedTuple):
    """The end of a clock, and the course that led to it."""

    course: Course
    due_on: date
    """The office's last day: a rest day too."""
    due_on_for_petitioner: date
    """The petitioner's last day: never a rest day, for clocks of days."""
    provisional: bool
    """Whether a notice that is still to come may move either date."""
    moment: datetime | None = None
    """The end of a clock that does not run to the end of a day."""

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
        """That was counted."""
        return self.course.clock

    @property
    def policy_version(self) -> str:
        """As events tell it."""
        return self.course.policy.version

    @property
    def calendar_version(self) -> str:
        """As events tell it; marked where the office's date may still move."""
        mark = "-provisional" if self.provisional_for_office else ""
        return f"{self.course.calendar.version}{mark}"

    @property
    def provisional_for_office(self) -> bool:
        """Whether a notice that is still to come may move the office's date."""
        return self.provisional and any(
            term.unit is Unit.WORKING_DAYS and not self._is_settled(term.after, term.last)
            for term in self.course.terms()
        )

    def _is_settled(self, after: date, last: date) -> bool:
        return self.course.calendar.is_settled(after.toordinal() + 1, last.toordinal())


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
    """When the clock of that id is due for the office and for the petitioner.

    `extensions` are days, each counted from the end of what was before; `length` is for a clock
    whose length is set case by case. Raises a ClockRefused whose message says what to do.
    """
    day = day_of(start)
    clock = policy.clock(clock_id, day)
    if length is None and type(clock.length) is int:
        length = clock.length
    else:
        length = length_set_for(clock, length)
    if pauses or extensions:
        refuse_what_the_law_does_not_give(clock, pauses, extensions)
    course = Course(clock, policy, calendar, start, day, length, tuple(pauses), tuple(extensions))
    try:
        return _by_the_hour(course) if clock.unit is Unit.HOURS else _by_the_day(course)
    except (ValueError, OverflowError) as reason:
        if isinstance(reason, ClockRefused):
            raise
        raise BeyondReckoning(day) from reason


def day_of(start: Start) -> date:
    """The day in China; MomentWithoutZone for a time that could be any of several."""
    if not isinstance(start, datetime):
        return start
    if start.tzinfo is None:
        raise MomentWithoutZone
    try:
        return china_day(start)
    except OverflowError as reason:
        raise BeyondReckoning(start.date()) from reason


def _by_the_day(course: Course) -> Due:
    calendar = course.calendar
    if course.pauses or course.extensions:
        terms = course.terms()
        last = terms[-1].last.toordinal()
        looked_from = min(term.looked_at_from(last) for term in terms)
    else:
        looked_from, last = _counted_straight(course)
    rolled = calendar.worked_on_or_after(last)
    if rolled >= _LAST_DAY:
        raise BeyondReckoning(course.start_day)
    due_on = date.fromordinal(last)
    rolled_on = due_on if rolled == last else date.fromordinal(rolled)
    return Due(course, due_on, rolled_on, not calendar.is_settled(looked_from, rolled))


def _counted_straight(course: Course) -> tuple[int, int]:
    """The first and last day that matter where nothing pauses or extends: by far most clocks."""
    began, calendar = course.begins_after.toordinal(), course.calendar
    if course.clock.unit is Unit.WORKING_DAYS and course.length:
        last = calendar.nth_worked(calendar.worked_through(began) + course.length)
        return began + 1, last
    return began + course.length, began + course.length


def _by_the_hour(course: Course) -> Due:
    day, start, moment = course.start_day, course.start, None
    if isinstance(start, datetime):
        moment = end_of_hours(start, course.length, course.pauses)
        day = max(day, china_day(moment - _INSTANT))
    elif course.clock.length != AT_ONCE:
        raise HoursNeedAMoment(course.clock.id)
    return Due(course, day, day, provisional=False, moment=moment)

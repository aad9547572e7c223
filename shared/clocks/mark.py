"""Warning marks: the days before the office's last one on which it is to be reminded."""

from datetime import date, timedelta
from typing import NamedTuple

from shared.clocks.due import Due


class Mark(NamedTuple):
    """T-7 is the seventh day before the office's last one, by the calendar on the wall."""

    days_before: int
    on: date


def marks_of(due: Due) -> list[Mark]:
    """The earliest first; marks that would lie before the start day fall away."""
    found = (
        Mark(days, due.due_on - timedelta(days=days))
        for days in sorted(set(due.clock.marks), reverse=True)
        if days <= (due.due_on - due.course.start_day).days
    )
    return list(found)

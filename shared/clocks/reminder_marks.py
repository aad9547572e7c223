"""Reminder marks: days before the office's last day on which the office is reminded."""

from datetime import date, timedelta
from typing import NamedTuple

from shared.clocks.due import Due


class Mark(NamedTuple):
    """T-7 is the seventh calendar day before the office's last day."""

    days_before: int
    on: date


def marks_of(due: Due) -> list[Mark]:
    """The marks, earliest first, without those before the start day."""
    found = (
        Mark(days, due.due_on - timedelta(days=days))
        for days in sorted(set(due.clock.marks), reverse=True)
        if days <= (due.due_on - due.run.start_day).days
    )
    return list(found)

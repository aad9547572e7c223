"""Formats start and end for display in China's time: a day, or a day and a time."""

from datetime import datetime

from shared.clocks.clock import Unit
from shared.clocks.due import Due
from shared.times import CHINA


def format_start(due: Due) -> str:
    """Day and time for a clock of hours that starts at a moment, else the day."""
    if isinstance(due.run.start, datetime) and due.clock.unit is Unit.HOURS:
        return _format(due.run.start)
    return str(due.run.start_day)


def format_end(due: Due) -> str:
    """Day and time for a clock of hours, else the day."""
    return str(due.due_on) if due.moment is None else _format(due.moment)


def _format(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"

"""Start and end as people in China read them: a day, or a day and a time."""

from datetime import datetime

from shared.clocks.clock import Unit
from shared.clocks.due import Due
from shared.times import CHINA


def start_shown(due: Due) -> str:
    """The moment where hours are counted from it, else the day."""
    if isinstance(due.course.start, datetime) and due.clock.unit is Unit.HOURS:
        return _shown(due.course.start)
    return str(due.course.start_day)


def end_shown(due: Due) -> str:
    """The moment of a clock of hours, or the day where none is known."""
    return str(due.due_on) if due.moment is None else _shown(due.moment)


def _shown(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"

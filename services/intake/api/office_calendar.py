"""The published calendar of working days, with the make-up days that weekends give back."""

from datetime import date
from importlib.metadata import version

import chinese_calendar

from services.intake.domain.clock_policy import Calendar


def _is_working(day: date) -> bool | None:
    """None for years whose holidays are not published yet, as far as the package knows."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # the package's word for a year that is not published
        return None


OFFICE_CALENDAR = Calendar(
    version=f"chinesecalendar-{version('chinesecalendar')}", working=_is_working
)

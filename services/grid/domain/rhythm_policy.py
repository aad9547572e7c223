"""By when a weekly report and a monthly assessment are due: policy data of grid."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.grid.domain.period import Period
from shared.clocks.calendar import Calendar
from shared.times import start_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RhythmPolicy:
    """How many working days after a period its report is due; a change is a new version."""

    version: str
    weekly_report: int
    assessment: int

    def week_due(self, week: Period, calendar: Calendar) -> datetime:
        """By when the report of a week is due."""
        return _due(week, self.weekly_report, calendar)

    def month_due(self, month: Period, calendar: Calendar) -> datetime:
        """By when the assessment of a month is due."""
        return _due(month, self.assessment, calendar)


def _due(period: Period, working_days: int, calendar: Calendar) -> datetime:
    """The end of that working day after the period, by the calendar of days off and make-up days."""
    number = calendar.worked_through(period.last.toordinal()) + working_days
    day = date.fromordinal(calendar.nth_worked(number))
    return start_of(day + timedelta(days=1))


RHYTHM = RhythmPolicy(version="rhythm.1-placeholder", weekly_report=1, assessment=5)
"""每周一上报、每月一研判.

A placeholder: a township's work summary has the words and no days. A week's report is due on the
first working day after it, which is a Monday where nobody is off, and a month's assessment on the
fifth.
"""

"""Periods as people ask for them, in days of China.

`2025`, `2025-Q3`, `2025-03`, `2025-W07` (ISO week), `2025-03-04`, `A..B` (days, both included)
or `all`.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from shared.refusals import Refusal

_WEEK = timedelta(days=6)


class PeriodNotRead(Refusal):
    """A period is a year (2025), a quarter (2025-Q3), a month (2025-03), an ISO week (2025-W07),
    a day (2025-03-04), two days (2025-03-04..2025-05-01) or all.
    """

    status = 422
    title = "That is no period"


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included."""

    text: str
    start: date
    end: date

    @classmethod
    def parse(cls, text: str) -> "Period":
        """The period that a person wrote; raises PeriodNotRead."""
        for pattern, read in _FORMS:
            if matched := pattern.fullmatch(text):
                try:
                    start, end = read(*matched.groups())
                except (ValueError, OverflowError):
                    break
                if start <= end:
                    return cls(text, start, end)
        raise PeriodNotRead

    def until(self, day: date) -> "Period | None":
        """The part that is over by the end of that day, if any is."""
        if day < self.start:
            return None
        return replace(self, end=min(self.end, day))

    def year_before(self) -> "Period | None":
        """The same period a year earlier; none for `all` and for a week that year did not have."""
        if self.text == ALL:
            return None
        try:
            start, end = self._a_year_earlier()
        except ValueError:
            return None
        return replace(self, start=start, end=end)

    def _a_year_earlier(self) -> tuple[date, date]:
        if "W" in self.text:
            year, week, _ = self.start.isocalendar()
            start = date.fromisocalendar(year - 1, week, 1)
            return start, start + (self.end - self.start)
        start = _same_day(self.start, self.start.year - 1)
        if self.start == self.end:
            return start, start
        return start, _same_last_day(self.end, self.end.year - 1)


ALL = "all"


def _same_day(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def _same_last_day(day: date, year: int) -> date:
    """The last of a February stays the last, so that whole months are compared."""
    last = monthrange(year, day.month)[1]
    if day.day == monthrange(day.year, day.month)[1]:
        return day.replace(year=year, day=last)
    return _same_day(day, year)


def _year(year: str) -> tuple[date, date]:
    return date(int(year), 1, 1), date(int(year), 12, 31)


def _quarter(year: str, quarter: str) -> tuple[date, date]:
    last = 3 * int(quarter)
    return date(int(year), last - 2, 1), _month(year, str(last))[1]


def _month(year: str, month: str) -> tuple[date, date]:
    start = date(int(year), int(month), 1)
    return start, start.replace(day=monthrange(start.year, start.month)[1])


def _week(year: str, week: str) -> tuple[date, date]:
    start = date.fromisocalendar(int(year), int(week), 1)
    return start, start + _WEEK


def _days(first: str, last: str) -> tuple[date, date]:
    return date.fromisoformat(first), date.fromisoformat(last)


_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_FORMS: tuple[tuple[re.Pattern[str], Callable[..., tuple[date, date]]], ...] = (
    (re.compile("([0-9]{4})"), _year),
    (re.compile("([0-9]{4})-Q([1-4])"), _quarter),
    (re.compile("([0-9]{4})-([0-9]{2})"), _month),
    (re.compile("([0-9]{4})-W([0-9]{2})"), _week),
    (re.compile(f"({_DAY})"), lambda day: _days(day, day)),
    (re.compile(rf"({_DAY})\.\.({_DAY})"), _days),
    (re.compile(ALL), lambda: (date.min, date.max)),
)

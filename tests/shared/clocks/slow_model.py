"""The obvious way to count: one day after the other. It shares no code with the product.

Working days are those of the chinesecalendar package itself, not of our files.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

import chinese_calendar

DAY = timedelta(days=1)
LAST_PUBLISHED = max(chinese_calendar.holidays).year
FIRST_HELD = 2010


def look_up(day: date) -> bool:
    if FIRST_HELD <= day.year <= LAST_PUBLISHED:
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5


is_worked = cache(look_up)


@cache
def may_change(day: date) -> bool:
    """The next year's notice may take days of December."""
    return day.year < FIRST_HELD or day >= date(LAST_PUBLISHED, 12, 1)


def count(
    start: date,
    length: int,
    *,
    working: bool,
    start_counts: bool = False,
    is_worked: Callable[[date], bool] = is_worked,
) -> tuple[date, date, bool]:
    """The office's last day, the petitioner's, and whether either may still change."""
    day, left, doubtful = start, length, False
    if start_counts and length:
        day -= DAY
    while left:
        day += DAY
        doubtful = doubtful or (working and may_change(day))
        if not working or is_worked(day):
            left -= 1
    rolled = day
    while not is_worked(rolled):
        doubtful = doubtful or may_change(rolled)
        rolled += DAY
    return day, rolled, doubtful or may_change(rolled)

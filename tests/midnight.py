"""Today's day, which real parts take from the wall clock, and tests that must not see it end."""

import time
from datetime import UTC, date, datetime, timedelta

from shared.times import china_day, start_of

ENOUGH = timedelta(seconds=20)
"""What a test takes that states a day and expects it in an answer."""


def today() -> date:
    """Asked for where it is needed: a file may be imported many minutes before its tests run."""
    return china_day(datetime.now(UTC))


def left_of_the_day(now: datetime) -> timedelta:
    """What is left of China's day if that is less than a test may need, else nothing."""
    left = start_of(china_day(now) + timedelta(days=1)) - now
    return left if left < ENOUGH else timedelta(0)


def wait_out_midnight() -> None:
    """Return when China's day stays the same for long enough."""
    left = left_of_the_day(datetime.now(UTC))
    if left:
        time.sleep(left.total_seconds() + 0.1)

"""Compares the wall clock with the time since the machine started, which nobody can set.

The wall clock is what people and daemons set, and what stamps events. The time since the start
(`CLOCK_BOOTTIME` where there is one, which goes on while a machine sleeps) only ever passes. Both
are taken down together while the wall clock is believed; later the one tells what the other should
say.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from shared.times import CLOCKS_MAY_DIFFER

_MOST = CLOCKS_MAY_DIFFER.total_seconds()
_CORRECTION = 500e-6
"""How fast a wall clock may be corrected without being doubted: as much as NTP adjusts one."""

_PASSING = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)

Seconds = Callable[[], float]


def since_start() -> float:
    """Seconds since the machine started, with those during which it slept."""
    return time.clock_gettime(_PASSING)


class WallClock:
    """The time by a wall clock that was believed at one moment, and how far it is off since."""

    def __init__(self, wall: Seconds = time.time, passed: Seconds = since_start) -> None:
        """Believe the wall clock as it is now."""
        self._wall = wall
        self._passed = passed
        self.believe()

    def believe(self) -> None:
        """Take the wall clock as right."""
        self._said, self._at = self._wall(), self._passed()

    def wall(self) -> datetime:
        """What the wall clock says."""
        return datetime.fromtimestamp(self._wall(), UTC)

    def now(self) -> datetime:
        """What the wall clock would say, had nobody set it since it was believed."""
        return datetime.fromtimestamp(self._said + self._passed() - self._at, UTC)

    def apart(self) -> timedelta:
        """How far the wall clock is ahead of that; corrections that add up slowly are followed."""
        return timedelta(seconds=self._off())

    def is_right(self) -> bool:
        """Whether it is no further from that than two right clocks may be."""
        return abs(self._off()) <= _MOST

    def _off(self) -> float:
        passed = self._passed()
        expected = self._said + passed - self._at
        off = self._wall() - expected
        if abs(off) <= _MOST:
            most = (passed - self._at) * _CORRECTION
            self._said, self._at = expected + max(-most, min(off, most)), passed
        return off

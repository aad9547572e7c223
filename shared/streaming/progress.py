"""A consumer's progress: how far it has read, and since when it has not moved."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from faust.types.tuples import TP

from shared.metrics import CONSUMER_LAG_EVENTS, PROJECTION_AGE_SECONDS


class Progress:
    """Positions of the assigned partitions, for the watchdog and the metrics."""

    def __init__(self, service: str, source: str) -> None:
        self._lag = CONSUMER_LAG_EVENTS.labels(service, source)
        self._age = PROJECTION_AGE_SECONDS.labels(service, source)
        self._next: dict[TP, int] = {}
        self._moved: dict[TP, float] = {}
        # from the start, so that the age also grows for a worker that never consumes anything
        self._newest = datetime.now(UTC)
        self.lag = 0

    def consumed(self, tp: TP, next_offset: int, newest: datetime | None) -> None:
        """The partition was consumed up to here; `newest` is when its last event was recorded."""
        self._next[tp] = next_offset
        self._moved[tp] = time.monotonic()
        self._newest = newest or self._newest

    def set_back(self, tp: TP, next_offset: int) -> None:
        """The partition is read again from here: what follows counts as lag at once."""
        self._next[tp] = next_offset
        self._moved[tp] = time.monotonic()

    def revoked(self, tp: TP) -> None:
        """The partition is no longer assigned."""
        self._next.pop(tp, None)
        self._moved.pop(tp, None)

    def measure(
        self, ends: Mapping[TP, int], began_at: Callable[[TP], int | None], *, excused: bool
    ) -> dict[TP, float]:
        """Set the gauges; returns the seconds since each partition that is behind has moved.

        The time is not counted while `excused`: Kafka or the database is known to be away.
        """
        now = time.monotonic()
        behind = {}
        for tp, end in ends.items():
            lag = end - self._next.get(tp, began_at(tp) or 0)
            if lag > 0:
                behind[tp] = lag
            if lag <= 0 or excused:
                self._moved[tp] = now
        self.lag = sum(behind.values())
        self._lag.set(self.lag)
        self._age.set(self._seconds_old() if behind else 0)
        return {tp: now - self._moved.setdefault(tp, now) for tp in behind}

    def _seconds_old(self) -> float:
        return max(0.0, (datetime.now(UTC) - self._newest).total_seconds())

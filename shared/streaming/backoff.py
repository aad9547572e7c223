"""Waits for Kafka or the database: the same attempt again, after growing pauses."""

import asyncio
import random
import time

import structlog

from shared.broker import BrokerAway

_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0
_SAY_SECONDS = 10.0

log = structlog.get_logger()


class Backoff:
    """Pauses after faults that a restart would not fix; logs every ten seconds."""

    def __init__(self, waiting_for: str) -> None:
        self.what = waiting_for
        self._pause = _FIRST_PAUSE
        self._said = -_SAY_SECONDS
        self.waits = False

    async def wait(self, fault: Exception) -> None:
        """Pause before the next attempt."""
        now = time.monotonic()
        self.waits = True
        if now - self._said >= _SAY_SECONDS:
            self._said = now
            log.warning("waiting", what=self.what, why=_reason(fault))
        await asyncio.sleep(self._pause * random.uniform(0.5, 1.0))  # noqa: S311  not a secret
        self._pause = min(self._pause * 2, _LONGEST_PAUSE)

    def over(self) -> bool:
        """Reset after a successful attempt; returns whether anything was waited for."""
        waited, self.waits = self.waits, False
        self._pause = _FIRST_PAUSE
        if waited:
            log.info("going on", what=self.what)
        return waited


def _reason(fault: Exception) -> str:
    """Only our own text: a library's message may hold data that must not be logged."""
    return str(fault) if isinstance(fault, BrokerAway) else type(fault).__name__

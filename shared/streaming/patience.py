"""Waiting for an absent part: the same attempt again, after pauses that grow."""

import asyncio
import random
import time

import structlog

from shared.broker import BrokerAway

_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0
_SAY_SECONDS = 10.0

log = structlog.get_logger()


class Patience:
    """Waits out faults that a restart would not mend; says so now and then."""

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
        """The attempt went well; gives whether there had been anything to wait for."""
        waited, self.waits = self.waits, False
        self._pause = _FIRST_PAUSE
        if waited:
            log.info("going on", what=self.what)
        return waited


def _reason(fault: Exception) -> str:
    """Our own words; a library's may hold what does not belong into a log."""
    return str(fault) if isinstance(fault, BrokerAway) else type(fault).__name__

"""Patience with processes that are starting: it lasts as long as they work.

A machine that is busy with other things may give them a tenth of a core, so a time on the wall says
nothing. What counts against them is only the time in which none of them computes, waits for its
turn to compute, or waits for a disk.
"""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

import psutil

QUIET_SECONDS = 90.0
COMPUTING_SECONDS = 300.0
_AT_WORK = "RD"
_WORKING_SHARE = 0.2
"""Of a core: what only looks around now and then takes less."""


class Patience:
    """Asked again and again; says at last why there is no more."""

    def __init__(
        self, quiet: float = QUIET_SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`quiet`: seconds in which none of them works, until they are given up."""
        self._most = quiet
        self._clock = clock
        self._asked_at = self._began = clock()
        self._quiet = 0.0
        self._spent: dict[int, float] = {}
        self.computed = 0.0
        """Seconds of a core that they have used since they are waited for."""

    @property
    def waited(self) -> float:
        """Seconds on the wall."""
        return self._clock() - self._began

    def is_over(self, pids: Iterable[int]) -> str | None:
        """Why these processes, with all that they started, are no more waited for; else None."""
        family = [each for pid in pids for each in _family(pid)]
        now, computed = self._clock(), self._computed_by(family)
        passed, self._asked_at = now - self._asked_at, now
        self.computed += computed
        at_work = computed > _WORKING_SHARE * passed or any(map(_is_at_work, family))
        self._quiet += 0 if at_work else passed
        if self._quiet > self._most:
            return f"did nothing for {self._most:.0f} seconds and was not ready"
        if self.computed > COMPUTING_SECONDS:
            return f"was not ready after {self.computed:.0f} seconds of computing"
        return None

    def _computed_by(self, family: list[psutil.Process]) -> float:
        before, self._spent = self._spent, {each.pid: _spent_by(each) for each in family}
        return sum(max(0.0, now - before.get(pid, now)) for pid, now in self._spent.items())


def _family(pid: int) -> list[psutil.Process]:
    try:
        first = psutil.Process(pid)
        return [first, *first.children(recursive=True)]
    except psutil.Error:
        return []


def _spent_by(process: psutil.Process) -> float:
    try:
        spent = process.cpu_times()
    except psutil.Error:
        return 0.0
    return float(spent.user + spent.system)


def _is_at_work(process: psutil.Process) -> bool:
    """Whether one of its threads computes, waits for its turn, or waits for a disk."""
    for thread in Path(f"/proc/{process.pid}/task").glob("*/stat"):
        try:
            state = thread.read_text(encoding="utf-8", errors="replace").rpartition(")")[2][1]
        except (OSError, IndexError):
            continue  # it has ended meanwhile
        if state in _AT_WORK:
            return True
    return False

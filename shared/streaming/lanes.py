"""Chunks of different partitions under way at once, those of one partition in their order.

While the database works on one chunk, Python works on another. A ledger is in one partition, so
what they write are different rows; one that is found in two by mistake waits for its inbox row.
"""

from asyncio import Lock, Semaphore, TaskGroup
from collections import defaultdict
from collections.abc import Callable, Coroutine

from faust.types.tuples import TP

AT_ONCE = 2
"""One is Python's and one is the database's; each takes a connection."""
_TAKEN = 2 * AT_ONCE
"""So that what waits behind a chunk of its own partition keeps no other from its turn."""

Work = Callable[[], Coroutine[None, None, None]]


class Lanes:
    """Runs work in a task group, at most `AT_ONCE` at a time."""

    def __init__(self, group: TaskGroup) -> None:
        self._group = group
        self._taken = Semaphore(_TAKEN)
        self._free = Semaphore(AT_ONCE)
        self._order: dict[TP, Lock] = defaultdict(Lock)

    async def take(self, tp: TP, work: Work) -> None:
        """Take work on a partition, to begin when its turn comes; waits while much is taken."""
        await self._taken.acquire()
        self._group.create_task(self._run(tp, work))

    async def _run(self, tp: TP, work: Work) -> None:
        try:
            async with self._order[tp], self._free:
                await work()
        finally:
            self._taken.release()

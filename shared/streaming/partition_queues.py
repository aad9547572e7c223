"""Runs chunks of different partitions concurrently, those of one partition in order.

While the database works on one chunk, Python works on another. A ledger is in one partition, so
concurrent chunks write different rows; a ledger that is in two by mistake waits for its inbox row.
"""

from asyncio import Lock, Semaphore, TaskGroup
from collections import defaultdict
from collections.abc import Callable, Coroutine

from faust.types.tuples import TP

AT_ONCE = 2
"""One in Python and one in the database; each takes a connection."""
_TAKEN = 2 * AT_ONCE
"""So that a chunk that waits for its own partition does not block the others."""

Work = Callable[[], Coroutine[None, None, None]]


class PartitionQueues:
    """Runs work in a task group, at most `AT_ONCE` at a time, in order for each partition."""

    def __init__(self, group: TaskGroup) -> None:
        self._group = group
        self._taken = Semaphore(_TAKEN)
        self._free = Semaphore(AT_ONCE)
        self._order: dict[TP, Lock] = defaultdict(Lock)

    async def take(self, tp: TP, work: Work) -> None:
        """Queue work on a partition; waits while the queue is full."""
        await self._taken.acquire()
        self._group.create_task(self._run(tp, work))

    async def _run(self, tp: TP, work: Work) -> None:
        try:
            async with self._order[tp], self._free:
                await work()
        finally:
            self._taken.release()

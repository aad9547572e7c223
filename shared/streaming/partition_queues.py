"""Runs chunks of different partitions concurrently, those of one partition in order.

While the database works on one chunk, Python works on another. A ledger is in one partition, so
concurrent chunks write different rows; a ledger that is in two by mistake waits for its inbox row.
"""

import asyncio
from asyncio import Semaphore, Task, TaskGroup
from collections.abc import Callable, Collection, Coroutine

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
        self._last: dict[TP, Task[None]] = {}

    async def take(self, tps: Collection[TP], work: Work) -> None:
        """Queue work on some partitions; waits while the queue is full."""
        await self._taken.acquire()
        before = {self._last[tp] for tp in tps if tp in self._last}
        task = self._group.create_task(self._run(before, work))
        self._last.update(dict.fromkeys(tps, task))

    async def _run(self, before: Collection[Task[None]], work: Work) -> None:
        try:
            if before:
                await asyncio.wait(before)
            async with self._free:
                await work()
        finally:
            self._taken.release()

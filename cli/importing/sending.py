"""Batches on their way: the next is read and sent while the door works on the one before."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator

from cli.importing.batches import Batch
from cli.importing.door import Answer, ImportDoor

IN_FLIGHT = 2

Told = Callable[[Batch, Answer], None]


async def send_all(batches: Iterator[Batch], door: ImportDoor, told: Told) -> None:
    """Every batch's answer is told in the order of the batches."""
    under_way: deque[tuple[Batch, asyncio.Task[Answer]]] = deque()
    try:
        # read in a thread, so that reading does not stop what is being sent
        while (batch := await asyncio.to_thread(next, batches, None)) is not None:
            if len(under_way) == IN_FLIGHT:
                await _tell_first(under_way, told)
            under_way.append((batch, asyncio.create_task(door.send(batch))))
        while under_way:
            await _tell_first(under_way, told)
    finally:
        for _, task in under_way:
            task.cancel()
        await asyncio.gather(*(task for _, task in under_way), return_exceptions=True)


async def _tell_first(under_way: deque[tuple[Batch, asyncio.Task[Answer]]], told: Told) -> None:
    batch, task = under_way[0]
    told(batch, await task)
    under_way.popleft()

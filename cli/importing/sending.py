"""Sends batches: the next is read and sent while the API works on the one before."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator

from cli.importing.batches import Batch
from cli.importing.import_api import Answer, ImportApi

IN_FLIGHT = 2

OnAnswer = Callable[[Batch, Answer], None]


async def send_all(batches: Iterator[Batch], api: ImportApi, on_answer: OnAnswer) -> None:
    """Reports every batch's answer in the order of the batches."""
    under_way: deque[tuple[Batch, asyncio.Task[Answer]]] = deque()
    try:
        # read in a thread, so that reading does not stop what is being sent
        while (batch := await asyncio.to_thread(next, batches, None)) is not None:
            if len(under_way) == IN_FLIGHT:
                await _await_first(under_way, on_answer)
            under_way.append((batch, asyncio.create_task(api.send(batch))))
        while under_way:
            await _await_first(under_way, on_answer)
    finally:
        for _, task in under_way:
            task.cancel()
        await asyncio.gather(*(task for _, task in under_way), return_exceptions=True)


async def _await_first(
    under_way: deque[tuple[Batch, asyncio.Task[Answer]]], on_answer: OnAnswer
) -> None:
    batch, task = under_way[0]
    on_answer(batch, await task)
    under_way.popleft()

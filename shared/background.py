"""Background loops that run in the same process as an API, for as long as the API does."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import structlog

from shared.faults import describe_fault

_CANCEL_AGAIN_SECONDS = 5.0

log = structlog.get_logger()


def end_the_process() -> None:
    """Stop gracefully, as a supervisor would; the supervisor then starts the process again."""
    signal.raise_signal(signal.SIGTERM)


def is_ending() -> bool:
    """Whether the running task was cancelled.

    A loop that waits out faults of the database has to ask: a statement that is cancelled may end
    with such a fault, and the cancellation is not raised again.
    """
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def end(task: "asyncio.Task[Any]") -> None:
    """Cancel a task until it has ended; its outcome is not raised.

    More than once, because a cancellation that meets the end of a statement may be swallowed
    (`asyncio.wait_for` until Python 3.11), and a loop around the statement goes on.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=_CANCEL_AGAIN_SECONDS)


class Background:
    """Runs a loop that never ends by itself: an end is a fault, and ends the process."""

    def __init__(
        self,
        name: str,
        work: Callable[[], Coroutine[Any, Any, None]],
        *,
        on_fault: Callable[[], None] = end_the_process,
    ) -> None:
        """`work` runs until it is cancelled; `on_fault` is called if an exception ends it."""
        self._name = name
        self._work = work
        self._on_fault = on_fault
        self._task: asyncio.Task[None] | None = None

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run the loop within the context."""
        self._task = asyncio.create_task(self._work())
        self._task.add_done_callback(self._report_fault)
        try:
            yield
        finally:
            await end(self._task)

    async def check(self) -> str | None:
        """For readiness: why the loop does not run, or None."""
        return "has ended" if self._task is None or self._task.done() else None

    def _report_fault(self, task: "asyncio.Task[None]") -> None:
        fault = None if task.cancelled() else task.exception()
        if fault is not None:
            log.critical("a loop has ended", loop=self._name, **describe_fault(fault))
            self._on_fault()

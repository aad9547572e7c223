"""A loop that runs beside an API in the same process, for as long as the API does."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import structlog

from shared.faults import describe_fault

log = structlog.get_logger()


def end_the_process() -> None:
    """As a supervisor would: what is under way is answered first, and then it is started anew."""
    signal.raise_signal(signal.SIGTERM)


class Background:
    """A loop waits out whatever can be waited for: when it has ended, something is broken."""

    def __init__(
        self,
        name: str,
        work: Callable[[], Coroutine[Any, Any, None]],
        *,
        on_fault: Callable[[], None] = end_the_process,
    ) -> None:
        """`work` goes on until it is cancelled; `on_fault` is called when a fault ends it."""
        self._name = name
        self._work = work
        self._on_fault = on_fault
        self._task: asyncio.Task[None] | None = None

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run it meanwhile."""
        self._task = asyncio.create_task(self._work())
        self._task.add_done_callback(self._tell_of_a_fault)
        try:
            yield
        finally:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def check(self) -> str | None:
        """What readiness has to say of it."""
        return "has ended" if self._task is None or self._task.done() else None

    def _tell_of_a_fault(self, task: "asyncio.Task[None]") -> None:
        fault = None if task.cancelled() else task.exception()
        if fault is not None:
            log.critical("a loop has ended", loop=self._name, **describe_fault(fault))
            self._on_fault()

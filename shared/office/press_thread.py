"""Prints outside the event loop, one job at a time: a press is not thread-safe."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from shared.http.refusals import TooBusy
from shared.papers import Press

T = TypeVar("T")
_MOST_WAITING = 16
"""Jobs at a time, the one that is printed included; of the largest, each takes some seconds."""


class PressThread:
    """A press in a thread of its own; created with the first paper."""

    def __init__(self, faces: Path | None = None) -> None:
        """`faces` is a folder of typefaces; raises FileNotFoundError if it does not exist."""
        if faces is not None and not faces.is_dir():
            raise FileNotFoundError(faces)
        self._faces = faces
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="printer")
        self._press: Press | None = None
        self._jobs: set[asyncio.Future[Any]] = set()

    async def run(self, work: Callable[[Press], T]) -> T:
        """Run `work` with the press and return its result; raises TooBusy if many are waiting."""
        if len(self._jobs) >= _MOST_WAITING:
            raise TooBusy
        job = asyncio.get_running_loop().run_in_executor(self._thread, lambda: work(self._ready()))
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)
        # a job that was begun is finished, also when nobody waits for it any more
        return await asyncio.shield(job)

    def _ready(self) -> Press:
        if self._press is None:
            self._press = Press(self._faces)
        return self._press

"""Prints outside the event loop, one paper at a time: a press is not thread-safe."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from shared.papers import Press

T = TypeVar("T")


class PressThread:
    """A press in a thread of its own; created with the first paper."""

    def __init__(self, faces: Path | None = None) -> None:
        """`faces` is a folder of typefaces; raises FileNotFoundError if it does not exist."""
        if faces is not None and not faces.is_dir():
            raise FileNotFoundError(faces)
        self._faces = faces
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="printer")
        self._press: Press | None = None

    async def run(self, work: Callable[[Press], T]) -> T:
        """Run `work` with the press and return its result."""
        return await asyncio.get_running_loop().run_in_executor(
            self._thread, lambda: work(self._ready())
        )

    def _ready(self) -> Press:
        if self._press is None:
            self._press = Press(self._faces)
        return self._press

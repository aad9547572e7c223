"""Reads what the processes said, all of it or as it comes."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO


def last_lines(file: Path, count: int) -> list[str]:
    """The end of a log, without reading the whole of it; a log that is not there is empty."""
    if not file.exists():
        return []
    with file.open("rb") as log:
        size = log.seek(0, 2)
        reach = 64 * 1024
        while True:
            start = max(0, size - reach)
            log.seek(start)
            lines = log.read().decode(errors="replace").splitlines()
            if start == 0 or len(lines) > count:
                return lines[-count:] if count else []
            reach *= 4


class Follower:
    """Gives a log's new lines, also after it was rotated away."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._open: TextIO | None = None
        self._reopen(at_end=True)

    def close(self) -> None:
        """Lets go of the file."""
        if self._open is not None:
            self._open.close()

    def _reopen(self, *, at_end: bool) -> None:
        self.close()
        if self._file.exists():
            self._open = self._file.open(encoding="utf-8", errors="replace")
            self._open.seek(0, 2 if at_end else 0)

    def new_lines(self) -> Iterator[str]:
        """What was written since the last call."""
        if self._open is not None:
            yield from (line.rstrip("\n") for line in self._open)
        if self._was_replaced():
            self._reopen(at_end=False)

    def _was_replaced(self) -> bool:
        if not self._file.exists():
            return False
        return self._open is None or (
            self._file.stat().st_ino != os.fstat(self._open.fileno()).st_ino
        )


Show = Callable[[str, str], None]


def follow(files: dict[str, Path], show: Show, pause: float = 0.2) -> None:
    """Shows new lines of all these logs until interrupted."""
    followers = {name: Follower(file) for name, file in files.items()}
    while True:
        for name, follower in followers.items():
            for line in follower.new_lines():
                show(name, line)
        time.sleep(pause)

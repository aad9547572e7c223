"""How far a rebuild is: a bar on a terminal, a line now and then elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

_SAY_SECONDS = 2.0


class Telling(Protocol):
    """What a rebuild tells while it goes on."""

    def step(self, name: str) -> None:
        """What is done from now on."""

    def reached(self, read: int, total: int) -> None:
        """So many of the topic's messages are read, as its high watermarks count them."""


class InSilence:
    """For whoever does not want to know."""

    def step(self, name: str) -> None:
        """Say nothing."""

    def reached(self, read: int, total: int) -> None:
        """Say nothing."""


@contextmanager
def telling(view: str) -> Iterator[Telling]:
    """For a person at a terminal, or for a file."""
    console = Console()
    if not console.is_terminal:
        yield _Lines(view)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TextColumn("{task.fields[rate]}"), console=console) as bar:
        yield _Bar(view, bar)


class _Rate:
    """Messages a second since the beginning."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def of(self, read: int) -> str:
        seconds = max(time.monotonic() - self._began, 0.001)
        return f"{read / seconds:,.0f} events/s"


class _Lines:
    def __init__(self, view: str) -> None:
        self._view = view
        self._rate = _Rate()
        self._said_at, self._said = 0.0, (-1, -1)

    def step(self, name: str) -> None:
        _line(f"{self._view}: {name}")

    def reached(self, read: int, total: int) -> None:
        late = read >= total or time.monotonic() - self._said_at >= _SAY_SECONDS
        if read and late and (read, total) != self._said:
            self._said_at, self._said = time.monotonic(), (read, total)
            _line(f"{self._view}: {read:,} of {total:,} events read, {self._rate.of(read)}")


class _Bar:
    def __init__(self, view: str, bar: Progress) -> None:
        self._view, self._bar = view, bar
        self._rate = _Rate()
        self._task = bar.add_task(view, total=None, rate="")

    def step(self, name: str) -> None:
        self._bar.update(self._task, description=f"{self._view}: {name}")

    def reached(self, read: int, total: int) -> None:
        self._bar.update(self._task, completed=read, total=total, rate=self._rate.of(read))


def _line(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()

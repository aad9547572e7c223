"""How far an import is: a bar on a terminal, plain lines elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cli.progress import console

Reached = Callable[[int], None]
"""Takes the number of rows that are done."""

Counting = Callable[[str, int | None], AbstractContextManager[Reached]]
"""Given a title and how many rows there are, if that is known."""

_PAUSE_BETWEEN_LINES = 5.0


@contextmanager
def counting_rows(title: str, total: int | None) -> Iterator[Reached]:
    """A function that takes how many rows are done."""
    if not console.is_terminal:
        yield _lines(title, total)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda rows: bar.update(task, completed=rows)


@contextmanager
def in_silence(_title: str, _total: int | None) -> Iterator[Reached]:
    """For a caller that shows something else meanwhile."""
    yield lambda _rows: None


def _lines(title: str, total: int | None) -> Reached:
    last = time.monotonic()
    of = "" if total is None else f" of {total:,}"

    def reached(rows: int) -> None:
        nonlocal last
        if time.monotonic() - last > _PAUSE_BETWEEN_LINES:
            last = time.monotonic()
            print(f"{title}: {rows:,}{of} rows", flush=True)

    return reached

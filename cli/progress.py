"""Tells how far a long command is: a spinner on a terminal, plain lines elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

Tell = Callable[[str], None]

console = Console()

_WIDTH_IN_FILES = 160


def wide_console() -> Console:
    """For tables that a file or a pipe takes whole, however narrow a terminal would be."""
    return console if console.is_terminal else Console(width=_WIDTH_IN_FILES)


@contextmanager
def telling(title: str) -> Iterator[Tell]:
    """A function that takes the next step's name; the last one stands while it is done."""
    if not console.is_terminal:
        yield lambda step: print(f"{title}: {step}", flush=True)
        return
    with console.status(title) as spinner:

        def tell(step: str) -> None:
            console.print(f"[dim]· {step}[/dim]")
            spinner.update(f"{title}: {step}")

        yield tell

"""Shows the progress of a long command: a spinner on a terminal, plain lines elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

Tell = Callable[[str], None]

console = Console()

_WIDTH_IN_FILES = 160


def wide_console() -> Console:
    """A console for tables, wide enough for files and pipes."""
    return console if console.is_terminal else Console(width=_WIDTH_IN_FILES)


@contextmanager
def telling(title: str) -> Iterator[Tell]:
    """Yield a function to call with the name of each step when it begins."""
    if not console.is_terminal:
        yield lambda step: print(f"{title}: {step}", flush=True)
        return
    with console.status(title) as spinner:

        def tell(step: str) -> None:
            console.print(f"[dim]· {step}[/dim]")
            spinner.update(f"{title}: {step}")

        yield tell

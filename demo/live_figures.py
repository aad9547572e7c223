"""Shows changing figures: redrawn in place on a terminal, a line for every change elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table

from cli.figures_api import Figures
from cli.figures_table import figures_table, value_with_unit

Show = Callable[[list[Figures]], None]

_PAUSE_BETWEEN_LINES = 0.5
_PRINTED_IN_LINES = (
    "cases_filed",
    "cases_accepted",
    "resolution_rate",
    "mediation_rate",
    "patrol_coverage_rate",
)


@contextmanager
def moving_figures(console: Console) -> Iterator[Show]:
    """Yield a function that shows the current figures."""
    if not console.is_terminal:
        yield _Lines().show
        return
    with Live(console=console, transient=True) as live:
        yield lambda found: live.update(Group(*map(_table, found)), refresh=True)


def _table(found: Figures) -> Table:
    table = figures_table(found["figures"])
    table.title = f"{found['division']}, {found['period']}"
    return table


def _line(found: Figures) -> str:
    now = {figure["id"]: value_with_unit(figure) for figure in found["figures"]}
    said = "  ".join(f"{name} {now[name]}" for name in _PRINTED_IN_LINES if name in now)
    return f"{found['division']}: {said}"


class _Lines:
    def __init__(self) -> None:
        self._last, self._said_at = "", 0.0

    def show(self, found: list[Figures]) -> None:
        line = "; ".join(map(_line, found))
        if line != self._last and time.monotonic() - self._said_at > _PAUSE_BETWEEN_LINES:
            self._last, self._said_at = line, time.monotonic()
            print(f"  {line}", flush=True)

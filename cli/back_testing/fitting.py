"""Prints a table where it fits, and one block a row where it does not: no figure is cut off."""

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from cli.progress import wide_console

_ANY_WIDTH = 10_000


def print_fitting(table: Table) -> None:
    """Print all of it; files and pipes are as wide as the table."""
    console = wide_console()
    options = console.options.update(width=_ANY_WIDTH, max_width=_ANY_WIDTH)
    width = Measurement.get(console, options, table).maximum
    if not console.is_terminal:
        console = Console(width=max(console.width, width))
    if width <= console.width:
        console.print(table)
    else:
        _print_blocks(console, table)


def _print_blocks(console: Console, table: Table) -> None:
    """The first cell, then each other one that says something, under its column's name."""
    columns = [(str(each.header), list(each.cells)) for each in table.columns]
    for row in range(table.row_count):
        (_, first), *others = columns
        console.print(Text(str(first[row]), style="bold"))
        for name, cells in others:
            if cells[row]:
                console.print(Text(f"  {name}: {cells[row]}"))

"""`python -m cli.register.workbook_rows FILE [SHEET]`: a sheet's lines, as JSON.

Runs apart from the command, with bounds on its own memory and time: calamine holds a sheet in
memory whole, and a cell far away from the others makes it as large as all that lies between. The
first line of output tells how many lines there are, or why there are none.
"""

import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import orjson
from python_calamine import CalamineError, CalamineWorkbook, load_workbook

from cli.register.cells import Cell

_MOST_MEMORY = 2 * 2**30
_MOST_CPU_SECONDS = 300


def main(path: str, sheet: str | None = None) -> int:
    """Print the lines; 1 if there are none to be read."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_CPU_SECONDS, _MOST_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        book = load_workbook(path)
    except (CalamineError, OSError):
        _write({"refused": "broken"})
        return 1
    with book:
        if sheet is not None and sheet not in book.sheet_names:
            _write({"refused": "no-such-sheet", "sheets": book.sheet_names})
            return 1
        for line in _lines(book, sheet):
            _write(line)
    return 0


def _lines(book: CalamineWorkbook, name: str | None) -> Iterator[Any]:
    sheet = book.get_sheet_by_index(0) if name is None else book.get_sheet_by_name(name)
    yield {"lines": 0 if sheet.end is None else sheet.end[0] + 1}
    yield from sheet.iter_rows()


def _write(value: Any) -> None:
    options = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_APPEND_NEWLINE
    sys.stdout.buffer.write(orjson.dumps(value, default=_tagged, option=options))


def _tagged(value: object) -> list[str]:
    """What JSON has no spelling for: its kind, and what it is made from."""
    match value:
        case datetime() | date() | time():
            return [type(value).__name__, value.isoformat()]
        case timedelta():
            return ["timedelta", str(value // timedelta(microseconds=1))]
        case _:
            raise TypeError(f"{type(value).__name__} is no cell")


def cell_of(given: Any) -> Cell:
    """The cell that was written."""
    match given:
        case ["datetime", str(text)]:
            return datetime.fromisoformat(text)
        case ["date", str(text)]:
            return date.fromisoformat(text)
        case ["time", str(text)]:
            return time.fromisoformat(text)
        case ["timedelta", str(microseconds)]:
            return timedelta(microseconds=int(microseconds))
        case str() | int() | float() | None:
            return given
        case _:
            raise ValueError("no cell")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

"""Sheets of xlsx, xls and ods, read in a process of its own, whose memory and time are bounded.

A sheet of a few kilobytes can ask for hundreds of gigabytes; whatever it does ends with that process.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import orjson

from cli.register.cells import Cell
from cli.register.refusals import RegisterUnreadable
from cli.register.workbook_rows import cell_of

_CHILD = "cli.register.workbook_rows"
_LONGEST_LINE = 2**26


@dataclass(frozen=True)
class Sheet:
    """A sheet's lines from its first; lines above the table are there, empty."""

    lines: Iterator[list[Cell]]
    line_count: int


@contextmanager
def open_sheet(path: Path, name: str | None) -> Iterator[Sheet]:
    """The named sheet, else the first; RegisterUnreadable when there is none."""
    named = [] if name is None else [name]
    # an absolute path is never taken for an option
    command = [sys.executable, "-m", _CHILD, str(path.absolute()), *named]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        try:
            assert child.stdout is not None  # noqa: S101 - it is a pipe
            reported = _next(child.stdout, path)
            if not isinstance(reported, dict) or "lines" not in reported:
                raise _refusal(reported, name, path)
            yield Sheet(_lines(child, child.stdout, path), reported["lines"])
        finally:
            child.kill()


def _refusal(reported: Any, name: str | None, path: Path) -> RegisterUnreadable:
    match reported:
        case {"refused": "no-such-sheet", "sheets": list(sheets)}:
            known = ", ".join(f'"{each}"' for each in sheets)
            return RegisterUnreadable(f'{path.name} has no sheet "{name}"; it has {known}.')
        case {"refused": _}:
            return RegisterUnreadable(
                f"{path.name} is no workbook that can be read; open it, save it as .xlsx, "
                "try again."
            )
        case _:
            return _too_large(path)


def _too_large(path: Path) -> RegisterUnreadable:
    return RegisterUnreadable(
        f"{path.name} takes more memory or time than a workbook may; delete what lies far below or "
        "right of the table, or save the sheet as .csv."
    )


def _lines(child: subprocess.Popen[bytes], output: IO[bytes], path: Path) -> Iterator[list[Cell]]:
    while (line := _next(output, path)) is not None:
        yield [cell_of(cell) for cell in line]
    if child.wait() != 0:
        raise _too_large(path)


def _next(output: IO[bytes], path: Path) -> Any:
    """The next line of the child; None at the end."""
    line = output.readline(_LONGEST_LINE)
    if not line:
        return None
    if not line.endswith(b"\n"):
        raise _too_large(path)
    return orjson.loads(line)

"""Sheets of xlsx, xls and ods, read by calamine, which holds a sheet in memory whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, load_workbook

from cli.register.cells import Cell
from cli.register.refusals import RegisterUnreadable


@dataclass(frozen=True)
class Sheet:
    """A sheet's lines from its first; lines above the table are there, empty."""

    lines: Iterator[list[Cell]]
    line_count: int


@contextmanager
def open_sheet(path: Path, name: str | None) -> Iterator[Sheet]:
    """The named sheet, else the first; RegisterUnreadable when there is none."""
    try:
        book = load_workbook(path)
    except (CalamineError, OSError) as broken:
        raise RegisterUnreadable(
            f"{path.name} is no workbook that can be read; open it, save it as .xlsx, try again."
        ) from broken
    with book:
        sheet = _sheet(book, name, path)
        last = sheet.end
        yield Sheet(_lines(sheet), 0 if last is None else last[0] + 1)


def _sheet(book: CalamineWorkbook, name: str | None, path: Path) -> CalamineSheet:
    if name is None:
        return book.get_sheet_by_index(0)
    if name not in book.sheet_names:
        known = ", ".join(f'"{each}"' for each in book.sheet_names)
        raise RegisterUnreadable(f'{path.name} has no sheet "{name}"; it has {known}.')
    return book.get_sheet_by_name(name)


def _lines(sheet: CalamineSheet) -> Iterator[list[Cell]]:
    for line in sheet.iter_rows():
        yield list[Cell](line)

"""Opens a register, whatever kind of table it is, and gives its rows one at a time."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cli.register import delimited, workbook
from cli.register.cells import Cell, column_key
from cli.register.mapping import Mapping, Source
from cli.register.refusals import RegisterUnreadable
from cli.register.row import Row, says_something

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How xlsx, ods and the old xls begin; a csv never does."""


@dataclass(frozen=True)
class Register:
    """An open register; its rows can be read once."""

    rows: Iterator[Row]
    row_count: int | None
    """Known for a workbook; a csv is read as it comes."""


@contextmanager
def open_register(path: Path, mapping: Mapping) -> Iterator[Register]:
    """The register's rows by the mapping's columns; RegisterUnreadable where they do not fit."""
    wanted = {
        key: name
        for field in mapping.fields().values()
        for key, name in zip(field.keys, field.names, strict=True)
    }
    with _open_table(path, mapping.source, wanted.keys()) as (lines, line_count):
        above, header = _header(lines, mapping.source.header_row)
        places = _places(header, wanted, path)
        rows = _rows(lines, places, None if line_count is not None else len(header))
        yield Register(rows, None if line_count is None else line_count - above - 1)


@contextmanager
def _open_table(
    path: Path, source: Source, wanted: AbstractSet[str]
) -> Iterator[tuple[Iterator[list[Cell]], int | None]]:
    if _beginning(path) in _WORKBOOKS:
        with workbook.open_sheet(path, source.sheet) as sheet:
            yield sheet.lines, sheet.line_count
    else:
        with delimited.open_text(path, source.encoding, source.delimiter, wanted) as lines:
            yield lines, None


def _beginning(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4)
    except OSError as missing:
        raise RegisterUnreadable(
            f"The register {path} cannot be read: {missing.strerror or missing}."
        ) from missing


def _header(lines: Iterator[list[Cell]], header_row: int | None) -> tuple[int, list[Cell]]:
    """The line of that number, else the first that says anything; and how many are above it."""
    for above, line in enumerate(lines):
        if above + 1 == header_row or (header_row is None and any(map(says_something, line))):
            return above, line
    return 0, []


def _rows(lines: Iterator[list[Cell]], places: dict[str, int], width: int | None) -> Iterator[Row]:
    """Empty rows are passed over, but counted; `width` is where a torn row begins to show."""
    for number, cells in enumerate(lines, start=1):
        if any(map(says_something, cells)):
            torn = width is not None and any(map(says_something, cells[width:]))
            yield Row(number, cells, places, torn)


def _places(header: list[Cell], needed: dict[str, str], path: Path) -> dict[str, int]:
    """The index of each needed column; never quotes the header."""
    if not any(map(says_something, header)):
        raise RegisterUnreadable(f"{path.name} is empty; it has not even a header.")
    keys = [column_key(cell) if isinstance(cell, str) else str(cell) for cell in header]
    missing = [name for key, name in needed.items() if key not in keys]
    if missing:
        raise RegisterUnreadable(
            f"{path.name} has no column {_named(missing)}; correct the mapping, or say there in "
            "which row the header stands (source.header_row) and on which sheet (source.sheet)."
        )
    twice = [name for key, name in needed.items() if keys.count(key) > 1]
    if twice:
        raise RegisterUnreadable(f"{path.name} has several columns {_named(twice)}; rename one.")
    return {key: keys.index(key) for key in needed}


def _named(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)

"""Tables as text (csv): read line by line, so that their length does not matter."""

import codecs
import csv
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TextIO

from cli.register.cells import Cell, column_key
from cli.register.refusals import RegisterUnreadable

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_GUESSES = ("utf-8", "gb18030")
_DELIMITERS = ",;\t|"
_LONGEST_CELL = 2**22
_CHUNK = 2**20
_LOOKED_AT = 10


@contextmanager
def open_text(
    path: Path, encoding: str | None, delimiter: str | None, wanted: AbstractSet[str]
) -> Iterator[Iterator[list[Cell]]]:
    """The table's lines of text cells; what does not decode stays to be refused by row."""
    known = _with_mark(path, encoding) or _guess(path)
    csv.field_size_limit(_LONGEST_CELL)
    # newline="": a line break inside quotes belongs to the cell
    with path.open(encoding=known, errors="surrogateescape", newline="") as text:
        chosen = delimiter or _delimiter_of(text, wanted)
        text.seek(0)
        yield _lines(text, chosen, path)


def _with_mark(path: Path, encoding: str | None) -> str | None:
    """A byte order mark is believed, and never read as part of the first column's name."""
    with path.open("rb") as file:
        beginning = file.read(3)
    for mark, name in _MARKS.items():
        if beginning.startswith(mark):
            return name
    return encoding


def _guess(path: Path) -> str:
    for encoding in _GUESSES:
        if _decodes(path, encoding):
            return encoding
    raise RegisterUnreadable(
        f"{path.name} is neither UTF-8 nor GB18030; name its encoding in the mapping "
        "(source.encoding)."
    )


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter_of(text: TextIO, wanted: AbstractSet[str]) -> str:
    """The one by which most of the wanted columns are found in one of the first lines."""
    beginning = list(islice(text, _LOOKED_AT))

    def found(delimiter: str) -> int:
        lines = csv.reader(beginning, delimiter=delimiter)
        return max((len(wanted & set(map(column_key, line))) for line in lines), default=0)

    return max(_DELIMITERS, key=found)


def _lines(text: TextIO, delimiter: str, path: Path) -> Iterator[list[Cell]]:
    reader = csv.reader(text, delimiter=delimiter)
    try:
        for line in reader:
            yield list[Cell](line)
    except csv.Error as broken:
        raise RegisterUnreadable(
            f"{path.name} cannot be read after line {reader.line_num} ({broken}); "
            "a quotation mark may be missing there."
        ) from broken

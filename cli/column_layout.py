"""Column layout for thousands of rows: looks like a rich table, which is too slow for them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions
from rich.segment import Segment

Cell = Sequence[Segment]
Line = list[Segment]

_WORD = re.compile(r"[!-~]+|\s+|.[，。、；：！？）》」』”’]*", re.DOTALL)
_GAP = Segment("  ")
_NARROWEST = 12


@dataclass(frozen=True)
class Columns:
    """Rows of cells, the first row the headings; a cell is text in one or several styles.

    The first `fixed` columns are as wide as they need, the others share what is left and wrap.
    """

    rows: Sequence[Sequence[Cell]]
    fixed: int

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """Yield the rows line by line."""
        widths = self._widths(options.max_width)
        for row in self.rows:
            yield from _lines(row, widths)

    def _widths(self, room: int) -> list[int]:
        widest = [max(map(_width, column)) for column in zip(*self.rows, strict=True)]
        kept, sharing = widest[: self.fixed], widest[self.fixed :]
        left = room - sum(kept) - _GAP.cell_length * (len(widest) - 1)
        if sum(sharing) > left:
            sharing = [max(_NARROWEST, left * each // sum(sharing)) for each in sharing]
        return kept + sharing


def _lines(row: Sequence[Cell], widths: Sequence[int]) -> Iterator[Segment]:
    cells = [_wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
    for line in zip_longest(*cells, fillvalue=()):
        pending = 0
        for part, width in zip(line, widths, strict=True):
            if part:
                # no trailing spaces
                if pending:
                    yield Segment(" " * pending)
                    pending = 0
                yield from part
            pending += width - _width(part) + _GAP.cell_length
        yield Segment.line()


def _width(cell: Cell) -> int:
    return sum(cell_len(segment.text) for segment in cell)


def _wrapped(cell: Cell, width: int) -> Sequence[Cell]:
    """The cell's lines: words and numbers stay whole, a line begins with no closing mark."""
    if _width(cell) <= width:
        return (cell,)
    lines: list[Line] = [[]]
    room = width
    for segment in cell:
        for word in _words(segment.text, width):
            needed = cell_len(word)
            if needed > room:
                lines.append([])
                room = width
            if lines[-1] or not word.isspace():
                _add(lines[-1], word, segment)
                room -= needed
    return lines


def _words(text: str, width: int) -> Iterator[str]:
    for word in _WORD.findall(text):
        yield from (word,) if cell_len(word) <= width else chop_cells(word, width)


def _add(line: Line, word: str, like: Segment) -> None:
    if line and line[-1].style is like.style:
        line[-1] = Segment(line[-1].text + word, like.style)
    else:
        line.append(Segment(word, like.style))

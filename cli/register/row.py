"""One row of a register, its cells found by the names of their columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cli.register.cells import Cell


@dataclass(frozen=True, slots=True)
class Row:
    """`number` counts from 1 below the header; a cell that the row lacks is empty."""

    number: int
    cells: Sequence[Cell]
    places: Mapping[str, int]
    torn: bool = False
    """Whether it has more cells than the header, as a delimiter inside unquoted text makes it."""

    def cell(self, key: str) -> Cell:
        """The cell of that column."""
        place = self.places[key]
        return self.cells[place] if place < len(self.cells) else None


def says_something(cell: Cell) -> bool:
    """Whether the cell is not blank."""
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None

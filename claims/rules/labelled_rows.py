"""Tables of names and values read as running text: 受理 | 187件 says what 受理187件 says."""

from claims.rules.document import Passage, Piece, Table
from claims.rules.folding import folded
from claims.rules.units import ZH_UNITS

_DIGITS = frozenset("0123456789")


def as_text(table: Table) -> Passage | None:
    """One line a row; None where a row holds more than one value."""
    lines = [_cells(row) for row in table.rows]
    valued = [cells for cells in lines if cells]
    if len(valued) < 2 or any(len(cells) < 2 for cells in valued):
        return None
    if any(_values(row) > 1 for row in table.rows):
        return None
    return _joined(valued)


def _values(row: tuple[Passage, ...]) -> int:
    return sum(_is_value(cell.text) for cell in row)


def _is_value(text: str) -> bool:
    said = folded(text).strip()
    return (
        0 < len(said) <= 24
        and said[0] in _DIGITS | {"-", "+"}
        and said[0] != "."
        and said[-1] != "."
    )


def _cells(row: tuple[Passage, ...]) -> list[Passage]:
    """Name, value, unit; nothing for a row without a value."""
    value = next((at for at, cell in enumerate(row) if _is_value(cell.text)), None)
    if value is None or value == 0:
        return []
    names = [cell for cell in row[:value] if cell.text.strip()]
    units = [cell for cell in row if cell.text.strip() in {*ZH_UNITS, "%"}]
    named = [cell for cell in names if cell not in units]
    return [*named[-1:], row[value], *units[:1]]


def _joined(lines: list[list[Passage]]) -> Passage:
    text = ""
    pieces: list[Piece] = []
    for cells in lines:
        for cell in cells:
            first = cell.pieces[0]
            pieces.append(Piece(len(text), first.line, first.column, first.page))
            text += cell.text
        text += "\n"
    return Passage(text, tuple(pieces))

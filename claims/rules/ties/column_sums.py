"""Whether the total row of a table is what its rows add up to, column by column."""

from collections.abc import Iterator
from fractions import Fraction

from claims.rules.agreement import Agreement, agreement
from claims.rules.figure import Figure
from claims.rules.finding import Finding, Kind, Verdict
from claims.rules.printing import like
from claims.rules.reasons import because
from claims.rules.sentence import Sentence
from claims.rules.span import total as sum_of
from claims.rules.ties.grid import Column, Grid, Row

_FEWEST = 2


def column_sums(grid: Grid) -> Iterator[Finding]:
    """One finding for each count of each total row, above or below what it adds up."""
    for at, row in enumerate(grid.rows):
        if row.is_total:
            found = [
                judged
                for column in grid.of(Column.COUNT)
                if (judged := _column(grid, at, column)) is not None
            ]
            yield from _borne_out(found)


def _borne_out(found: list[Finding]) -> Iterator[Finding]:
    """Where no column of several adds up, the table does not show all rows."""
    wrong = [each for each in found if each.verdict is Verdict.DOES_NOT_FOLLOW]
    if not (len(found) > 1 and len(wrong) == len(found)):
        yield from found


def _column(grid: Grid, at: int, column: int) -> Finding | None:
    stated = grid.rows[at].figure(column)
    if stated is None:
        return None
    for rows in _readings(grid, at):
        parts = _parts(rows, column)
        if parts is None or len(rows) < _FEWEST:
            continue
        if agreement(stated, sum_of([each.span for each in parts])) is Agreement.AGREES:
            return _found(grid, at, column, (stated, parts), Verdict.FOLLOWS)
    rows = _plain(grid, at)
    parts = _parts(rows, column)
    if parts is None or len(rows) < _FEWEST or any(row.is_inner for row in grid.rows):
        return None
    return _found(grid, at, column, (stated, parts), Verdict.DOES_NOT_FOLLOW)


def _readings(grid: Grid, at: int) -> Iterator[list[Row]]:
    """All plain rows, those since the last subtotal, or the subtotals."""
    yield _plain(grid, at)
    yield [row for row in _side(grid, at) if not row.is_total]
    subtotals = [row for row in _side(grid, at) if row.is_subtotal]
    if subtotals:
        yield subtotals


def _plain(grid: Grid, at: int) -> list[Row]:
    """Rows that are neither totals nor parts of others; a subtotal's since the one before it."""
    rows = _side(grid, at)
    if grid.rows[at].is_subtotal:
        ends = [place for place, row in enumerate(rows) if row.is_total]
        rows = rows[ends[-1] + 1 :] if ends else rows
    return [row for row in rows if not row.is_total and not row.is_inner]


def _side(grid: Grid, at: int) -> list[Row]:
    return list(grid.rows[:at] if at else grid.rows[1:])


def _parts(rows: list[Row], column: int) -> list[Figure] | None:
    """The column's figures; None where a cell is not empty and no figure either."""
    parts = []
    for row in rows:
        figure = row.figure(column)
        if figure is not None:
            parts.append(figure)
        elif not row.is_empty(column):
            return None
    return parts if len(parts) >= _FEWEST else None


def _found(
    grid: Grid, at: int, column: int, sides: tuple[Figure, list[Figure]], verdict: Verdict
) -> Finding:
    stated, parts = sides
    row = grid.rows[at]
    shown = " | ".join(each.text.strip() for each in row.cells)
    cell = row.cells[column]
    computed = like(stated, sum((each.value for each in parts), Fraction(0)))
    key = "table-total-follows" if verdict is Verdict.FOLLOWS else "table-total-differs"
    return Finding(
        kind=Kind.SUM,
        verdict=verdict,
        sentence=Sentence(cell, 0, len(cell.text), cell.text, grid.chinese, (stated,), "", shown),
        figure=stated,
        computed=computed,
        uses=tuple(each.text for each in parts),
        why=because(key, chinese=grid.chinese, computed=computed, stated=stated.text),
    )

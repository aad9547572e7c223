"""Tables: totals of columns, rates of a row's own counts, shares of the total, changes.

A column is held to its header only where most of its rows bear that out: where no row does, the
header is taken to mean something else, and nothing is called wrong.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from claims.rules.agreement import Agreement, agreement
from claims.rules.figure import Figure, Sort
from claims.rules.finding import Finding, Kind, Verdict
from claims.rules.label import is_base, is_numerator, rate_name
from claims.rules.printing import like
from claims.rules.reading import Reading, Spoken
from claims.rules.reasons import way
from claims.rules.saying_parts import Role, Saying
from claims.rules.sentence import Sentence
from claims.rules.ties.column_sums import column_sums
from claims.rules.ties.grid import Column, Grid, Row, grid_of
from claims.rules.ties.quotient import Asked, Pairing, judged

_LAST_YEAR = re.compile(r"上年|去年|同期|last year|previous year|year before", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER_ENDS = re.compile(r"率.*$|\s*\brates?\b.*$", re.IGNORECASE)
_SAID = {Verdict.DOES_NOT_FOLLOW, Verdict.NOTE}


def tables(reading: Reading) -> Iterator[Finding]:
    """Findings of every table that has a header."""
    for table in reading.tables:
        grid = grid_of(table)
        if grid is not None:
            yield from column_sums(grid)
            for column in grid.of(Column.RATE):
                yield from _borne_out(_each(grid, column, Kind.RATIO, _rates))
            for column in grid.of(Column.SHARE):
                yield from _borne_out(_share_column(grid, column))
            for column in grid.of(Column.CHANGE):
                yield from _borne_out(_each(grid, column, Kind.CHANGE, _changes))


Judge = Callable[[Grid, Row, int, Asked], Finding | None]


def _each(grid: Grid, column: int, kind: Kind, judge: Judge) -> list[Finding]:
    found = []
    for row in grid.rows:
        figure = row.figure(column)
        if figure is not None and (
            said := judge(grid, row, column, asked(grid, row, column, kind))
        ):
            found.append(said)
    return found


def asked(grid: Grid, row: Row, column: int, kind: Kind) -> Asked:
    """A cell as something to be judged; its sentence is the row."""
    figure, cell = row.figure(column), row.cells[column]
    if figure is None:
        raise ValueError("only a cell with a figure can be judged")
    shown = " | ".join(each.text.strip() for each in row.cells)
    sentence = Sentence(cell, 0, len(cell.text), cell.text, grid.chinese, (figure,), "", shown)
    return Asked(Spoken(sentence, (Saying(role=Role.BARE),), 0, 0), figure, kind)


def _borne_out(found: list[Finding]) -> Iterator[Finding]:
    follows = sum(each.verdict is Verdict.FOLLOWS for each in found)
    wrong = sum(each.verdict in _SAID for each in found)
    # one row alone has nothing to bear it out but its header
    doubtful = wrong > follows and len(found) > 1
    for each in found:
        if doubtful and each.verdict in _SAID:
            unsure = Asked(Spoken(each.sentence, (), 0, 0), each.figure, each.kind)
            why = unsure.because("table-rate-unsure")
            yield replace(each, verdict=Verdict.CANNOT_CHECK, computed=None, uses=(), why=why)
        else:
            yield each


def _counts(grid: Grid, row: Row) -> list[Figure]:
    found = [row.figure(at) for at in grid.of(Column.COUNT)]
    return [each for each in found if each is not None]


def _rates(grid: Grid, row: Row, column: int, cell: Asked) -> Finding | None:
    header = re.sub(r"\([^)]*\)|\s" if grid.chinese else r"\([^)]*\)", "", grid.headers[column])
    stem = _NUMBER_ENDS.sub("", header).strip()
    name = rate_name(stem if grid.chinese else stem.lower().split(" ")[-1], chinese=grid.chinese)
    counts = _counts(grid, row)
    parts = [each for each in counts if is_numerator(each, name)]
    pairings = [
        Pairing(
            (part,), (whole,), certain=len(parts) == 1 and is_base(whole, name), due=name.is_due
        )
        for part in parts
        for whole in counts
        if whole is not part and whole.value > 0
    ]
    found = judged(cell, pairings)
    return found or cell.found(Verdict.CANNOT_CHECK, cell.because("other-base"))


def _share_column(grid: Grid, column: int) -> list[Finding]:
    """By the counts to the left that bear most of the shares out, the nearest first."""
    left = [at for at in reversed(grid.of(Column.COUNT)) if at < column]
    if not left or not any(row.is_total for row in grid.rows):
        return _each(grid, column, Kind.SHARE, _without_total)
    tried = [_each(grid, column, Kind.SHARE, partial(_share, at)) for at in left]
    return max(tried, key=lambda found: sum(each.verdict is Verdict.FOLLOWS for each in found))


def _without_total(_grid: Grid, _row: Row, _column: int, cell: Asked) -> Finding:
    return cell.found(Verdict.CANNOT_CHECK, cell.because("no-total"))


def _share(counts: int, grid: Grid, row: Row, _column: int, cell: Asked) -> Finding | None:
    total = next((each for each in grid.rows if each.is_total and not each.is_subtotal), None)
    part, whole = row.figure(counts), total.figure(counts) if total else None
    if part is None or whole is None or whole.value <= 0:
        return None
    return judged(cell, [Pairing((part,), (whole,), certain=True)])


def _changes(grid: Grid, row: Row, column: int, cell: Asked) -> Finding | None:
    pair = _years(grid, column)
    now, before = (row.figure(at) for at in pair) if pair else (None, None)
    if now is None or before is None or now.sort is not before.sort or before.value <= 0:
        return None
    difference = now.span.minus(before.span)
    moved = difference
    if cell.figure.sort is Sort.PERCENT and now.is_count:
        ratio = now.span.over(before.span)
        moved = difference if ratio is None else ratio
        cell_figure = replace(cell.figure, value=cell.figure.value + 1)
        agrees = agreement(cell_figure, moved)
    else:
        agrees = agreement(cell.figure, moved)
    return _changed(cell, now, before, agrees)


def _changed(cell: Asked, now: Figure, before: Figure, agrees: Agreement) -> Finding:
    of_it = (
        now.value / before.value - 1
        if cell.figure.sort is Sort.PERCENT and now.is_count
        else now.value - before.value
    )
    chinese = cell.spoken.sentence.chinese
    key = {Agreement.AGREES: "change-follows", Agreement.CUT_OFF: "change-cut-off"}.get(
        agrees, "change-differs"
    )
    verdicts = {Agreement.AGREES: Verdict.FOLLOWS, Agreement.CUT_OFF: Verdict.NOTE}
    why = cell.because(
        key,
        before=before.text,
        now=now.text,
        way=way((of_it > 0) - (of_it < 0), chinese=chinese),
        said_way="",
        computed=like(cell.figure, abs(of_it)),
    )
    return cell.found(
        verdicts.get(agrees, Verdict.DOES_NOT_FOLLOW),
        why,
        computed=like(cell.figure, of_it),
        uses=[now.text, before.text],
    )


def _years(grid: Grid, column: int) -> tuple[int, int] | None:
    """This year's column and last year's, where each is only one to the left."""
    left = [at for at in range(column) if grid.columns[at] in {Column.COUNT, Column.RATE}][-2:]
    if len(left) < 2:
        return None
    one, other = (grid.headers[at] for at in left)
    if _LAST_YEAR.search(other) and not _LAST_YEAR.search(one):
        return left[0], left[1]
    if _LAST_YEAR.search(one) and not _LAST_YEAR.search(other):
        return left[1], left[0]
    years = [_YEAR.search(header) for header in (one, other)]
    if years[0] and years[1] and years[0].group() != years[1].group():
        later = years[0].group() > years[1].group()
        return (left[0], left[1]) if later else (left[1], left[0])
    return None

"""Rollups of cases: counters by township, day, category and village, and by whole months.

A row holds all counters of one anchor, each at its place in `counts`.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, LiteralString, NamedTuple

from services.stats.domain.counters import COUNTERS, OF_ANCHOR, Counts
from services.stats.domain.measures import Term
from services.stats.domain.months import cut, month_of
from services.stats.domain.movement import Cell, add
from services.stats.domain.spans import Span
from services.stats.store.columns import columns_of
from services.stats.store.filters import EVERY_CASE, CaseFilter
from shared.postgres import Connection

_PLACES = {
    counter.name: place
    for counters in OF_ANCHOR.values()
    for place, counter in enumerate(counters)
}
_WIDEST = max(map(len, OF_ANCHOR.values()))

# a row of a release with fewer counters is shorter
_ADDED: LiteralString = """
    array(select coalesce(before, 0) + coalesce(change, 0)
          from unnest(held.counts, excluded.counts) as place (before, change))
"""
_MOVE: LiteralString = f"""
    insert into case_day_rollup as held
        (division_code, anchor, day, category, village_code, counts)
    select division_code, anchor, day, category, village_code, counts::integer[]
    from unnest(%b::text[], %b::text[], %b::date[], %b::text[], %b::text[], %b::text[])
        as moved (division_code, anchor, day, category, village_code, counts)
    on conflict (division_code, anchor, day, category, village_code)
    do update set counts = {_ADDED}
"""
_MOVE_MONTHS: LiteralString = f"""
    insert into case_month_rollup as held (division_code, anchor, month, counts)
    select division_code, anchor, month, counts::integer[]
    from unnest(%b::text[], %b::text[], %b::date[], %b::text[])
        as moved (division_code, anchor, month, counts)
    on conflict (division_code, anchor, month) do update set counts = {_ADDED}
"""
_SUMS: LiteralString = ", ".join(f"sum(counts[{place + 1}])" for place in range(_WIDEST))
# one index range for each window, whatever the planner thinks of the arrays
_WINDOWS: LiteralString = """
    from unnest(%(divisions)s::text[], %(anchors)s::text[], %(starts)s::date[], %(ends)s::date[])
         with ordinality as asked (division_code, anchor, first_day, last_day, number)
"""
_SUM_DAYS: LiteralString = f"""
    select asked.number - 1, rolled.sums {_WINDOWS}
    cross join lateral (
        select array[{_SUMS}] as sums from case_day_rollup rollup
        where rollup.division_code = asked.division_code and rollup.anchor = asked.anchor
              and rollup.day between asked.first_day and asked.last_day
              and (%(category)s::text is null or rollup.category = %(category)s)
              and (%(village)s::text is null or rollup.village_code = %(village)s)
        offset 0) rolled
"""
_SUM_MONTHS: LiteralString = f"""
    select asked.number - 1, rolled.sums {_WINDOWS}
    cross join lateral (
        select array[{_SUMS}] as sums from case_month_rollup rollup
        where rollup.division_code = asked.division_code and rollup.anchor = asked.anchor
              and rollup.month between asked.first_day and asked.last_day
        offset 0) rolled
"""

Sums = dict[tuple[Term, str], int]
"""By term and division; zeros may be left out."""


class _Window(NamedTuple):
    """The days of one anchor in one division: all its counters are summed at once."""

    division: str
    anchor: str
    start: date
    end: date


async def move(connection: Connection, changes: Mapping[Cell, Counts]) -> None:
    """Add the changes, in the order of their keys, so that no two writers block each other."""
    if not changes:
        return
    months: dict[tuple[str, str, date], Counts] = {}
    for cell, counts in changes.items():
        add(months, (cell.division, cell.anchor, month_of(cell.day)), counts)
    await connection.execute(_MOVE, columns_of(_rows(changes), 6))
    await connection.execute(_MOVE_MONTHS, columns_of(_rows(months), 4))


def _rows(changes: Mapping[Any, Counts]) -> list[tuple[Any, ...]]:
    return [(*key, _literal(changes[key])) for key in sorted(changes)]


@lru_cache(maxsize=1024)
def _literal(counts: Counts) -> str:
    """An array inside an array of rows is sent as text; few of them are different."""
    return f"{{{','.join(map(str, counts))}}}"


async def sums(connection: Connection, spans: Sequence[Span], chosen: CaseFilter) -> Sums:
    """What the counters come to over the spans."""
    if chosen != EVERY_CASE:
        return await _sums(connection, _SUM_DAYS, spans, chosen)
    pieces = cut(spans)
    found = Counter(await _sums(connection, _SUM_MONTHS, pieces.months, chosen))
    found.update(await _sums(connection, _SUM_DAYS, pieces.days, chosen))
    return found


async def _sums(
    connection: Connection, query: LiteralString, spans: Sequence[Span], chosen: CaseFilter
) -> Sums:
    if not spans:
        return {}
    asked: dict[_Window, list[Span]] = defaultdict(list)
    for span in spans:
        anchor = COUNTERS[span.term.counter].anchor.key
        asked[_Window(span.division, anchor, span.start, span.end)].append(span)
    names = ("divisions", "anchors", "starts", "ends")
    parameters = {
        **dict(zip(names, columns_of(asked, len(names)), strict=True)),
        "category": chosen.category,
        "village": chosen.village_code,
    }
    cursor = await connection.execute(query, parameters)
    windows = list(asked.values())
    found: Counter[tuple[Term, str]] = Counter()
    for number, counted in await cursor.fetchall():
        for span in windows[number]:
            found[span.term, span.division] += counted[_PLACES[span.term.counter]] or 0
    return found

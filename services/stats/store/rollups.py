"""Rollups: counters by township, day and dimensions, and by whole months.

A row holds all counters of one anchor, each at its place in `counts`.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any, LiteralString, NamedTuple

from services.stats.domain.counted_subject import Counts
from services.stats.domain.measures import Term
from services.stats.domain.months import cut, month_of
from services.stats.domain.rollup_changes import Cell, add
from services.stats.domain.spans import Span
from services.stats.domain.subjects import COUNTERS
from services.stats.store import lasting, values
from services.stats.store.counted_tables import CountedTables
from services.stats.store.filters import EVERYTHING, Chosen
from shared.folding.columns import columns_of
from shared.postgres import Connection

# a row of a release with fewer counters is shorter
_ADDED: LiteralString = """
    array(select coalesce(before, 0) + coalesce(change, 0)
          from unnest(held.counts, excluded.counts) as place (before, change))
"""


@cache
def _move(tables: CountedTables) -> LiteralString:
    key = ", ".join(("division_code", "anchor", "day", *tables.subject.dimensions))
    texts = ", ".join("%b::text[]" for _ in (*tables.subject.dimensions, "counts"))
    return f"""
        insert into {tables.days} as held ({key}, counts)
        select {key}, counts::integer[]
        from unnest(%b::text[], %b::text[], %b::date[], {texts}) as moved ({key}, counts)
        on conflict ({key}) do update set counts = {_ADDED}
    """


@cache
def _move_months(tables: CountedTables) -> LiteralString:
    return f"""
        insert into {tables.months} as held (division_code, anchor, month, counts)
        select division_code, anchor, month, counts::integer[]
        from unnest(%b::text[], %b::text[], %b::date[], %b::text[])
            as moved (division_code, anchor, month, counts)
        on conflict (division_code, anchor, month) do update set counts = {_ADDED}
    """


# one index range for each window, whatever the planner thinks of the arrays
_WINDOWS: LiteralString = """
    from unnest(%(divisions)s::text[], %(anchors)s::text[], %(starts)s::date[], %(ends)s::date[])
         with ordinality as asked (division_code, anchor, first_day, last_day, number)
"""


@cache
def _sums_of(tables: CountedTables) -> LiteralString:
    widest = max(map(len, tables.subject.of_key.values()))
    return ", ".join(f"sum(counts[{place + 1}])" for place in range(widest))


@cache
def _sum_days(tables: CountedTables) -> LiteralString:
    chosen = " ".join(
        f"and (%({name})s::text is null or rollup.{name} = %({name})s)"
        for name in tables.subject.dimensions
    )
    return f"""
        select asked.number - 1, rolled.sums {_WINDOWS}
        cross join lateral (
            select array[{_sums_of(tables)}] as sums from {tables.days} rollup
            where rollup.division_code = asked.division_code and rollup.anchor = asked.anchor
                  and rollup.day between asked.first_day and asked.last_day {chosen}
            offset 0) rolled
    """


@cache
def _sum_months(tables: CountedTables) -> LiteralString:
    return f"""
        select asked.number - 1, rolled.sums {_WINDOWS}
        cross join lateral (
            select array[{_sums_of(tables)}] as sums from {tables.months} rollup
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


async def move(
    connection: Connection, tables: CountedTables, changes: Mapping[Cell, Counts]
) -> None:
    """Add the changes, in the order of their keys, so that no two writers block each other."""
    if not changes:
        return
    months: dict[tuple[str, str, date], Counts] = {}
    for cell, counts in changes.items():
        add(months, (cell.division, cell.anchor, month_of(cell.day)), counts)
    width = 4 + len(tables.subject.dimensions)
    await connection.execute(_move(tables), columns_of(_cells(changes), width))
    await connection.execute(_move_months(tables), columns_of(_month_rows(months), 4))


def _cells(changes: Mapping[Cell, Counts]) -> list[tuple[Any, ...]]:
    return [
        (cell.division, cell.anchor, cell.day, *cell.dimensions, _literal(changes[cell]))
        for cell in sorted(changes)
    ]


def _month_rows(changes: Mapping[tuple[str, str, date], Counts]) -> list[tuple[Any, ...]]:
    return [(*key, _literal(changes[key])) for key in sorted(changes)]


@lru_cache(maxsize=1024)
def _literal(counts: Counts) -> str:
    """An array inside an array of rows is sent as text; few of them are different.

    Zeros at its end are left out: an absent number counts as none, and shorter rows cost less.
    """
    last = max((place for place, count in enumerate(counts) if count), default=0)
    return f"{{{','.join(map(str, counts[: last + 1]))}}}"


async def sums(
    connection: Connection, tables: CountedTables, spans: Sequence[Span], chosen: Chosen
) -> Sums:
    """What the counters come to over the spans, all of them the subject's.

    What is counted by values comes to a term for each value. These and days on end are no rollups'.
    """
    valued = [span for span in spans if span.term.counter in tables.valued]
    on_end = [span for span in spans if lasting.is_lasting(span)]
    others = {span.term.counter for span in (*valued, *on_end)}
    kept = [span for span in spans if span.term.counter not in others]
    found = Counter(await values.sums(connection, tables, valued, chosen))
    found.update(await lasting.sums(connection, tables, on_end, chosen))
    found.update(await _rolled(connection, tables, kept, chosen))
    return found


async def _rolled(
    connection: Connection, tables: CountedTables, spans: Sequence[Span], chosen: Chosen
) -> Sums:
    if not spans:
        return {}
    if chosen != EVERYTHING:
        return await _sums(connection, tables, _sum_days(tables), spans, chosen)
    pieces = cut(spans)
    found = Counter(await _sums(connection, tables, _sum_months(tables), pieces.months, chosen))
    found.update(await _sums(connection, tables, _sum_days(tables), pieces.days, chosen))
    return found


async def _sums(
    connection: Connection,
    tables: CountedTables,
    query: LiteralString,
    spans: Sequence[Span],
    chosen: Chosen,
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
        **chosen.by_name(),
    }
    cursor = await connection.execute(query, parameters)
    windows, places = list(asked.values()), tables.subject.places
    found: Counter[tuple[Term, str]] = Counter()
    for number, counted in await cursor.fetchall():
        for span in windows[number]:
            found[span.term, span.division] += counted[places[span.term.counter]] or 0
    return found

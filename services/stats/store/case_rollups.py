"""Rollups of cases: counters by township, day, category and village, and by whole months."""

from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, LiteralString

from services.stats.domain.measures import Term
from services.stats.domain.months import cut, month_of
from services.stats.domain.movement import Cell
from services.stats.domain.spans import Span
from services.stats.store.columns import columns_of
from services.stats.store.filters import EVERY_CASE, CaseFilter
from shared.postgres import Connection

_MOVE: LiteralString = """
    insert into case_rollup as held (division_code, counter, day, category, village_code, value)
    select * from unnest(
        %b::text[], %b::text[], %b::date[], %b::text[], %b::text[], %b::bigint[])
    on conflict (division_code, counter, day, category, village_code)
    do update set value = held.value + excluded.value
"""
_MOVE_MONTHS: LiteralString = """
    insert into case_rollup_month as held (division_code, counter, month, value)
    select * from unnest(%b::text[], %b::text[], %b::date[], %b::bigint[])
    on conflict (division_code, counter, month)
    do update set value = held.value + excluded.value
"""
# one index range for each span, whatever the planner thinks of the arrays
_SUM_DAYS: LiteralString = """
    select span.number, span.division_code, rolled.value
    from unnest(%(numbers)s::integer[], %(divisions)s::text[], %(counters)s::text[],
                %(starts)s::date[], %(ends)s::date[])
         as span (number, division_code, counter, first_day, last_day)
    cross join lateral (
        select coalesce(sum(value), 0)::bigint as value from case_rollup rollup
        where rollup.division_code = span.division_code and rollup.counter = span.counter
              and rollup.day between span.first_day and span.last_day
              and (%(category)s::text is null or rollup.category = %(category)s)
              and (%(village)s::text is null or rollup.village_code = %(village)s)
        offset 0) rolled
    where rolled.value <> 0
"""
_SUM_MONTHS: LiteralString = """
    select span.number, span.division_code, rolled.value
    from unnest(%(numbers)s::integer[], %(divisions)s::text[], %(counters)s::text[],
                %(starts)s::date[], %(ends)s::date[])
         as span (number, division_code, counter, first_day, last_day)
    cross join lateral (
        select coalesce(sum(value), 0)::bigint as value from case_rollup_month rollup
        where rollup.division_code = span.division_code and rollup.counter = span.counter
              and rollup.month between span.first_day and span.last_day
        offset 0) rolled
    where rolled.value <> 0
"""

Sums = dict[tuple[Term, str], int]
"""By term and division; zeros may be left out."""


async def move(connection: Connection, changes: Mapping[Cell, int]) -> None:
    """Add the changes, in the order of their keys, so that no two writers block each other."""
    if not changes:
        return
    months: Tally[tuple[str, str, date]] = Tally()
    for cell, change in changes.items():
        months[cell.division, cell.counter, month_of(cell.day)] += change
    await connection.execute(_MOVE, columns_of(_rows(changes), 6))
    await connection.execute(_MOVE_MONTHS, columns_of(_rows(months), 4))


def _rows(changes: Mapping[Any, int]) -> list[tuple[Any, ...]]:
    return [(*key, changes[key]) for key in sorted(changes)]


async def sums(connection: Connection, spans: Sequence[Span], chosen: CaseFilter) -> Sums:
    """What the counters come to over the spans."""
    if chosen != EVERY_CASE:
        return await _sums(connection, _SUM_DAYS, spans, chosen)
    pieces = cut(spans)
    found = Tally(await _sums(connection, _SUM_MONTHS, pieces.months, chosen))
    found.update(await _sums(connection, _SUM_DAYS, pieces.days, chosen))
    return found


async def _sums(
    connection: Connection, query: LiteralString, spans: Sequence[Span], chosen: CaseFilter
) -> Sums:
    if not spans:
        return {}
    terms = list(dict.fromkeys(span.term for span in spans))
    numbers = {term: number for number, term in enumerate(terms)}
    parameters = {
        "numbers": [numbers[span.term] for span in spans],
        "divisions": [span.division for span in spans],
        "counters": [span.term.counter for span in spans],
        "starts": [span.start for span in spans],
        "ends": [span.end for span in spans],
        "category": chosen.category,
        "village": chosen.village_code,
    }
    cursor = await connection.execute(query, parameters)
    found: Tally[tuple[Term, str]] = Tally()
    for number, division, value in await cursor.fetchall():
        found[terms[number], division] += value
    return found

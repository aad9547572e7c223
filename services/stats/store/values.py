"""Counts by values, such as days from receipt to answer: read from the facts, one row a value.

The rollups have no place for them, since hardly two cases would share one; a township's facts are
one range of their primary key.
"""

from collections.abc import Sequence
from functools import cache
from typing import LiteralString

from services.stats.domain.measures import Term
from services.stats.domain.spans import Span
from services.stats.store.candidates import end_of
from services.stats.store.counted_tables import CountedTables, Valued
from services.stats.store.filters import Chosen
from shared.folding.columns import columns_of
from shared.postgres import Connection
from shared.times import start_of

Sums = dict[tuple[Term, str], int]
"""By term with its value, and division."""


@cache
def _sum(tables: CountedTables, counter: str) -> LiteralString:
    valued: Valued = tables.valued[counter]
    chosen: LiteralString = " ".join(
        f"and (%({name})s::text is null or fact.{name} = %({name})s)"
        for name in tables.subject.dimensions
    )
    return f"""
        select asked.number - 1, counted.value, counted.entities
        from unnest(%(divisions)s::text[], %(from)s::timestamptz[], %(before)s::timestamptz[])
             with ordinality as asked (division_code, start, before, number)
        cross join lateral (
            select {valued.value} as value, count(*) as entities from {tables.fact} fact
            where fact.division_code = asked.division_code
                  and fact.{valued.at} >= asked.start and fact.{valued.at} < asked.before
                  and {valued.where} {chosen}
            group by 1 offset 0) counted
    """


async def sums(
    connection: Connection, tables: CountedTables, spans: Sequence[Span], chosen: Chosen
) -> Sums:
    """How many entities have each value, over the spans of counters by values."""
    found: Sums = {}
    for counter in sorted({span.term.counter for span in spans}):
        own = [span for span in spans if span.term.counter == counter]
        asked = [(span.division, start_of(span.start), end_of(span.end)) for span in own]
        windows = dict(zip(("divisions", "from", "before"), columns_of(asked, 3), strict=True))
        parameters = {**windows, **chosen.by_name()}
        cursor = await connection.execute(_sum(tables, counter), parameters)
        for number, value, entities in await cursor.fetchall():
            span = own[number].of_value(value)
            found[span.term, span.division] = found.get((span.term, span.division), 0) + entities
    return found

"""Days on end, counted from the facts of the divisions that are asked: a grid is one of them.

No rollup holds them: a day more would be a row more of every grid.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from typing import LiteralString

from services.stats.domain.anchor import Lasting
from services.stats.domain.measures import Term
from services.stats.domain.spans import Span
from services.stats.domain.subjects import COUNTERS
from services.stats.store.counted_tables import CountedTables
from services.stats.store.filters import Chosen
from shared.postgres import Connection

Sums = Counter[tuple[Term, str]]
_AT_ONCE = 1000


@cache
def _facts(tables: CountedTables) -> LiteralString:
    columns = ", ".join(column.name for column in tables.fact_columns)
    return f"select {columns} from {tables.fact} where division_code = any(%b)"


def is_lasting(span: Span) -> bool:
    """Whether the span's counter counts days on end."""
    return isinstance(COUNTERS[span.term.counter].anchor, Lasting)


async def sums(
    connection: Connection, tables: CountedTables, spans: Sequence[Span], chosen: Chosen
) -> Sums:
    """How many days all entities have in the spans."""
    found: Sums = Counter()
    if not spans:
        return found
    asked: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        asked[span.division].append(span)
    async with connection.cursor(binary=True) as cursor:
        await cursor.execute(_facts(tables), (list(asked),))
        while rows := await cursor.fetchmany(_AT_ONCE):
            for row in rows:
                fact = tables.fact_of(row)
                if chosen.takes(tables.subject, fact):
                    for span in asked[fact[0]]:
                        found[span.term, span.division] += _days(fact, span)
    return found


def _days(fact: object, span: Span) -> int:
    anchor = COUNTERS[span.term.counter].anchor
    stretches = anchor.stretches(fact) if isinstance(anchor, Lasting) else ()
    return sum(each.days_in(span.start, span.end) for each in stretches)

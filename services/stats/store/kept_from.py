"""Which entities are kept from the unit that they are about, as they are known now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import LiteralString

from services.stats.store.counted_tables import CountedTables
from shared.identity import Actor, Role
from shared.postgres import Connection


@dataclass(frozen=True, slots=True)
class Asker:
    """Whoever asks, and the units that concern them, as `<division>/<mark>` and by their codes."""

    actor: Actor
    own: Sequence[str] = ()


@cache
def _kept(tables: CountedTables, condition: LiteralString) -> LiteralString:
    return f"""
        select {tables.id} from {tables.fact}
        where division_code = %(division)s and {tables.id} = any(%(ids)s::text[]) and ({condition})
    """


async def kept_from(
    connection: Connection,
    tables: CountedTables,
    asker: Asker,
    *,
    division: str,
    ids: Collection[str],
) -> frozenset[str]:
    """Those of a division's entities of which the asker is shown no more than that they count.

    Also of a question about the past: whom an entity is about may be known since. A backfill is of no
    unit, and is shown all but what nobody is.
    """
    actor = asker.actor
    of_unit = None if actor.role is Role.BACKFILL else tables.kept_from
    condition = " or ".join(f"({each})" for each in (of_unit, tables.kept_from_all) if each)
    if not condition or not ids:
        return frozenset()
    named = {
        "division": division,
        "ids": list(ids),
        "unit": actor.unit,
        "own": list(asker.own),
    }
    cursor = await connection.execute(_kept(tables, condition), named)
    return frozenset([row[0] async for row in cursor])

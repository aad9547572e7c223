"""Which entities are kept from the unit that they are about, as they are known now."""

from collections.abc import Collection
from functools import cache
from typing import LiteralString

from services.stats.store.counted_tables import CountedTables
from shared.identity import Actor, Role
from shared.postgres import Connection


@cache
def _kept(tables: CountedTables, condition: LiteralString) -> LiteralString:
    return f"""
        select {tables.id} from {tables.fact}
        where division_code = %(division)s and {tables.id} = any(%(ids)s::text[]) and ({condition})
    """


async def kept_from(
    connection: Connection,
    tables: CountedTables,
    actor: Actor,
    *,
    division: str,
    ids: Collection[str],
) -> frozenset[str]:
    """Those of a division's entities of which the actor is shown no more than that they count.

    Also of a question about the past: whom an entity is about may be known since. A backfill is of no
    unit, and is shown everything.
    """
    if tables.kept_from is None or not ids or actor.role is Role.BACKFILL:
        return frozenset()
    named = {"division": division, "ids": list(ids), "unit": actor.unit, "scope": actor.scope}
    cursor = await connection.execute(_kept(tables, tables.kept_from), named)
    return frozenset([row[0] async for row in cursor])

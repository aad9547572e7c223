"""Queries of sealing; the caller's transaction or session sets the scope."""

from collections.abc import AsyncIterator, Iterable
from datetime import date, datetime
from typing import LiteralString

import orjson
from psycopg.rows import class_row

from shared.contracts.ledger import LedgerSealed
from shared.ledger import read
from shared.postgres import Connection
from shared.sealing.days import Entry, LastSeal
from shared.sealing.seal import as_seal, stream_of

_BATCH = 5000

_WITHOUT_DUE_ROW: LiteralString = """
    select division_code, recorded_at from event
    where seq = 1 and division_code = any(array(
        select l.division_code from ledger l where not exists (
            select from due_row d where d.division_code = l.division_code and d.kind = %s)))
    order by division_code
"""
_DIVISIONS: LiteralString = "select division_code from ledger"
_NEWS: LiteralString = """
    select exists (
        select from event
        where division_code = %s and seq > %s and kind <> %s and recorded_at < %s)
"""
# Up to the last event from before the moment: where the clock was corrected, events in front of it
# bear later times and are part of the history all the same.
_ENTRIES: LiteralString = """
    select seq as sequence, hash, kind, recorded_at from event
    where division_code = %(division)s and seq <= (
        select last.seq from event last
        where last.division_code = %(division)s and last.recorded_at < %(before)s
        order by last.seq desc limit 1)
    order by seq
"""
_HASH_AT: LiteralString = """
    select e.division_code, e.hash from event e
    join unnest(%s::text[], %s::bigint[]) as sealed (division_code, seq) using (division_code, seq)
"""
# a look-up for each ledger: its first event under no seal that is not itself a seal
_OLDEST_UNSEALED: LiteralString = """
    select min(first.recorded_at) from ledger l
    left join unnest(%s::text[], %s::bigint[]) as sealed (division_code, head)
        using (division_code)
    cross join lateral (
        select e.recorded_at from event e
        where e.division_code = l.division_code and e.seq > coalesce(sealed.head, 0)
            and e.kind <> %s
        order by e.seq limit 1) as first
"""
_HASHES: LiteralString = """
    select hash from event where division_code = %s and seq <= %s order by seq
"""


async def without_due_row(connection: Connection, kind: str) -> list[tuple[str, datetime]]:
    """The ledgers without a due row of this kind, each with the moment of its first event."""
    cursor = await connection.execute(_WITHOUT_DUE_ROW, (kind,))
    return [(division, first) for division, first in await cursor.fetchall()]


async def divisions(connection: Connection) -> list[str]:
    """Where a ledger has begun."""
    cursor = await connection.execute(_DIVISIONS)
    return [division for (division,) in await cursor.fetchall()]


async def has_news(
    connection: Connection, division: str, last: LastSeal, *, before: datetime
) -> bool:
    """Whether an event other than a seal was recorded before that moment that no seal covers."""
    asked = (division, last.head_sequence, LedgerSealed.kind, before)
    row = await (await connection.execute(_NEWS, asked)).fetchone()
    return row is not None and bool(row[0])


async def last_seal(
    connection: Connection, *, service: str, county: str, division: str
) -> LastSeal:
    """The ledger's latest seal; raises StreamOutOfOrder."""
    events = await read.stream(connection, county, division, stream_of(service, division))
    if not events:
        return LastSeal()
    seals = [as_seal(orjson.loads(each.data), each.schema_version) for each in events]
    days = [date.fromisoformat(seal.day) for seal in seals]
    seal = seals[-1]
    return LastSeal(events[-1].version, seal.head_sequence, days[-1], seal, max(days))


async def sealed_heads(connection: Connection, seals: Iterable[LedgerSealed]) -> dict[str, str]:
    """By division the hash of the last event under each of these seals, where there is one."""
    heads = {_division(seal): seal.head_sequence for seal in seals}
    cursor = await connection.execute(_HASH_AT, (list(heads), list(heads.values())))
    return {division: hashed.hex() for division, hashed in await cursor.fetchall()}


async def oldest_unsealed(
    connection: Connection, seals: Iterable[LedgerSealed]
) -> datetime | None:
    """When the oldest event was recorded that is under none of the ledgers' latest seals."""
    heads = {_division(seal): seal.head_sequence for seal in seals}
    asked = (list(heads), list(heads.values()), LedgerSealed.kind)
    row = await (await connection.execute(_OLDEST_UNSEALED, asked)).fetchone()
    return row[0] if row else None


def _division(seal: LedgerSealed) -> str:
    return seal.ledger.partition("/")[2]


async def entries(
    connection: Connection, division: str, *, before: datetime
) -> AsyncIterator[Entry]:
    """The ledger's events up to the last from before that moment, in order; one batch in memory."""
    async with (
        connection.transaction(),
        connection.cursor("entries", binary=True, row_factory=class_row(Entry)) as cursor,
    ):
        cursor.itersize = _BATCH
        await cursor.execute(_ENTRIES, {"division": division, "before": before})
        async for entry in cursor:
            yield entry


async def hashes(connection: Connection, division: str, upto: int) -> AsyncIterator[bytes]:
    """The hashes of the events from 1 to `upto`; one batch in memory."""
    async with connection.cursor("hashes", binary=True) as cursor:
        cursor.itersize = _BATCH
        await cursor.execute(_HASHES, (division, upto))
        async for (found,) in cursor:
            yield found

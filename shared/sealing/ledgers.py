"""Queries of sealing; the caller's transaction or session sets the scope."""

from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import LiteralString

import orjson
from psycopg.rows import class_row

from shared.contracts.catalogue import decode_data
from shared.contracts.ledger import LedgerSealed
from shared.postgres import Connection
from shared.sealing.days import Entry, LastSeal
from shared.sealing.seal import stream_of

_BATCH = 5000

_WITHOUT_DUE_ROW: LiteralString = """
    select division_code, recorded_at from event
    where seq = 1 and division_code = any(array(
        select l.division_code from ledger l where not exists (
            select from due_row d where d.division_code = l.division_code and d.kind = %s)))
    order by division_code
"""
_NEWS: LiteralString = """
    select exists (
        select from event
        where division_code = %s and seq > %s and kind <> %s and recorded_at < %s)
"""
_LAST: LiteralString = """
    select version, schema_version, data from event
    where division_code = %s and stream_id = %s order by version desc limit 1
"""
_ENTRIES: LiteralString = """
    select seq as sequence, hash, kind, recorded_at from event
    where division_code = %s and recorded_at < %s order by seq
"""
_HASHES: LiteralString = """
    select hash from event where division_code = %s and seq <= %s order by seq
"""


async def without_due_row(connection: Connection, kind: str) -> list[tuple[str, datetime]]:
    """The ledgers without a due row of this kind, each with the moment of its first event."""
    cursor = await connection.execute(_WITHOUT_DUE_ROW, (kind,))
    return [(division, first) for division, first in await cursor.fetchall()]


async def has_news(
    connection: Connection, division: str, last: LastSeal, *, before: datetime
) -> bool:
    """Whether an event other than a seal was recorded before that moment that no seal covers."""
    asked = (division, last.head_sequence, LedgerSealed.kind, before)
    row = await (await connection.execute(_NEWS, asked)).fetchone()
    return row is not None and bool(row[0])


async def last_seal(connection: Connection, service: str, division: str) -> LastSeal:
    """The ledger's latest seal."""
    cursor = await connection.execute(_LAST, (division, stream_of(service, division)))
    row = await cursor.fetchone()
    if row is None:
        return LastSeal()
    version, schema_version, data = row
    seal = as_seal(schema_version, data)
    return LastSeal(version, seal.head_sequence, date.fromisoformat(seal.day))


def as_seal(schema_version: int, data: str | bytes) -> LedgerSealed:
    """Decode the data of a seal's event."""
    seal = decode_data(LedgerSealed.kind, schema_version, orjson.loads(data))
    if not isinstance(seal, LedgerSealed):
        raise TypeError("a seal decodes as something else")
    return seal


async def entries(
    connection: Connection, division: str, *, before: datetime
) -> AsyncIterator[Entry]:
    """The ledger's events from before that moment, in order; one batch in memory."""
    async with (
        connection.transaction(),
        connection.cursor("entries", binary=True, row_factory=class_row(Entry)) as cursor,
    ):
        cursor.itersize = _BATCH
        await cursor.execute(_ENTRIES, (division, before))
        async for entry in cursor:
            yield entry


async def hashes(connection: Connection, division: str, upto: int) -> AsyncIterator[bytes]:
    """The hashes of the events from 1 to `upto`; one batch in memory."""
    async with connection.cursor("hashes", binary=True) as cursor:
        cursor.itersize = _BATCH
        await cursor.execute(_HASHES, (division, upto))
        async for (found,) in cursor:
            yield found

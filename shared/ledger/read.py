"""Reads ledgers: one or several streams, or all events in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from psycopg.rows import class_row

from shared.cloudevents import RecordedEvent
from shared.ledger.errors import StreamOutOfOrder
from shared.postgres import SET_SCOPE, Connection

_COLUMNS: LiteralString = """
    division_code as division, seq as sequence, stream_id, event_id, kind, schema_version,
    convert_to(data, 'UTF8') as data, actor_ref, correlation_id, causation_id, occurred_at,
    recorded_at, digest, previous_hash, hash
"""
STREAM_COLUMNS: LiteralString = """
    seq as sequence, stream_id, version, event_id, kind, schema_version, data, actor_ref,
    causation_id, occurred_at, recorded_at
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamEvent:
    """An event as the reader of its stream needs it: without hashes."""

    sequence: int
    stream_id: str
    version: int
    event_id: str
    kind: str
    schema_version: int
    data: str
    actor_ref: str | None
    causation_id: str | None = None
    occurred_at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReceipt:
    """The stored receipt of a request with an idempotency key."""

    request_mac: bytes
    response: bytes
    last: int


async def receipt(
    connection: Connection,
    *,
    scope: str,
    division: str,
    actor_refs: Sequence[str],
    route: str,
    key: str,
) -> StoredReceipt | None:
    """The receipt of an earlier request with this key under one of these references.

    The first reference goes before the others.
    """
    query: LiteralString = """
        select request_mac, response, last_seq as last from command_receipt
        where division_code = %s and actor_ref = any(%s) and route = %s and idempotency_key = %s
        order by array_position(%s, actor_ref) limit 1
    """
    async with connection.pipeline():
        await connection.execute(SET_SCOPE, (scope,))
        async with connection.cursor(row_factory=class_row(StoredReceipt)) as cursor:
            refs = list(actor_refs)
            await cursor.execute(query, (division, refs, route, key, refs))
            return await cursor.fetchone()


async def stream(
    connection: Connection, scope: str, division: str, stream_id: str
) -> list[StreamEvent]:
    """One stream, oldest first, in one round trip; empty when out of scope or not begun.

    Raises StreamOutOfOrder.
    """
    query: LiteralString = (
        f"select {STREAM_COLUMNS} from ledger_stream_v1(%s::text, %s::text, %s::text)"
    )
    async with connection.cursor(row_factory=class_row(StreamEvent)) as cursor:
        await cursor.execute(query, (scope, division, stream_id))
        return in_order(await cursor.fetchall())


async def streams(
    connection: Connection, scope: str, division: str, stream_ids: Sequence[str]
) -> list[StreamEvent]:
    """Several streams of one ledger, each oldest first; raises StreamOutOfOrder."""
    query: LiteralString = f"""
        select {STREAM_COLUMNS} from event
        where division_code = %s and stream_id = any(%s) order by stream_id, version
    """
    async with connection.pipeline():
        await connection.execute(SET_SCOPE, (scope,))
        async with connection.cursor(row_factory=class_row(StreamEvent)) as cursor:
            await cursor.execute(query, (division, list(stream_ids)))
            return in_order(await cursor.fetchall())


def in_order(events: list[StreamEvent]) -> list[StreamEvent]:
    """The events of whole streams, one stream after the other by version; raises StreamOutOfOrder.

    An event's version is no part of its digest, its sequence is part of its hash. So a stream is
    believed only where its versions are 1, 2, 3 … in the order of the ledger.
    """
    stream_id, version, sequence = "", 0, 0
    for event in events:
        if event.stream_id != stream_id:
            stream_id, version, sequence = event.stream_id, 0, 0
        version += 1
        if event.version != version or event.sequence <= sequence:
            raise StreamOutOfOrder(stream_id, event.sequence)
        sequence = event.sequence
    return events


async def ledger(
    connection: Connection, source: str, scope: str, division: str, *, after: int, limit: int
) -> list[RecordedEvent]:
    """The events of one ledger that follow `after`, in order."""
    query: LiteralString = f"""
        select %s::text as source, {_COLUMNS} from event
        where division_code = %s and seq > %s order by seq limit %s
    """
    async with connection.pipeline():
        await connection.execute(SET_SCOPE, (scope,))
        async with connection.cursor(row_factory=class_row(RecordedEvent)) as cursor:
            await cursor.execute(query, (source, division, after, limit))
            return await cursor.fetchall()


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerHead:
    """How far a ledger reaches."""

    division: str
    sequence: int
    hash: bytes
    recorded_at: datetime


async def ledgers(
    connection: Connection, scope: str, *, after: str, limit: int
) -> list[LedgerHead]:
    """The ledgers within the scope that have begun, by their divisions."""
    query: LiteralString = """
        select division_code as division, head_seq as sequence, head_hash as hash,
               head_recorded_at as recorded_at
        from ledger where division_code > %s and head_seq > 0 order by division_code limit %s
    """
    async with connection.pipeline():
        await connection.execute(SET_SCOPE, (scope,))
        async with connection.cursor(row_factory=class_row(LedgerHead)) as cursor:
            await cursor.execute(query, (after, limit))
            return await cursor.fetchall()


async def place_of(connection: Connection, scope: str, division: str, event_id: str) -> int | None:
    """The sequence of an event in its ledger; None if it is out of scope or does not exist."""
    query: LiteralString = "select seq from event where division_code = %s and event_id = %s"
    async with connection.pipeline():
        await connection.execute(SET_SCOPE, (scope,))
        cursor = await connection.execute(query, (division, event_id))
        row = await cursor.fetchone()
    return None if row is None else int(row[0])


async def heads(connection: Connection, scope: str, divisions: Sequence[str]) -> dict[str, int]:
    """The last sequence of each of these ledgers that has begun."""
    query: LiteralString = (
        "select division_code, head_seq from ledger where division_code = any(%s)"
    )
    async with connection.pipeline():
        await connection.execute(SET_SCOPE, (scope,))
        cursor = await connection.execute(query, (list(divisions),))
        return dict(await cursor.fetchall())

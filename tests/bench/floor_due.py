"""What `due` and `due_commands` read and write, by plain SQL and without what makes it safe.

The same rows in copies of the tables, with their keys and indexes, as many a statement and on as
many connections: no lease, no row-level security, no chain, no receipt to look for, no rules.
"""

from datetime import UTC, datetime
from typing import LiteralString

import psycopg

from shared.due import DueRow
from shared.postgres import Connection
from tests.parts import FreshDatabase

_TABLES = ("due_row", "event", "command_receipt")
_COPY = "create table floor_{0} (like {0} including all); grant all on floor_{0} to {1};"
_PUT: LiteralString = """
    insert into floor_due_row (division_code, kind, key, due_at, payload)
    select division_code, kind, key, due_at, '{}'
    from unnest(%s::text[], %s::text[], %s::text[], %s::timestamptz[])
        as new (division_code, kind, key, due_at)
"""
_DUE: LiteralString = """
    select key, due_at, payload from floor_due_row
    where division_code = %s and kind = %s and state = 'waiting' and due_at <= now()
    order by due_at, key limit %s
"""
_SETTLE: LiteralString = """
    update floor_due_row set state = 'done', settled_at = now()
    where division_code = %s and kind = %s and key = any(%s)
"""
_STREAMS: LiteralString = """
    select * from floor_event where division_code = %s and stream_id = any(%s)
"""
_EVENTS: LiteralString = """
    insert into floor_event
    select %s, %s + n, division || '-' || key, 1, division || '-' || key, 'case-withdrawn', 1,
           %s, 'policy', null, null, now(), now(), %b, %b, %b
    from unnest(%s::text[]) with ordinality as new (key, n), lateral (select %s) as of (division)
"""
_RECEIPTS: LiteralString = """
    insert into floor_command_receipt
    select %s, 'policy', 'route', key, %b, '', null, %s, now() from unnest(%s::text[]) as key
"""
_HASH = bytes(32)
_DATA = '{"case_id":"%s","matter_id":"%s","statement_recorded":true}' % (("0" * 46,) * 2)


def make_tables(database: FreshDatabase) -> None:
    with psycopg.connect(database.owner_dsn) as connection:
        for table in _TABLES:
            connection.execute(_COPY.format(table, database.role).encode())


async def put(connection: Connection, rows: list[DueRow]) -> None:
    columns = [[row.division, row.kind, row.key, row.due_at] for row in rows]
    await connection.execute(_PUT, [list(column) for column in zip(*columns, strict=True)])


async def settle(connection: Connection, division: str, kind: str, most_rows: int) -> int:
    """One batch of a ledger: its due rows are read, and settled."""
    cursor = await connection.execute(_DUE, (division, kind, most_rows))
    keys = [key for key, _, _ in await cursor.fetchall()]
    if keys:
        await connection.execute(_SETTLE, (division, kind, keys))
    return len(keys)


async def carry_out(
    connection: Connection, division: str, kind: str, most_rows: int, *, place: int
) -> int:
    """The same with an event and a receipt for each row, in one transaction a batch."""
    cursor = await connection.execute(_DUE, (division, kind, most_rows))
    keys = [key for key, _, _ in await cursor.fetchall()]
    if not keys:
        return 0
    streams = [f"{division}-{key}" for key in keys]
    await (await connection.execute(_STREAMS, (division, streams))).fetchall()
    async with connection.pipeline(), connection.transaction():
        written = (division, place, _DATA, _HASH, _HASH, _HASH, keys, division)
        await connection.execute(_EVENTS, written)
        marked = [f"{kind}/{key}@{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}" for key in keys]
        await connection.execute(_RECEIPTS, (division, _HASH, place, marked))
        await connection.execute(_SETTLE, (division, kind, keys))
    return len(keys)

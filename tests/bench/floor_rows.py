"""What `mediation_http` writes and reads, without what makes it trustworthy.

The rows of an application go into copies of their tables, with their keys and indexes: no rules, no
chain, no encryption, no row-level security, no receipt to look for. It tells how much of the way
from one INSERT to a command is the rows themselves.
"""

import itertools
from datetime import UTC, datetime
from typing import LiteralString
from uuid import uuid4

import psycopg

from shared.postgres import Connection
from tests.parts import FreshDatabase

_TABLES = ("event", "vault_person", "vault_entry", "mediation_board", "command_receipt")
_COPY = "create table floor_{0} (like {0} including all); grant insert on floor_{0} to {1};"
_COMMITTEE: LiteralString = """
    select data from ledger_stream_v1(%s::text, %s::text, %s::text)
"""
_EVENTS: LiteralString = """
    insert into floor_event values
        (%s, %s, %s, 1, %s, %s, 1, %s, %s, %s, null, %s, %s, %b, %b, %b),
        (%s, %s, %s, 2, %s, %s, 1, %s, %s, %s, null, %s, %s, %b, %b, %b)
"""
_PERSONS: LiteralString = """
    insert into floor_vault_person values (%s, %s, %b), (%s, %s, %b), (%s, %s, %b)
"""
_ENTRIES: LiteralString = """
    insert into floor_vault_entry values
        (%s, %s, 'person', %s, %b), (%s, %s, 'person', %s, %b), (%s, %s, 'application', %s, %b)
"""
_LINE: LiteralString = """
    insert into floor_mediation_board values
        (%s, %s, 'applied', 'applied', 'land', 'house-and-homestead', %s, null, null, %s, null,
         null, null, null, null, %s, %s, 2)
"""
_RECEIPT: LiteralString = """
    insert into floor_command_receipt values (%s, 'post', 'route', %s, %b, %b, %s, %s, %s)
"""
_HASH, _KEY, _SEALED = bytes(32), bytes(60), bytes(180)
_PLACES = itertools.count(1, 2)


def make_tables(database: FreshDatabase) -> None:
    with psycopg.connect(database.owner_dsn) as connection:
        for table in _TABLES:
            connection.execute(_COPY.format(table, database.role).encode())


async def write(connection: Connection, division: str, committee_id: str, body: str) -> None:
    """Look at the committee, then write all rows in one transaction and one round trip."""
    cursor = await connection.execute(_COMMITTEE, (division, division, committee_id), prepare=True)
    await cursor.fetchall()
    now, ids, key = datetime.now(UTC), [f"{division}-{uuid4()}" for _ in range(5)], str(uuid4())
    dispute, her, him, first, second = ids
    place = next(_PLACES)
    said = (now, now, _HASH, _HASH, _HASH)
    events = (
        *(division, place, dispute, first, "mediation-applied", body, "post", key, *said),
        *(division, place + 1, dispute, second, "mediation-consented", body[:300], "post", key),
        *said,
    )
    persons = [value for ref in (dispute, her, him) for value in (division, ref, _KEY)]
    entries = [value for ref in (her, him, dispute) for value in (division, ref, key, _SEALED)]
    async with connection.pipeline():
        await connection.execute(_EVENTS, events, prepare=True)
        await connection.execute(_PERSONS, persons, prepare=True)
        await connection.execute(_ENTRIES, entries, prepare=True)
        line = (division, dispute, committee_id, now, [her], [him])
        await connection.execute(_LINE, line, prepare=True)
        receipt = (division, key, _HASH, _SEALED, place, place + 1, now)
        await connection.execute(_RECEIPT, receipt, prepare=True)

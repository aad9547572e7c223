"""Writes lines of the log of openings, and reads those of a record or of a division."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any, LiteralString

from psycopg.rows import class_row

from shared.divisions import division_of
from shared.openings.opening import NOTHING_BEFORE, Opening, OpeningsHead
from shared.postgres import Connection, Pool, transaction

_COLUMNS: LiteralString = """
    division_code as division, seq as sequence, record_id, opened_by, role, route, purpose,
    correlation_id, opened_at, previous_hash, hash
"""
# Of two that add lines to one division at once, the second waits and sees the first one's.
_LOCK: LiteralString = """
    select pg_advisory_xact_lock(hashtextextended('openings of ' || %(division)s, 0))
"""
_LAST: LiteralString = """
    select clock_timestamp() as now, seq, hash from (select) as always
    left join lateral (
        select seq, hash from opening where division_code = %(division)s
        order by seq desc limit 1) as last on true
"""
_ADD: LiteralString = """
    insert into opening (division_code, seq, record_id, opened_by, role, route, purpose,
        correlation_id, opened_at, previous_hash, hash)
    values (%(division)s, %(sequence)s, %(record_id)s, %(opened_by)s, %(role)s, %(route)s,
        %(purpose)s, %(correlation_id)s, %(opened_at)s, %(previous_hash)s, %(hash)s)
"""
_OF: LiteralString = f"""
    select {_COLUMNS} from opening
    where division_code = %(division)s and seq > %(after)s
      and (%(record_id)s::text is null or record_id = %(record_id)s)
      and record_id <> all(%(without)s::text[])
    order by seq limit %(limit)s
"""
_ALL: LiteralString = f"select {_COLUMNS} from opening where division_code = %s order by seq"
_HEAD: LiteralString = """
    select seq, hash from opening where division_code = %s and opened_at < %s
    order by seq desc limit 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opener:
    """Who is shown something, by which route and for what."""

    opened_by: str
    role: str
    route: str
    purpose: str
    correlation_id: str | None


async def note_openings(pool: Pool, opener: Opener, record_ids: Sequence[str]) -> None:
    """Add a line for each record, before it is shown; the reader may be of another division."""
    for division, records in groupby(sorted(set(record_ids)), key=division_of):
        async with transaction(pool, division) as connection:
            last, now = await _last(connection, division)
            lines = chained(opener, division, list(records), after=last, at=now)
            async with connection.cursor() as cursor:
                await cursor.executemany(_ADD, [_named(line) for line in lines])


def chained(
    opener: Opener, division: str, record_ids: Sequence[str], *, after: OpeningsHead, at: datetime
) -> list[Opening]:
    """The lines of these records, each with the hash of the one before."""
    lines = list[Opening]()
    for record_id in record_ids:
        previous = lines[-1].hash if lines else after.hash
        line = Opening(
            division=division,
            sequence=after.sequence + len(lines) + 1,
            record_id=record_id,
            opened_by=opener.opened_by,
            role=opener.role,
            route=opener.route,
            purpose=opener.purpose,
            correlation_id=opener.correlation_id,
            opened_at=at,
            previous_hash=previous,
            hash=b"",
        )
        lines.append(replace(line, hash=line.expected_hash()))
    return lines


async def openings_of(
    pool: Pool,
    division: str,
    *,
    record_id: str | None = None,
    without: Sequence[str] = (),
    after: int = 0,
    limit: int = 500,
) -> list[Opening]:
    """The lines of a division, or those of one of its records, in their order.

    Who may ask is the caller's to say. `without` are records that are kept from who asks.
    """
    named = {
        "division": division,
        "record_id": record_id,
        "without": list(without),
        "after": after,
        "limit": limit,
    }
    async with (
        transaction(pool, division) as connection,
        connection.cursor(row_factory=class_row(Opening)) as cursor,
    ):
        await cursor.execute(_OF, named)
        return await cursor.fetchall()


async def every_opening(connection: Connection, division: str) -> AsyncIterator[Opening]:
    """All lines of a division from the first on, in the caller's transaction."""
    async with connection.cursor("openings", row_factory=class_row(Opening)) as cursor:
        await cursor.execute(_ALL, (division,))
        async for line in cursor:
            yield line


async def head_before(
    connection: Connection, division: str, moment: datetime
) -> OpeningsHead | None:
    """The last line from before that moment, in the caller's transaction; None without any."""
    row = await (await connection.execute(_HEAD, (division, moment))).fetchone()
    return None if row is None else OpeningsHead(*row)


async def _last(connection: Connection, division: str) -> tuple[OpeningsHead, datetime]:
    named = {"division": division}
    async with connection.pipeline():
        await connection.execute(_LOCK, named)
        cursor = await connection.execute(_LAST, named)
    row: Any = await cursor.fetchone()
    now, sequence, hashed = row
    return OpeningsHead(sequence or 0, hashed or NOTHING_BEFORE), now


def _named(line: Opening) -> dict[str, object]:
    return {name: getattr(line, name) for name in Opening.__dataclass_fields__}

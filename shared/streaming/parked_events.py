"""Reads and marks parked events by their place in a ledger; a place may have several copies."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from psycopg.rows import class_row, dict_row

from shared.postgres import Connection

_REPLAYED: LiteralString = """
    update parked set replayed_at = clock_timestamp()
    where division_code = %s and source = %s and seq = %s and replayed_at is null
"""
_COPIES: LiteralString = """
    select * from parked
    where division_code = %s and source = %s and seq = %s and replayed_at is null
    order by parked_at
"""
_STILL_POISON: LiteralString = """
    update parked set reason = %(reason)s
    where division_code = %(division_code)s and topic = %(topic)s and topic_id = %(topic_id)s
          and topic_partition = %(topic_partition)s and message_offset = %(message_offset)s
"""
_PLACES: LiteralString = """
    select distinct division_code, seq from parked
    where source = %(source)s and seq is not null and replayed_at is null
          and (%(division)s::text is null or division_code = %(division)s)
          and (%(seq)s::bigint is null or seq = %(seq)s)
    order by division_code, seq
"""
_LISTED: LiteralString = """
    select division_code as division, source, seq, topic, topic_partition as partition,
           message_offset as offset, reason, parked_at, replayed_at,
           convert_from(header_values[array_position(header_names, 'ce_type')], 'LATIN1') as said,
           count(*) over () as of
    from parked
    where source = %(source)s and (%(replayed)s or replayed_at is null)
    order by parked_at, division_code, seq, message_offset limit %(limit)s
"""
_KIND = re.compile(r"[a-z]+(-[a-z]+)*", re.ASCII)
_LONGEST_KIND = 64


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A parked message without its content; `of` is the number of all."""

    division: str
    source: str
    seq: int | None
    topic: str
    partition: int
    offset: int
    reason: str
    parked_at: datetime
    replayed_at: datetime | None
    said: str | None
    of: int

    @property
    def ledger(self) -> str | None:
        """`intake/519900101`; None for a message that names no place in a ledger."""
        return None if self.seq is None else f"{self.source.removeprefix('/')}/{self.division}"

    @property
    def kind(self) -> str | None:
        """The event's kind; None for text that is not written as a kind, since it may be anything."""
        said = self.said or ""
        return said if len(said) <= _LONGEST_KIND and _KIND.fullmatch(said) else None


@dataclass(frozen=True, slots=True)
class Copy:
    """A parked message as it was received."""

    headers: list[tuple[str, bytes]]
    value: bytes | None
    key: dict[str, object]


async def listed(
    connection: Connection, source: str, *, replayed: bool, limit: int
) -> list[DeadLetter]:
    """The oldest first; replayed ones only if asked for."""
    async with connection.cursor(row_factory=class_row(DeadLetter)) as cursor:
        about = {"source": source, "replayed": replayed, "limit": limit}
        await cursor.execute(_LISTED, about)
        return await cursor.fetchall()


async def places(
    connection: Connection, source: str, *, division: str | None, seq: int | None
) -> Sequence[tuple[str, int]]:
    """Places with events to replay, in the order of the ledgers."""
    about = {"source": source, "division": division, "seq": seq}
    return await (await connection.execute(_PLACES, about)).fetchall()


async def copies(connection: Connection, source: str, division: str, seq: int) -> list[Copy]:
    """The parked messages of that place that were not replayed."""
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_COPIES, (division, source, seq))
        return [
            Copy(
                list(zip(row["header_names"], row["header_values"], strict=True)),
                row["message_value"],
                row,
            )
            for row in await cursor.fetchall()
        ]


async def note_reason(connection: Connection, copy: Copy, reason: str) -> None:
    """Store why it still cannot be folded."""
    await connection.execute(_STILL_POISON, {**copy.key, "reason": reason})


async def mark_replayed(connection: Connection, source: str, division: str, seq: int) -> None:
    """Mark all copies of the event as replayed."""
    await connection.execute(_REPLAYED, (division, source, seq))

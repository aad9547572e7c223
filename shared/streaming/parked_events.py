"""What is parked, by its place in a ledger: one event may lie there in several copies."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from psycopg.rows import class_row, dict_row

from shared.postgres import Connection

_MADE_GOOD: LiteralString = """
    update parked set replayed_at = clock_timestamp()
    where division_code = %s and source = %s and seq = %s and replayed_at is null
"""
_COPIES: LiteralString = """
    select * from parked
    where division_code = %s and source = %s and seq = %s and replayed_at is null
    order by parked_at
"""
_STILL_SPOILED: LiteralString = """
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
    """A parked message without what it holds; `of` is how many there are in all."""

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
        """What the event is called; nothing that is not written as a kind is shown."""
        said = self.said or ""
        return said if len(said) <= _LONGEST_KIND and _KIND.fullmatch(said) else None


@dataclass(frozen=True, slots=True)
class Copy:
    """A parked message as it came."""

    headers: list[tuple[str, bytes]]
    value: bytes | None
    key: dict[str, object]


async def listed(
    connection: Connection, source: str, *, replayed: bool, limit: int
) -> list[DeadLetter]:
    """The oldest first; those that are replayed only if told."""
    async with connection.cursor(row_factory=class_row(DeadLetter)) as cursor:
        about = {"source": source, "replayed": replayed, "limit": limit}
        await cursor.execute(_LISTED, about)
        return await cursor.fetchall()


async def places(
    connection: Connection, source: str, *, division: str | None, seq: int | None
) -> Sequence[tuple[str, int]]:
    """Where something waits to be replayed, in the order of the ledgers."""
    about = {"source": source, "division": division, "seq": seq}
    return await (await connection.execute(_PLACES, about)).fetchall()


async def copies(connection: Connection, source: str, division: str, seq: int) -> list[Copy]:
    """The messages that are the event of that place and were not replayed."""
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
    """Why it still cannot be folded."""
    await connection.execute(_STILL_SPOILED, {**copy.key, "reason": reason})


async def mark_made_good(connection: Connection, source: str, division: str, seq: int) -> None:
    """The event is applied: no copy of it needs to be replayed."""
    await connection.execute(_MADE_GOOD, (division, source, seq))

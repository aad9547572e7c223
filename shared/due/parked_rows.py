"""What is parked: rows that failed too often and wait until somebody has them resumed."""

from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from psycopg.rows import class_row

from shared.due.writing import PARKED
from shared.postgres import Connection

_LISTED: LiteralString = f"""
    select division_code as division, kind, key, due_at, tries, problem,
           settled_at as parked_at, count(*) over () as of
    from due_row where {PARKED}
    order by settled_at, division_code, kind, key limit %s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedRow:
    """A parked row without its payload."""

    division: str
    kind: str
    key: str
    due_at: datetime
    tries: int
    problem: str | None
    """The class of the last fault."""
    parked_at: datetime
    of: int
    """How many are parked in all."""


async def listed(connection: Connection, *, limit: int) -> list[ParkedRow]:
    """The rows that are parked longest, within the scope of the transaction."""
    async with connection.cursor(row_factory=class_row(ParkedRow)) as cursor:
        await cursor.execute(_LISTED, (limit,))
        return await cursor.fetchall()

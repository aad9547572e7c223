"""The runner's SQL: lease a ledger's due rows, and settle them.

`now` decides what is due; None leaves that to the database's clock.
"""

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import LiteralString
from uuid import uuid4

import orjson
import psycopg

from shared.due.row import DueRow
from shared.due.settling import Settled
from shared.postgres import Pool, transaction

_LEASE: LiteralString = """
    select division_code, key, due_at, payload, correlation_id, causation_id, tries
    from due_lease_v3(%s::text, %s::text, %s::text, %s::timestamptz, %s::interval, %s::integer)
"""
_SETTLE: LiteralString = """
    select due_settle_v1(
        %s::text, %s::text, %s::text, %s::text, %s::timestamptz, %s::interval, %s::text[],
        %s::timestamptz[], %s::text[], %s::timestamptz[], %s::integer[], %s::text[])
"""
_GIVE_BACK: LiteralString = """
    update due_lease set holder = null, leased_until = '-infinity' where kind = %s and holder = %s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Rows of one ledger, for one holder, until it settles them or the time runs out."""

    holder: str
    division: str
    rows: Sequence[DueRow]


@dataclass(frozen=True, kw_only=True)
class Leases:
    """The due rows of one kind in all ledgers of a county."""

    pool: Pool
    county: str
    kind: str
    lasting: timedelta
    most_rows: int

    async def take(self, now: datetime | None) -> Lease | None:
        """Lease the ledger whose row is due longest, unless it is leased or has a pause."""
        holder = uuid4().hex
        asked = (self.county, self.kind, holder, now, self.lasting, self.most_rows)
        try:
            async with self.pool.connection() as connection:
                cursor = await connection.execute(_LEASE, asked)
                found = await cursor.fetchall()
        except asyncio.CancelledError:
            await self.give_back(holder)
            raise
        if not found:
            return None
        rows = [
            DueRow(
                division=division,
                kind=self.kind,
                key=key,
                due_at=due_at,
                payload=orjson.loads(payload),
                correlation_id=correlation,
                causation_id=causation,
                tries=tries,
            )
            for division, key, due_at, payload, correlation, causation, tries in found
        ]
        return Lease(holder=holder, division=rows[0].division, rows=rows)

    async def settle(
        self,
        lease: Lease,
        settled: Sequence[Settled],
        now: datetime | None,
        *,
        pause: timedelta = timedelta(),
    ) -> int:
        """Write what came of the rows and end the lease; gives how many rows were still as leased.

        The ledger is not leased again before the pause is over.
        """
        asked = (
            *(self.county, lease.division, self.kind, lease.holder, now, pause),
            [each.row.key for each in settled],
            [each.row.due_at for each in settled],
            [each.state for each in settled],
            [each.due_at for each in settled],
            [each.tries for each in settled],
            [each.problem for each in settled],
        )
        async with self.pool.connection() as connection:
            cursor = await connection.execute(_SETTLE, asked)
            row = await cursor.fetchone()
        return int(row[0]) if row else 0

    async def give_back(self, holder: str) -> None:
        """End a lease of a process that ends, so that the next one need not wait for its time."""
        with contextlib.suppress(psycopg.Error):
            async with transaction(self.pool, self.county) as connection:
                await connection.execute(_GIVE_BACK, (self.kind, holder))

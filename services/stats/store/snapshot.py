"""Reading transactions in which figures and the positions they are given with agree."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import LiteralString

from shared.postgres import SET_SCOPE, Connection, Pool

_WAIT_FOR_A_SWAP: LiteralString = "lock table inbox in access share mode"
"""A rebuild that swaps tables holds this table meanwhile. Taken before the first query, so before
the snapshot: what is seen then is all of it old, or all of it new."""


@asynccontextmanager
async def snapshot(pool: Pool, scope: str) -> AsyncIterator[Connection]:
    """A transaction that sees one moment of the database, within the scope, and writes nothing."""
    async with pool.connection() as connection:
        async with connection.pipeline() as pipeline:
            await connection.execute("begin isolation level repeatable read read only")
            await connection.execute(_WAIT_FOR_A_SWAP)
            await connection.execute(SET_SCOPE, (scope,))
            await pipeline.sync()
        try:
            yield connection
        finally:
            await connection.rollback()

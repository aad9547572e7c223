"""Connections to PostgreSQL: one pool per process, every transaction within a scope."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from types import MappingProxyType
from typing import LiteralString

from psycopg import AsyncConnection
from psycopg.rows import DictRow, TupleRow, dict_row
from psycopg_pool import AsyncConnectionPool

Connection = AsyncConnection[TupleRow]
Pool = AsyncConnectionPool[Connection]

_SETTINGS = {"timezone": "UTC"}

SET_SCOPE: LiteralString = "select set_config('concord.scope', %s, true)"


def new_pool(
    url: str, *, name: str, size: int = 8, settings: Mapping[str, str] = MappingProxyType({})
) -> Pool:
    """A pool that is not open yet: `async with` opens it, without waiting for the database.

    `settings` are PostgreSQL settings for each connection.
    """
    options = " ".join(f"-c {key}={value}" for key, value in {**_SETTINGS, **settings}.items())
    return AsyncConnectionPool(
        url,
        connection_class=AsyncConnection[TupleRow],
        kwargs={"autocommit": True, "application_name": name, "options": options},
        min_size=1,
        max_size=size,
        name=name,
        open=False,
        timeout=5,
        max_waiting=200,
        check=None,
    )


@asynccontextmanager
async def transaction(pool: Pool, scope: str) -> AsyncIterator[Connection]:
    """A transaction that can read and write only rows within the scope."""
    async with pool.connection() as connection, scoped(connection, scope):
        yield connection


@asynccontextmanager
async def scoped(connection: Connection, scope: str) -> AsyncIterator[None]:
    """The same on an open connection; beginning takes one round trip."""
    async with connection.pipeline() as pipeline:
        await connection.execute("begin")
        await connection.execute(SET_SCOPE, (scope,))
        await pipeline.sync()
    try:
        yield
    except BaseException:  # also on cancellation
        await connection.rollback()
        raise
    await connection.commit()


async def rows(
    connection: Connection, query: LiteralString, parameters: Mapping[str, object]
) -> list[DictRow]:
    """All rows of a query, each a dictionary by column."""
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query, parameters)
        return await cursor.fetchall()

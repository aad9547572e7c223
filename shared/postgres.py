"""Connections to PostgreSQL: one pool per process, every transaction within a scope."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from types import MappingProxyType
from typing import Any, LiteralString
from weakref import WeakKeyDictionary

from psycopg import AsyncConnection
from psycopg.rows import DictRow, TupleRow, dict_row
from psycopg_pool import AsyncConnectionPool

Connection = AsyncConnection[TupleRow]

_SETTINGS = {"timezone": "UTC"}

_TCP = {
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""A connection that a firewall forgot fails after about 20 s, not after two hours."""

_AFTER_COMMIT: "WeakKeyDictionary[Connection, list[Callable[[], None]]]" = WeakKeyDictionary()
SET_SCOPE: LiteralString = "select set_config('concord.scope', %s, true)"


class Pool(AsyncConnectionPool[Connection]):
    """A pool that checks its idle connections as soon as one was found dead.

    What kills one (a firewall, a database that failed over) has often killed all of them; without
    the check each would fail one request.
    """

    def __init__(self, *settings: Any, **named: Any) -> None:
        """Take what psycopg's pool takes."""
        super().__init__(*settings, **named)
        self._checking: asyncio.Task[None] | None = None

    async def putconn(self, conn: Connection) -> None:
        """Take a connection back."""
        lost = conn.closed
        await super().putconn(conn)
        if lost and not self.closed and (self._checking is None or self._checking.done()):
            # in a task of its own: a check that is cancelled half-way loses connections
            self._checking = asyncio.create_task(self.check())
            await asyncio.sleep(0)  # it takes the idle ones before the next request does

    async def close(self, timeout: float = 5.0) -> None:  # noqa: ASYNC109 - psycopg's signature
        """Close all connections."""
        if self._checking is not None:
            await asyncio.wait([self._checking], timeout=timeout)
        await super().close(timeout)


def new_pool(
    url: str, *, name: str, size: int = 8, settings: Mapping[str, str] = MappingProxyType({})
) -> Pool:
    """A pool that is not open yet: `async with` opens it, without waiting for the database.

    `settings` are PostgreSQL settings for each connection.
    """
    options = " ".join(f"-c {key}={value}" for key, value in {**_SETTINGS, **settings}.items())
    return Pool(
        url,
        connection_class=AsyncConnection[TupleRow],
        kwargs={"autocommit": True, "application_name": name, "options": options, **_TCP},
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
async def scoped_read(pool: Pool, scope: str) -> AsyncIterator[Connection]:
    """A connection whose queries see what is within the scope; a single one takes one round trip.

    The pipeline is the transaction: it begins with the scope and ends with the context.
    """
    async with pool.connection() as connection, connection.pipeline():
        await connection.execute(SET_SCOPE, (scope,))
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
        _AFTER_COMMIT.pop(connection, None)
        await connection.rollback()
        raise
    calls = _AFTER_COMMIT.pop(connection, ())
    await connection.commit()
    for call in calls:
        call()


def after_commit(connection: Connection, call: Callable[[], None]) -> None:
    """Have something called once the transaction is committed; never where it is rolled back.

    It must not fail, and what it does must not matter: a process may be killed in between.
    """
    _AFTER_COMMIT.setdefault(connection, []).append(call)


async def rows(
    connection: Connection, query: LiteralString, parameters: Mapping[str, object]
) -> list[DictRow]:
    """All rows of a query, each a dictionary by column."""
    async with connection.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query, parameters)
        return await cursor.fetchall()

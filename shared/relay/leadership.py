"""One process per task: the holder of the advisory lock leads, the others wait for it to end."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from psycopg import AsyncConnection
from psycopg.conninfo import make_conninfo
from psycopg.rows import TupleRow

from shared.postgres import Connection, Pool

_ASK_AGAIN_SECONDS = 1.0
_NOTICE_A_DEAD_PEER = {
    "keepalives_idle": 2,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 8000,
    "connect_timeout": 5,
}


@asynccontextmanager
async def leadership(
    pool: Pool,
    *,
    service: str,
    county: str,
    on_waiting: Callable[[], None] = lambda: None,
) -> AsyncIterator[Connection]:
    """Wait until this process relays for the service; yield the connection that has the lock.

    `on_waiting` is called while another process leads.

    The leader works on this connection, so a process that lost it can no longer move a position.
    The lock is polled: one statement that waits for it would hold back vacuum.
    """
    address = make_conninfo(
        str(pool.conninfo),
        application_name=f"{service} relay",
        options="-c timezone=UTC",
        **_NOTICE_A_DEAD_PEER,
    )
    connecting = AsyncConnection[TupleRow].connect(address, autocommit=True)
    async with await connecting as connection:
        await connection.execute("select set_config('concord.scope', %s, false)", (county,))
        await _until_locked(connection, f"concord relay {service}", on_waiting)
        yield connection


async def _until_locked(connection: Connection, name: str, on_waiting: Callable[[], None]) -> None:
    while not await _locked(connection, name):
        on_waiting()
        await asyncio.sleep(_ASK_AGAIN_SECONDS)


async def _locked(connection: Connection, name: str) -> bool:
    cursor = await connection.execute(
        "select pg_try_advisory_lock(hashtextextended(%s, 0))", (name,)
    )
    row = await cursor.fetchone()
    return row is not None and bool(row[0])

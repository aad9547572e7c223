"""Announces appends to the relay of another process, so that it need not ask all the time.

A relay learns of its own process's appends by a call. A worker appends as well: it notifies the
channel after its commit, not in the transaction, which every other append would wait for. A lost
notification costs the pause until the relay's next look.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import LiteralString

import psycopg

from shared.background import end
from shared.postgres import Connection, Pool

_NOTIFY: LiteralString = "notify concord_appended"
_LISTEN: LiteralString = "listen concord_appended"


class Announcer:
    """Notifies the relay of appends, once for all that come while it notifies."""

    def __init__(self, pool: Pool) -> None:
        """`pool` reaches the ledgers' database."""
        self._pool = pool
        self._appended = asyncio.Event()

    def announce(self) -> None:
        """Events were appended and committed."""
        self._appended.set()

    async def run(self) -> None:
        """Notify until cancelled; a database that is away has no relay that could listen."""
        while True:
            await self._appended.wait()
            self._appended.clear()
            with suppress(psycopg.Error):
                async with self._pool.connection() as connection:
                    await connection.execute(_NOTIFY)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Announcer"]:
        """Announce within the context."""
        task = asyncio.create_task(self.run())
        try:
            yield self
        finally:
            await end(task)


async def listen(connection: Connection) -> None:
    """Make the server send what is announced; what arrives is read with the next answer."""
    connection.add_notify_handler(lambda _: None)
    await connection.execute(_LISTEN)


async def wait_for_news(connection: Connection, nudged: asyncio.Event, seconds: float) -> None:
    """Wait until an append is announced or `nudged` is set, or the connection is lost, or so long.

    The connection is idle meanwhile: whatever arrives on it is news.
    """
    loop, socket = asyncio.get_running_loop(), connection.fileno()
    loop.add_reader(socket, nudged.set)
    timer = loop.call_later(seconds, nudged.set)
    try:
        await nudged.wait()
    finally:
        timer.cancel()
        loop.remove_reader(socket)

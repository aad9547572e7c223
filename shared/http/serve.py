"""Serves an app: one process, uvloop and httptools, on loopback by default, graceful shutdown."""

import asyncio
import contextlib
import resource
import signal
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from functools import partial
from types import FrameType
from typing import cast

import uvicorn
import uvloop
from fastapi import FastAPI

from shared.http.connections import MOST, Connections
from shared.http.request_heads import BoundedHeads

LOOPBACK = "127.0.0.1"
_OTHER_FILES = 500
"""Open files beside clients' connections: the database, Kafka, what is read."""
_GRACE_SECONDS = 10


_TICK_SECONDS = 1.0
"""How often the date of answers is renewed."""


class _Server(uvicorn.Server):
    """Leaves signals to the caller, so that a requested stop exits with 0.

    Uvicorn looks ten times a second whether it was asked to stop; here a stop wakes it.
    """

    def __init__(self, config: uvicorn.Config) -> None:
        """Take what uvicorn's server takes."""
        super().__init__(config)
        self._asked_to_stop = asyncio.Event()

    async def main_loop(self) -> None:
        """Renew the date every second until the stop."""
        while not await self.on_tick(0):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_TICK_SECONDS):
                    await self._asked_to_stop.wait()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop because of a signal."""
        super().handle_exit(sig, frame)
        self._asked_to_stop.set()

    def stop(self) -> None:
        """Stop once the requests in progress are finished."""
        self.should_exit = True
        self._asked_to_stop.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def run(
    app: FastAPI, *, port: int, host: str = LOOPBACK, sockets: Sequence[socket.socket] = ()
) -> None:
    """Serve until SIGTERM or SIGINT; requests in progress are finished first.

    With `sockets`, on those; else on one of its own at `host` and `port`.
    """
    _allow_files(MOST + _OTHER_FILES)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_until_signal(_server(app, host, port), list(sockets) or None))


@contextlib.asynccontextmanager
async def serving(app: FastAPI, *, port: int, host: str = LOOPBACK) -> AsyncIterator[int]:
    """Serve within another program; yields the port (a free one for 0)."""
    server = _server(app, host, port)
    running = asyncio.create_task(server.serve())
    try:
        while not server.started:
            if running.done():
                await running
                raise RuntimeError("the server ended before it served")
            await asyncio.sleep(0.005)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.stop()
        await running


def _server(app: FastAPI, host: str, port: int) -> _Server:
    protocol = partial(BoundedHeads, connections=Connections())
    return _Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            http=cast("type[asyncio.Protocol]", protocol),
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
    )


async def _until_signal(server: _Server, sockets: list[socket.socket] | None) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, server.handle_exit, number, None)
    await server.serve(sockets)


def _allow_files(wanted: int) -> None:
    """Many machines allow a process 1,024 open files unless it asks for more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))

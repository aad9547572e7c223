"""The worker's own door: alive, ready, metrics; nothing else, so nothing to protect."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

Missing = Callable[[], list[str]]
"""Says what the worker still waits for; nothing when it is ready."""


@asynccontextmanager
async def door(host: str, port: int, missing: Missing) -> AsyncIterator[None]:
    """Serve health and metrics as long as the context lasts."""
    application = web.Application()
    application.add_routes(
        [
            web.get("/healthz", _alive),
            web.get("/readyz", partial(_ready, missing)),
            web.get("/metrics", _metrics),
        ]
    )
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield
    finally:
        await runner.cleanup()


async def _alive(_: web.Request) -> web.Response:
    return web.json_response({"alive": True})


async def _ready(missing: Missing, _: web.Request) -> web.Response:
    waiting = missing()
    status = 503 if waiting else 200
    return web.json_response({"ready": not waiting, "waiting_for": waiting}, status=status)


async def _metrics(_: web.Request) -> web.Response:
    return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

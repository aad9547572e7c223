"""The worker's HTTP endpoints: liveness, readiness and metrics, without authentication.

Answers and problems have the same form as those of the services' APIs.
"""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from http import HTTPStatus

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

Checks = Callable[[], Mapping[str, str | None]]
"""By the name of each part: what is wrong with it, or None."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def serve_health(
    host: str,
    port: int,
    checks: Checks,
    sockets: Sequence[socket.socket] = (),
    *,
    degrading: Checks = dict,
) -> AsyncIterator[None]:
    """Serve health and metrics as long as the context lasts; on `sockets` where there are some.

    A failing part of `checks` means: not ready; one of `degrading`: not everything is done.
    """
    application = web.Application(middlewares=[_refusing])
    application.add_routes(
        [
            web.get("/healthz", _alive),
            web.get("/readyz", partial(_ready, checks, degrading)),
            web.get("/metrics", _metrics),
        ]
    )
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        sites: list[web.BaseSite] = [web.SockSite(runner, each) for each in sockets]
        for site in sites or [web.TCPSite(runner, host, port)]:
            await site.start()
        yield
    finally:
        await runner.cleanup()


async def _alive(_: web.Request) -> web.Response:
    return web.json_response({"status": "alive"})


async def _ready(checks: Checks, degrading: Checks, _: web.Request) -> web.Response:
    needed, others = checks(), degrading()
    fine = not any(needed.values())
    status = "not ready" if not fine else "degraded" if any(others.values()) else "ready"
    shown = {name: said or "ok" for name, said in {**needed, **others}.items()}
    return web.json_response({"status": status, "checks": shown}, status=200 if fine else 503)


@web.middleware
async def _refusing(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException as refusal:
        name = HTTPStatus(refusal.status).phrase
        problem = {
            "type": f"/problems/{name.lower().replace(' ', '-')}",
            "title": name,
            "status": refusal.status,
        }
        allowed = {"Allow": refusal.headers["Allow"]} if "Allow" in refusal.headers else {}
        return web.json_response(
            problem,
            status=refusal.status,
            headers=allowed,
            content_type="application/problem+json",
        )


async def _metrics(_: web.Request) -> web.Response:
    return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

"""Builds the FastAPI app of a service, the same way for all services."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

from fastapi import FastAPI

from shared.http.documents import documents
from shared.http.health import Check, health_router
from shared.http.problems import answer_with_problems
from shared.http.request_middleware import RequestMiddleware, begin_counting
from shared.http.routing import Route, Router
from shared.identity import Verifier
from shared.keys import Keys

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]
VERSION = "0.1.0"


def build_app(
    *,
    service: str,
    routers: Sequence[Router] = (),
    verifier: Verifier | None = None,
    keys: Keys | None = None,
    checks: Mapping[str, Check] | None = None,
    degrading: Mapping[str, Check] | None = None,
    lifespan: Lifespan | None = None,
) -> FastAPI:
    """The app of a service; without routers it serves health and metrics only.

    A failing one of `checks` means that the service is not ready, one of `degrading` that it does
    not do everything. Routes with gates need `verifier`, routes with idempotency keys need `keys`. Raises ValueError
    for a route without a gate, so that the service does not start.
    """
    app = FastAPI(
        title=f"Concord {service}",
        version=VERSION,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan(verifier, lifespan),
        telemetry={"auto_configure": False, "tracing": False, "metrics": False, "logs": False},
    )
    app.state.verifier = verifier
    app.state.keys = keys
    app.add_middleware(RequestMiddleware, service=service)
    answer_with_problems(app, service)
    tokens: dict[str, Check] = {"tokens": verifier.check} if verifier else {}
    health = health_router({**(checks or {}), **tokens}, degrading or {})
    for router in (*routers, health, documents(app)):
        _check_gates(router, keys)
        # not `include_router`: that matches every request twice
        app.router.routes.extend(router.routes)
    begin_counting(service, app.router.routes)
    return app


def _check_gates(router: Router, keys: Keys | None) -> None:
    for route in router.routes:
        if not isinstance(route, Route):
            raise TypeError(f"{route!r} is not a route of a Router")
        if not (route.gates or router.open_to_all):
            raise ValueError(f"{route.path} needs a gate: requires(...) or Authenticated")
        if route.takes_key and keys is None:
            raise ValueError(f"{route.path} takes an idempotency key, which needs keys")


def _lifespan(verifier: Verifier | None, inner: Lifespan | None) -> Lifespan:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            if verifier is not None:
                await stack.enter_async_context(verifier.keys.opened())
            if inner is not None:
                await stack.enter_async_context(inner(app))
            yield

    return lifespan

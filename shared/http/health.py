"""Liveness, readiness and metrics: `/healthz`, `/readyz`, `/metrics`."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

import structlog
from fastapi import Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel

from shared.faults import describe_fault
from shared.http.responses import answered
from shared.http.routing import Router

Check = Callable[[], Awaitable[str | None]]
"""Returns None if all is well, else one sentence without secrets."""

_SECONDS = 2.0
_REMEMBERED = 0.2

log = structlog.get_logger()


class Alive(BaseModel):
    """The process runs."""

    status: str


class Ready(BaseModel):
    """Whether the service can serve, and the result of each check.

    `ready`, `not ready`, or `degraded`: it serves, but not everything, as the checks tell.
    """

    status: str
    checks: dict[str, str]


class Readiness:
    """Runs all checks concurrently; a result is reused for a fifth of a second."""

    def __init__(self, checks: Mapping[str, Check], degrading: Mapping[str, Check]) -> None:
        """Checks by the name of the part that they check; `degrading` ones leave the rest served."""
        self._checks = {**checks, **degrading}
        self._needed = frozenset(checks)
        self._asking = asyncio.Lock()
        self._asked_at = float("-inf")
        self._found: dict[str, str | None] = {}

    async def ask(self) -> dict[str, str | None]:
        """By the name of each part: why it is not ready, or None."""
        async with self._asking:
            if time.monotonic() - self._asked_at > _REMEMBERED:
                answers = await asyncio.gather(*map(_asked, self._checks.values()))
                self._found = dict(zip(self._checks, answers, strict=True))
                self._asked_at = time.monotonic()
            return self._found

    async def status(self) -> tuple[str, dict[str, str]]:
        """`ready`, `degraded` or `not ready`, and what each part says."""
        found = await self.ask()
        wrong = {name for name, answer in found.items() if answer}
        shown = {name: answer or "ok" for name, answer in found.items()}
        if wrong & self._needed:
            return "not ready", shown
        return "degraded" if wrong else "ready", shown


async def _asked(check: Check) -> str | None:
    try:
        async with asyncio.timeout(_SECONDS):
            return await check()
    except TimeoutError:
        return f"did not answer within {_SECONDS:g} s"
    except Exception as fault:  # noqa: BLE001 - any fault of a check means: not ready
        log.warning("check failed", **describe_fault(fault))
        return f"failed with {type(fault).__name__}"


def health_router(
    checks: Mapping[str, Check], degrading: Mapping[str, Check] = MappingProxyType({})
) -> Router:
    """The routes for health and metrics; they need no token."""
    router = Router(tags=["health"], open_to_all=True)
    readiness = Readiness(checks, degrading)

    @router.get("/healthz", response_model=Alive)
    async def alive() -> Response:
        """The process runs."""
        return answered({"status": "alive"})

    @router.get("/readyz", response_model=Ready, responses={503: {"model": Ready}})
    async def ready() -> Response:
        """Whether the service can serve, and what each of its parts says."""
        status, shown = await readiness.status()
        code = 503 if status == "not ready" else 200
        return answered({"status": status, "checks": shown}, status=code)

    @router.get("/metrics", response_class=PlainTextResponse)
    async def metrics() -> Response:
        """Metrics in Prometheus format."""
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router

"""The middleware around every request: correlation id, duration, log line, unexpected faults.

    RequestMiddleware ─► (framework) ─► Route: gates, body ─► the service's function

Logs and metrics identify a request by its route's template; path, query, headers and body may
hold personal data and are never written.
"""

from collections.abc import Iterable
from hashlib import sha256
from time import perf_counter
from typing import Any

import structlog
from prometheus_client import Counter, Histogram
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared import correlation
from shared.faults import describe_fault
from shared.http.connections import CROWDED
from shared.http.problems import PROBLEM, refused
from shared.http.refusals import NotBegun, TooBusy, Unexpected
from shared.identity.actor import Actor
from shared.identity.gate import ACTOR
from shared.metrics import HTTP_REQUEST_DURATION, HTTP_REQUESTS, begin
from shared.refusals import Refusal, invalid

_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
_ALWAYS = [(b"x-content-type-options", b"nosniff")]
_NO_STORE = (b"cache-control", b"no-store")
_NOT_ANSWERED = 499
_UNMATCHED = "unmatched"
_FAULTS = (500, 503)
"""The statuses of answers that no client causes."""

log = structlog.get_logger()


class RequestMiddleware:
    """Pure ASGI for speed: it runs for every request."""

    def __init__(self, app: ASGIApp, *, service: str) -> None:
        """`service` is the label of its metrics."""
        self._app = app
        self._service = service
        self._measured: dict[tuple[str, str, int], tuple[Histogram, Counter]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, also after an unexpected fault."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = perf_counter()
        answer = _Answer(send, correlation.begin(scope["headers"]))
        try:
            _refuse_nul(scope)
            _refuse_crowded(scope)
            _refuse_unless_begun(scope)
            await self._app(scope, receive, answer.send)
        except Exception as fault:  # noqa: BLE001 - the last resort answers everything
            await self._answer_fault(fault, scope, receive, answer)
        finally:
            self._note(scope, answer.status or _NOT_ANSWERED, perf_counter() - began)

    async def _answer_fault(
        self, fault: Exception, scope: Scope, receive: Receive, answer: "_Answer"
    ) -> None:
        refusal = fault if isinstance(fault, Refusal) else Unexpected()
        if refusal is not fault:
            log.error("fault", **describe_fault(fault))
        response = refused(scope, self._service, refusal)
        if not answer.status:
            await response(scope, receive, answer.send)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", _UNMATCHED)
        method = scope["method"] if scope["method"] in _METHODS else "other"
        key = (method, route, status)
        measured = self._measured.get(key)
        if measured is None:
            measured = self._measured[key] = (
                HTTP_REQUEST_DURATION.labels(self._service, method, route),
                HTTP_REQUESTS.labels(self._service, method, route, str(status)),
            )
        duration, requests = measured
        duration.observe(seconds)
        requests.inc()
        if status >= 400 or route not in _QUIET:
            log.info("request", **_line(scope, method, route, status, seconds))


def begin_counting(service: str, routes: Iterable[BaseRoute]) -> None:
    """Count the faults of every route from 0."""
    for route in routes:
        for method in getattr(route, "methods", None) or ():
            for status in _FAULTS:
                begin(HTTP_REQUESTS, (service, method, getattr(route, "path", ""), str(status)))


class _Answer:
    """The response: remembers the status and adds the headers that every response has."""

    __slots__ = ("_headers", "_send", "status")

    def __init__(self, send: Send, identifier: str) -> None:
        self._send = send
        self._headers = [*_ALWAYS, (correlation.HEADER, identifier.encode())]
        self.status = 0

    async def send(self, message: Message) -> None:
        """Pass a message on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = list(message["headers"])
            if not any(name == b"cache-control" for name, _ in headers):
                headers.append(_NO_STORE)
            message["headers"] = headers + self._headers
        await self._send(message)


def _refuse_nul(scope: Scope) -> None:
    if "\0" in scope["path"] or b"%00" in scope["query_string"]:
        raise invalid("path", "The address holds the character NUL")


def _refuse_crowded(scope: Scope) -> None:
    """Whoever watches the process is answered all the same."""
    if CROWDED in scope and scope["path"] not in _QUIET:
        raise TooBusy


def _refuse_unless_begun(scope: Scope) -> None:
    """Before something has been done that has to come first, only health is told."""
    app = scope.get("app")
    begun = getattr(app.state, "begun", None) if app is not None else None
    if begun is not None and not begun.is_set() and scope["path"] not in _QUIET:
        raise NotBegun


def _line(scope: Scope, method: str, route: str, status: int, seconds: float) -> dict[str, Any]:
    line: dict[str, Any] = {
        "method": method,
        "route": route,
        "status": status,
        "ms": round(seconds * 1000, 2),
    }
    if PROBLEM in scope:
        line["problem"] = scope[PROBLEM]
    actor: Actor | None = scope.get(ACTOR)
    if actor is not None:
        line |= {"actor": _pseudonym(actor.ref), "role": actor.role.value, "division": actor.scope}
    return line


def _pseudonym(ref: str) -> str:
    """A digest that distinguishes posts in the log without naming them."""
    return sha256(ref.encode()).hexdigest()[:12]

"""Answers every refusal and fault as `application/problem+json` (RFC 9457) with a stable type.

A problem says why the request is refused and what to do. It never repeats input and never shows
internals.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import orjson
import psycopg
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from psycopg_pool import TooManyRequests
from starlette.exceptions import HTTPException
from starlette.types import Scope

from shared.canonical import NotCanonical
from shared.correlation import correlation_id
from shared.faults import describe_fault
from shared.http.refusals import (
    ClockNotRight,
    DatabaseAway,
    MalformedRequest,
    MediaTypeNotSupported,
    MethodNotAllowed,
    NotFound,
    TooBusy,
)
from shared.http.validation import as_invalid
from shared.identity.refusals import DivisionOutOfScope
from shared.ledger.errors import ClockNotBelieved, OutsideScope
from shared.metrics import REFUSALS
from shared.refusals import InvalidInput, Refusal, invalid

PROBLEM = "concord.problem"
"""Key in the ASGI scope of the slug of the problem that was answered."""

MEDIA_TYPE = "application/problem+json"
_RETRY_AFTER = "1"
_BY_STATUS: Mapping[int, type[Refusal]] = {
    404: NotFound,
    405: MethodNotAllowed,
    415: MediaTypeNotSupported,
}

log = structlog.get_logger()


def refused(
    scope: Scope, service: str, refusal: Refusal, headers: Mapping[str, str] | None = None
) -> Response:
    """The response for a refusal; also counts it."""
    scope[PROBLEM] = refusal.slug
    REFUSALS.labels(service, refusal.slug).inc()
    return Response(
        orjson.dumps(_members(refusal)),
        status_code=refusal.status,
        headers={**_headers(refusal.status), **(headers or {})},
        media_type=MEDIA_TYPE,
    )


def answer_with_problems(app: FastAPI, service: str) -> None:
    """Let the app answer every exception with a problem."""

    def answering(translate: Callable[[Any], Refusal]) -> Callable[..., Awaitable[Response]]:
        async def answer(request: Request, raised: Exception) -> Response:
            # only the framework's own refusals bring headers: `Allow` with a 405
            headers = getattr(raised, "headers", None)
            return refused(request.scope, service, translate(raised), headers)

        return answer

    for raised, translate in _TRANSLATIONS.items():
        app.add_exception_handler(raised, answering(translate))


def _itself(refusal: Refusal) -> Refusal:
    return refusal


def _from_framework(fault: HTTPException) -> Refusal:
    return _BY_STATUS.get(fault.status_code, MalformedRequest)()


def _from_validation(fault: RequestValidationError) -> Refusal:
    return as_invalid(fault.errors())


def _from_ledger(_: OutsideScope) -> Refusal:
    return DivisionOutOfScope()


def _from_database(fault: psycopg.OperationalError) -> Refusal:
    log.warning("database does not serve", **describe_fault(fault))
    return TooBusy() if isinstance(fault, TooManyRequests) else DatabaseAway()


def _from_clock(_: ClockNotBelieved) -> Refusal:
    return ClockNotRight()


def _from_canonical(_: NotCanonical) -> Refusal:
    return invalid("body", "A number is fractional or too large for a record")


_TRANSLATIONS: Mapping[type[Exception], Callable[[Any], Refusal]] = {
    Refusal: _itself,
    HTTPException: _from_framework,
    RequestValidationError: _from_validation,
    OutsideScope: _from_ledger,
    psycopg.OperationalError: _from_database,
    ClockNotBelieved: _from_clock,
    NotCanonical: _from_canonical,
}


def _members(refusal: Refusal) -> dict[str, Any]:
    members: dict[str, Any] = {
        **refusal.shown,
        "type": refusal.type,
        "title": refusal.title,
        "status": refusal.status,
        "detail": refusal.detail,
        "correlation_id": correlation_id(),
    }
    if isinstance(refusal, InvalidInput):
        members["errors"] = [
            {"field": error.field, "message": error.message} for error in refusal.errors
        ]
    return members


def _headers(status: int) -> dict[str, str]:
    if status == 401:
        return {"WWW-Authenticate": 'Bearer realm="concord"'}
    if status == 503:
        return {"Retry-After": _RETRY_AFTER}
    if status == 408:
        return {"Connection": "close"}
    return {}

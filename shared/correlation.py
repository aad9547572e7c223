"""Correlation ids: one per request, in its log lines, its answer and its events.

HTTP request ─► author ─► event ─► Kafka's headers ─► a follower's log lines and its own events

A caller's id is accepted only if it is a UUID or 32 hex digits: any other text might be a phone
number or a name, and the id is written to logs, events and Kafka.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import uuid_utils

HEADER = b"x-correlation-id"
_CURRENT: ContextVar[str | None] = ContextVar("correlation_id", default=None)
_TAKEN = re.compile(rb"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def correlation_id() -> str | None:
    """The id of the current request or followed event, or None outside of them."""
    return _CURRENT.get()


@contextmanager
def carried(identifier: str | None) -> Iterator[None]:
    """What is logged within belongs to the request from which a followed event comes."""
    before = _CURRENT.set(identifier)
    try:
        yield
    finally:
        _CURRENT.reset(before)


def begin(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """Accept the caller's id or make one, and set it as the current id."""
    given = next((value for name, value in headers if name == HEADER), b"")
    identifier = given.decode().lower() if _TAKEN.fullmatch(given) else str(uuid_utils.uuid7())
    _CURRENT.set(identifier)
    return identifier

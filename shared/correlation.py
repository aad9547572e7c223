"""Correlation ids: one for each request, in its log lines, its answer and its events.

A caller's own id is taken when it is a UUID or 32 hex digits. Any other text might be a phone
number or a name, and an id travels into logs, events and Kafka.
"""

import re
from collections.abc import Iterable
from contextvars import ContextVar

import uuid_utils

HEADER = b"x-correlation-id"
_CURRENT: ContextVar[str | None] = ContextVar("correlation_id", default=None)
_TAKEN = re.compile(rb"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def correlation_id() -> str | None:
    """The id of the request that is being answered, or None outside of one."""
    return _CURRENT.get()


def begin(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """Take the caller's id or make one, and make it the current one."""
    given = next((value for name, value in headers if name == HEADER), b"")
    identifier = given.decode().lower() if _TAKEN.fullmatch(given) else str(uuid_utils.uuid7())
    _CURRENT.set(identifier)
    return identifier

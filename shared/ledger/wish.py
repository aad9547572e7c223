"""What is handed to a ledger: events, whose they are, and what is written along with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from psycopg.sql import Composed


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """A fact on its way into the ledger; the ledger gives it its place and its moment."""

    stream_id: str
    version: int
    event_id: str
    kind: str
    schema_version: int
    data: bytes
    occurred_at: datetime
    causation_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """On whose behalf: the token's scope, the post that acts, and the request it came with."""

    scope: str
    actor_ref: str
    correlation_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What makes a repeated request recognisable: its key, its keyed digest, its sealed answer."""

    route: str
    key: str
    request_mac: bytes
    response: bytes


@dataclass(frozen=True, slots=True)
class Statement:
    """A row of a vault or of an own view, written in the append's transaction or not at all."""

    query: LiteralString | Composed
    parameters: Mapping[str, object]

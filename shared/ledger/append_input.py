"""Input of an append: events, their author, the receipt, and side writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from psycopg.sql import Composed


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """An event to append; the ledger sets its sequence and time of recording."""

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
    """The author of events: the token's scope, the acting post, and the request's correlation id."""

    scope: str
    actor_ref: str
    correlation_id: str | None = None
    earlier_refs: tuple[str, ...] = ()
    """Other references under which this author's receipts may be kept."""

    @property
    def refs(self) -> tuple[str, ...]:
        """Every reference of the author, the current one first."""
        return (self.actor_ref, *self.earlier_refs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The receipt that identifies a repeated request: key, keyed digest, sealed answer."""

    route: str
    key: str
    request_mac: bytes
    response: bytes


@dataclass(frozen=True, slots=True)
class Statement:
    """A side write, such as a row of a vault or a view, in the append's transaction."""

    query: LiteralString | Composed
    parameters: Mapping[str, object]

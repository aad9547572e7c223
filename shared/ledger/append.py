"""Appending in one round trip: the events, their chain, the receipt, and what goes with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString

import orjson
from psycopg import errors
from psycopg.rows import TupleRow

from shared.ledger.chain import digest_of
from shared.ledger.errors import OutsideScope, RowTaken
from shared.ledger.wish import Author, NewEvent, Receipt, Statement
from shared.postgres import Connection

_APPEND: LiteralString = """
    select outcome, first_seq, last_seq, response from ledger_append_v1(
        %s::text, %s::text, %s::text, %s::text, %s::text, %s::text, %b::bytea, %b::bytea,
        %s::bigint, %s::json)
"""


@dataclass(frozen=True, slots=True)
class Appended:
    """The events stand in the ledger; `first` is None when there were none to append."""

    first: int | None
    last: int


@dataclass(frozen=True, slots=True)
class Repeated:
    """The same request came before: its position and its sealed answer, given again."""

    last: int
    response: bytes


@dataclass(frozen=True, slots=True)
class KeyReused:
    """The idempotency key belongs to another request."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A stream has moved on since it was read: nothing was written."""


Outcome = Appended | Repeated | KeyReused | Conflict


async def append(
    connection: Connection,
    *,
    source: str,
    division: str,
    events: Sequence[NewEvent],
    author: Author,
    receipt: Receipt | None,
    position: int,
    also: Sequence[Statement],
) -> Outcome:
    """Append to one ledger; `also` is written in the same transaction.

    The connection is in autocommit, so that everything between two syncs of the pipeline is one
    transaction. The append goes first: it takes the ledger's lock, and after any outcome but
    `appended` it leaves no scope behind, so that the rows of `also` are refused and roll back.
    """
    parameters = (
        *_author_and_receipt(division, author, receipt),
        position,
        _as_json(events, source, division, author),
    )
    cursor = connection.cursor()
    try:
        async with connection.pipeline():
            await cursor.execute(_APPEND, parameters)
            for statement in also:
                await connection.execute(statement.query, statement.parameters)
    except errors.InsufficientPrivilege as fault:
        if cursor.description is None:
            raise OutsideScope(division) from fault
        outcome = _outcome(await cursor.fetchone())
        if isinstance(outcome, Appended):
            raise
        return outcome
    except errors.UniqueViolation as fault:
        raise RowTaken(fault.diag.table_name or "") from fault
    return _outcome(await cursor.fetchone())


def _outcome(row: TupleRow | None) -> Outcome:
    match row:
        case ("appended", first, last, _):
            return Appended(first, last)
        case ("repeated", _, last, response):
            return Repeated(last, response)
        case ("key-reused", *_):
            return KeyReused()
        case ("conflict", *_):
            return Conflict()
        case _:
            raise AssertionError(f"the ledger answered {row!r}")


def _author_and_receipt(
    division: str, author: Author, receipt: Receipt | None
) -> tuple[object, ...]:
    return (
        author.scope,
        division,
        author.actor_ref,
        author.correlation_id,
        receipt and receipt.route,
        receipt and receipt.key,
        receipt and receipt.request_mac,
        receipt and receipt.response,
    )


def _as_json(events: Sequence[NewEvent], source: str, division: str, author: Author) -> str:
    return orjson.dumps(
        [
            {
                "stream_id": event.stream_id,
                "version": event.version,
                "event_id": event.event_id,
                "kind": event.kind,
                "schema_version": event.schema_version,
                "data": event.data.decode(),
                "digest": _digest(event, source, division, author).hex(),
                "occurred_at": event.occurred_at,
                "causation_id": event.causation_id,
            }
            for event in events
        ]
    ).decode()


def _digest(event: NewEvent, source: str, division: str, author: Author) -> bytes:
    return digest_of(
        event_id=event.event_id,
        kind=event.kind,
        schema_version=event.schema_version,
        source=source,
        stream_id=event.stream_id,
        division=division,
        occurred_at=event.occurred_at,
        data=event.data,
        actor_ref=author.actor_ref or None,
        correlation_id=author.correlation_id,
        causation_id=event.causation_id,
    )

"""Appends events with chain, receipt and side writes, in one round trip."""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

import orjson
from psycopg import AsyncCursor, errors
from psycopg.rows import TupleRow

from shared.ledger.append_input import Author, NewEvent, Receipt, Statement
from shared.ledger.chain import digest_of
from shared.ledger.errors import ClockNotBelieved, EventTooLarge, OutsideScope, RowTaken
from shared.ledger.receipts import require_no_earlier
from shared.postgres import Connection
from shared.topics import LARGEST_EVENT_BYTES

_APPEND: LiteralString = """
    select outcome, first_seq, last_seq, response from ledger_append_v2(
        %s::text, %s::text, %s::text, %s::text, %s::text, %s::text, %b::bytea, %b::bytea,
        %b::timestamptz, %s::bigint, %s::json)
"""
# The same for one event, as nearly every command appends.
_APPEND_ONE: LiteralString = """
    select outcome, first_seq, last_seq, response from ledger_append_one_v2(
        %s::text, %s::text, %s::text, %s::text, %s::text, %s::text, %b::bytea, %b::bytea,
        %b::timestamptz, %s::text, %s::integer, %s::text, %s::text, %s::integer, %s::text, %b::bytea,
        %b::timestamptz, %s::text)
"""
_REQUIRE_VERSIONS: LiteralString = """
    select ledger_require_versions_v1(%(division)s::text, %(versions)s::json)
"""


@dataclass(frozen=True, slots=True)
class Appended:
    """The events are recorded; `first` is None if there were none."""

    first: int | None
    last: int


@dataclass(frozen=True, slots=True)
class Repeated:
    """The request is a repeat: the position and sealed answer of the first."""

    last: int
    response: bytes


@dataclass(frozen=True, slots=True)
class KeyReused:
    """The idempotency key belongs to another request."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A stream, or one that was looked up, has moved on since it was read: nothing was written."""


Outcome = Appended | Repeated | KeyReused | Conflict


async def append(
    connection: Connection,
    *,
    source: str,
    division: str,
    events: Sequence[NewEvent],
    author: Author,
    receipt: Receipt | None,
    now: datetime,
    position: int,
    looked_up: Mapping[str, int],
    also: Sequence[Statement],
) -> Outcome:
    """Append to one ledger; `also` is written in the same transaction.

    Raises ClockNotBelieved if the database's clock is more than CLOCKS_MAY_DIFFER from `now`.
    `looked_up` has the versions of other streams of this ledger from which the events were
    computed: the append is a conflict if one has moved on. It is one as well where the receipt's key
    was answered under an earlier reference of the author.

    The connection is in autocommit, so everything between two syncs of the pipeline is one
    transaction. The append goes first: it takes the ledger's lock, and after any outcome but
    `appended` it clears the scope, so that the rows of `also` are refused and roll back.
    """
    _require_small(events)
    header = (*_author_and_receipt(division, author, receipt), now)
    if len(events) == 1:
        query, parameters = _APPEND_ONE, (*header, *_one(events[0], source, division, author))
    else:
        query, parameters = _APPEND, (*header, position, _many(events, source, division, author))
    also = [*require_no_earlier(division, author, receipt), *also]
    if looked_up:
        also = [_required(division, looked_up), *also]
    cursor = connection.cursor()
    sending = _send(connection, cursor, query, parameters, also)
    try:
        await _forgetting_prepared_statements(connection, sending)
    except errors.InsufficientPrivilege as fault:
        if cursor.description is None:
            raise OutsideScope(division) from fault
        outcome = _outcome(await cursor.fetchone())
        if isinstance(outcome, Appended):
            raise
        return outcome
    except errors.UniqueViolation as fault:
        raise RowTaken(fault.diag.table_name or "") from fault
    except errors.SerializationFailure:
        outcome = _outcome(await cursor.fetchone())
        return Conflict() if isinstance(outcome, Appended) else outcome
    return _outcome(await cursor.fetchone())


def _require_small(events: Sequence[NewEvent]) -> None:
    for event in events:
        if len(event.data) > LARGEST_EVENT_BYTES:
            raise EventTooLarge(event.kind, len(event.data))


async def _forgetting_prepared_statements(
    connection: Connection, sending: Awaitable[None]
) -> None:
    """Send; after an error, make psycopg forget its prepared statements.

    The server ignores statements after an error in a pipeline, but psycopg may take them as
    prepared, and later commands on this connection would fail. psycopg forgets after a rollback.
    """
    try:
        await sending
    except errors.Error:
        if not connection.closed:
            async with connection.transaction(force_rollback=True):
                pass
        raise


async def _send(
    connection: Connection,
    cursor: AsyncCursor[TupleRow],
    query: LiteralString,
    parameters: Sequence[object],
    also: Sequence[Statement],
) -> None:
    """One round trip; a pipeline costs more and is used only for several statements."""
    if not also:
        await cursor.execute(query, parameters)
        return
    async with connection.pipeline():
        await cursor.execute(query, parameters)
        for statement in also:
            await connection.execute(statement.query, statement.parameters)


def _required(division: str, versions: Mapping[str, int]) -> Statement:
    written = orjson.dumps(dict(versions)).decode()
    return Statement(_REQUIRE_VERSIONS, {"division": division, "versions": written})


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
        case ("clocks-apart", *_):
            raise ClockNotBelieved(
                "the database's clock and that of this process are more than five minutes apart"
            )
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


def _one(event: NewEvent, source: str, division: str, author: Author) -> tuple[object, ...]:
    return (
        event.stream_id,
        event.version,
        event.event_id,
        event.kind,
        event.schema_version,
        event.data.decode(),
        _digest(event, source, division, author),
        event.occurred_at,
        event.causation_id,
    )


def _many(events: Sequence[NewEvent], source: str, division: str, author: Author) -> str:
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

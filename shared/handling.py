"""Load, decide, append: how a command becomes events, with retries when a stream has moved on.

what happened ─► fold ─► decide ─► append (with what the service writes beside it)
     ▲                                 │ conflict: somebody was faster
     └─────────────────────────────────┘ (a few times, then refused)
"""

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Protocol, TypeVar

import orjson

from shared.contracts.catalogue import decode_data
from shared.contracts.event import Event
from shared.decider import Decider
from shared.divisions import division_of, new_id
from shared.ledger import (
    Appended,
    Author,
    Conflict,
    KeyReused,
    Ledger,
    NewEvent,
    Receipt,
    Repeated,
    Statement,
)
from shared.ledger.read import StreamEvent
from shared.metrics import LEDGER_CONFLICTS
from shared.refusals import Refusal
from shared.times import china_day

C = TypeVar("C")
S = TypeVar("S")
ATTEMPTS = 5


class StreamMovedOn(Refusal):
    """Others kept changing the same record while the command was decided."""

    status = 409
    title = "The record kept changing"


class StaleVersion(Refusal):
    """The record has changed since the version that the command names."""

    status = 412
    title = "The record has changed since you read it"


class IdempotencyKeyReused(Refusal):
    """The idempotency key was used before, for another request."""

    status = 422
    title = "The idempotency key belongs to another request"


class HappenedBeforeItBegan(Refusal):
    """The fact is dated to a day before the record's first one."""

    status = 422
    title = "The date lies before the beginning of the record"


class Sealed(Protocol):
    """An idempotency key with its request's keyed digest, and the envelope for the answer."""

    @property
    def route(self) -> str:
        """Method and template of the route: a key counts within it."""
        ...

    @property
    def key(self) -> str:
        """The key as the ledger keeps it."""
        ...

    @property
    def request_mac(self) -> bytes:
        """A keyed digest of the whole request."""
        ...

    def seal(self, response: bytes) -> bytes:
        """Encrypt the answer that the receipt keeps."""
        ...

    def unseal(self, sealed: bytes) -> bytes:
        """The answer that `seal` took."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish(Generic[C]):
    """A command for one stream, the moment it is about, and on whose behalf it comes."""

    command: C
    stream_id: str
    at: datetime
    author: Author
    follows_at: datetime | None = None
    """When that happened which the command's own fact completes, where it was told before that
    fact and came after it: what follows from both is dated to the later one."""
    begins: bool = False
    """The stream's id was just made: there is nothing to load."""
    expected_version: int | None = None
    key: Sealed | None = None
    causation_id: str | None = None
    """The event that caused the wish, where no person stated it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Generic[S]):
    """A stream as it was read and folded."""

    state: S
    version: int = 0
    last_seq: int = 0
    began_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled(Generic[S]):
    """What became of a wish: the answer for its sender and the position that shows it."""

    answer: bytes
    position: int
    events: tuple[Event, ...] = ()
    repeated: bool = False


Answer = Callable[[S], object]
"""What is told to the sender, as JSON values, from the state that followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written(Generic[S]):
    """What is about to be appended to one stream, and the state that follows from it."""

    state: S
    events: Sequence[Event]
    new: Sequence[NewEvent]


Beside = Callable[[Sequence[Written[S]]], Sequence[Statement]]
"""What the service writes in the same transaction into its own views; never called for nothing."""


@dataclass(frozen=True)
class Handling(Generic[C, S]):
    """One aggregate's way from command to ledger."""

    ledger: Ledger
    decider: Decider[C, S, Event]
    answer: Answer[S]
    beside: Beside[S] = field(default=lambda _written: ())

    async def handle(self, wish: Wish[C], *, beside: Sequence[Statement] = ()) -> Handled[S]:
        """Decide and append; raises the decider's refusals and those of this module."""
        for attempt in range(ATTEMPTS):
            if attempt:
                LEDGER_CONFLICTS.inc()
            record = await self.load(wish)
            try:
                _check_version(wish, record)
                handled = await self._decide_and_append(wish, record, beside)
            except Refusal:
                repeated = await self._answered_before(wish)
                if repeated is None:
                    raise
                return repeated
            if handled is not None:
                return handled
        LEDGER_CONFLICTS.inc()
        raise StreamMovedOn

    async def load(self, wish: Wish[C]) -> Record[S]:
        """The stream as the wish's author may see it; out of scope is as if it had not begun."""
        if wish.begins:
            return Record(state=self.decider.initial)
        return self.fold(await self.ledger.stream(wish.author.scope, wish.stream_id))

    def fold(self, history: Sequence[StreamEvent]) -> Record[S]:
        """What a stream's events come to."""
        if not history:
            return Record(state=self.decider.initial)
        state = self.decider.fold(
            decode_data(event.kind, event.schema_version, orjson.loads(event.data))
            for event in history
        )
        last = history[-1]
        return Record(
            state=state,
            version=last.version,
            last_seq=last.sequence,
            began_at=history[0].occurred_at,
        )

    def decide(self, command: C, at: datetime, record: Record[S]) -> list[Event]:
        """The events that the command calls for, none of them dated before the record began."""
        events = self.decider.decide(command, record.state)
        if events and record.began_at and china_day(at) < china_day(record.began_at):
            raise HappenedBeforeItBegan
        return events

    async def _answered_before(self, wish: Wish[C]) -> Handled[S] | None:
        """A request that succeeded once may be refused by what it changed: look for its receipt."""
        if wish.key is None:
            return None
        division = division_of(wish.stream_id)
        found = await self.ledger.receipt(division, wish.author, wish.key.route, wish.key.key)
        if found is None:
            return None
        if not hmac.compare_digest(found.request_mac, wish.key.request_mac):
            raise IdempotencyKeyReused
        answer = wish.key.unseal(found.response)
        return Handled(answer=answer, position=found.last, repeated=True)

    async def _decide_and_append(
        self, wish: Wish[C], record: Record[S], beside: Sequence[Statement]
    ) -> Handled[S] | None:
        events = self.decide(wish.command, wish.at, record)
        state = self.decider.fold(events, record.state)
        answer = orjson.dumps(self.answer(state))
        if not events and wish.key is None:
            return Handled(answer=answer, position=record.last_seq)
        new = stamped(
            events,
            wish.stream_id,
            wish.at,
            record.version,
            follows_at=wish.follows_at,
            causation_id=wish.causation_id,
        )
        written = Written(state=state, events=events, new=new)
        outcome = await self.ledger.append(
            division_of(wish.stream_id),
            new,
            wish.author,
            receipt=_receipt(wish.key, answer),
            position=record.last_seq,
            also=[*beside, *self.beside([written])] if events else (),
        )
        match outcome:
            case Appended(last=last):
                return Handled(answer=answer, position=last, events=tuple(events))
            case Repeated(last=last, response=response):
                return Handled(answer=_unsealed(wish.key, response), position=last, repeated=True)
            case KeyReused():
                raise IdempotencyKeyReused
            case Conflict():
                return None


def stamped(
    events: Sequence[Event],
    stream_id: str,
    at: datetime,
    version: int,
    *,
    follows_at: datetime | None = None,
    causation_id: str | None = None,
) -> list[NewEvent]:
    """The events with their ids and places in the stream, ready for the ledger.

    The first is the fact that was told, and happened `at`; what follows from it no earlier than
    `follows_at`.
    """
    division = division_of(stream_id)
    later = max(at, follows_at or at)
    return [
        NewEvent(
            stream_id=stream_id,
            version=version + number,
            event_id=new_id(division),
            kind=event.kind,
            schema_version=event.schema_version,
            data=event.to_canonical(),
            occurred_at=at if number == 1 else later,
            causation_id=causation_id,
        )
        for number, event in enumerate(events, start=1)
    ]


def _check_version(wish: Wish[C], record: Record[S]) -> None:
    if wish.expected_version is not None and wish.expected_version != record.version:
        raise StaleVersion


def _receipt(key: Sealed | None, answer: bytes) -> Receipt | None:
    if key is None:
        return None
    return Receipt(
        route=key.route, key=key.key, request_mac=key.request_mac, response=key.seal(answer)
    )


def _unsealed(key: Sealed | None, response: bytes) -> bytes:
    if key is None:
        raise AssertionError("a repeated outcome without a key")
    return key.unseal(response)

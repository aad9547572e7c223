"""What comes in, what it is decided on, and what it comes to."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from shared.contracts.event import Event
from shared.divisions import division_of, new_id
from shared.ledger import Author, NewEvent, Statement
from shared.ledger.read import StreamEvent
from shared.refusals import Refusal

C = TypeVar("C")
S = TypeVar("S")
Completed = Callable[[Sequence[StreamEvent]], datetime | None]
"""When that happened which a command's own fact completes, by the record as it is decided on."""


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
    completes: Completed = lambda _: None
    """It may have been told before the command's own fact and have come after it: what follows
    from both is dated to the later one."""
    refused: Refusal | None = None
    """What its door found against it by what stands now: a repeat has its first answer before."""
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
    history: Sequence[StreamEvent] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled(Generic[S]):
    """What became of a wish: the answer for its sender and the position that shows it."""

    answer: bytes
    position: int
    events: tuple[Event, ...] = ()
    repeated: bool = False


Answer = Callable[[S], object]
"""What is told to the sender, as JSON values, from the state that followed."""


Admit = Callable[[S], Awaitable[None]]
"""Raises what stands against whoever comes with the wish, by the record as it was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written(Generic[S]):
    """What is about to be appended to one stream, and the state that follows from it."""

    state: S
    events: Sequence[Event]
    new: Sequence[NewEvent]


Beside = Callable[[Sequence[Written[S]]], Sequence[Statement]]
"""What the service writes in the same transaction into its own views; never called for nothing."""


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

"""Types of the command pipeline: request in, loaded record, prepared command, outcome."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from shared.contracts.event import Event
from shared.decider import Mark
from shared.divisions import division_of, new_id
from shared.handling.kept_answer import Private
from shared.ledger import Author, NewEvent, Statement
from shared.ledger.read import StreamEvent

C = TypeVar("C")
S = TypeVar("S")

Members = Mapping[str, object]
"""Members of an answer, as JSON values."""
Answer = Callable[[S], Members | None]
"""The answer to the sender from the state after the command."""
AnswerWith = Callable[[S, Members], Members]
"""The answer of a route of its own, from the state and the further members."""


class Sealed(Protocol):
    """An idempotency key with its request's keyed digest, and the envelope of its receipt."""

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
        """Encrypt what the receipt keeps of the answer."""
        ...

    def unseal(self, sealed: bytes) -> bytes:
        """What `seal` took."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Generic[S]):
    """A stream as it was read and folded."""

    state: S
    version: int = 0
    last_seq: int = 0
    began_at: datetime | None = None
    history: Sequence[StreamEvent] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared(Generic[C, S]):
    """A command made for one version of its record, with what is written and answered with it."""

    command: C
    at: datetime
    """When the fact happened that the command states."""
    follows_at: datetime | None = None
    """The earliest time of the events that follow from the stated fact, where another recorded
    fact that completes it happened later."""
    side_writes: Sequence[Statement] = ()
    """Rows of a vault or a table, written in the append's transaction, with events or without."""
    writes_about: Callable[[Sequence[NewEvent]], Sequence[Statement]] | None = None
    """Side writes that name the new events; there are none where nothing follows."""
    further: Members = field(default_factory=dict)
    """Members of the answer that the record does not have. The receipt keeps them under the
    service's key: nothing personal."""
    private: Private | None = None
    """Members of the answer that tell something of a person. A repeat after the person's erasure
    is answered without them."""
    looked_up: Mapping[str, int] = field(default_factory=dict)
    """Versions, by stream id, of other streams of the same ledger that the command was computed
    from. The append is a conflict if one of them has moved on."""


Prepare = Callable[[Record[S]], Awaitable[Prepared[C, S] | None]]
"""Makes the command from the loaded record; may look things up and may refuse.

It is called again with the newer record after a conflict, so it writes nothing itself. None: the
record asks for no command.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandRequest(Generic[C, S]):
    """A request for a command to one stream, and on whose behalf it comes."""

    stream_id: str
    author: Author
    prepare: Prepare[S, C]
    begins: bool = False
    """The stream's id was just made: there is nothing to load."""
    admit: Callable[[Record[S]], Awaitable[None]] | None = None
    """Refuses whom the record does not concern, before anything else is said of it."""
    expected_version: int | None = None
    key: Sealed | None = None
    causation_id: str | None = None
    """The event that caused the command, where no person stated it."""
    answer: AnswerWith[S] | None = None
    """The route's answer, where it is another than the aggregate's usual one with the further
    members. It is a function of its arguments alone: a repeat is answered by it again."""


def ready(command: C, *, at: datetime, side_writes: Sequence[Statement] = ()) -> Prepare[S, C]:
    """The prepare step of a command that is known without looking at its record."""
    prepared: Prepared[C, S] = Prepared(command=command, at=at, side_writes=side_writes)

    async def prepare(_: Record[S]) -> Prepared[C, S]:
        return prepared

    return prepare


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled(Generic[S]):
    """The outcome of a command: the answer for its sender and the position that shows it."""

    answer: bytes
    position: int
    events: tuple[Event, ...] = ()
    repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Written(Generic[S]):
    """What is about to be appended to one stream, and the state that follows from it."""

    state: S
    events: Sequence[Event]
    new: Sequence[NewEvent]


ViewWrites = Callable[[Sequence[Written[S]]], Sequence[Statement]]
"""The rows of the service's own views, written in the append's transaction; never called for
nothing."""


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

    The first is the stated fact, which happened `at`; those that follow from it happened no
    earlier than `follows_at`.
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


def marked(
    events: Sequence[Event], new: Sequence[NewEvent], author: Author
) -> list[tuple[Event, Mark]]:
    """The events with the marks that the ledger will keep of them."""
    marks = (Mark(each.occurred_at, each.event_id, author.actor_ref) for each in new)
    return list(zip(events, marks, strict=True))

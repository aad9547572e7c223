"""What the checker looks at: nothing but what was asked and what was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple


class Ledger(NamedTuple):
    """A township's ledger at a service."""

    service: str
    division: str

    def __str__(self) -> str:
        return f"{self.service}/{self.division}"


class Fate(Enum):
    """What a client was told in the end."""

    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    UNANSWERED = "unanswered"


@dataclass(slots=True)
class Command:
    """One wish, however often it was sent; `id` is its correlation id and idempotency key."""

    id: str
    verb: str
    ledger: Ledger
    fate: Fate = Fate.UNANSWERED
    position: int | None = 0
    """None where a repeat was answered that wrote nothing."""
    problem: str = ""
    odd_answers: list[str] = field(default_factory=list)
    """Answers that are neither a success nor an honest "no" or "not now"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEvent:
    """A row of the event table."""

    sequence: int
    stream_id: str
    version: int
    event_id: str
    kind: str
    command: str | None
    cause: str | None
    """The event that it follows from, where no command asked for it."""
    said: Mapping[str, Any]
    recorded_at: datetime
    digest: bytes
    previous_hash: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """A message on a topic that names a place in a ledger, in the order of its partition."""

    ledger: Ledger
    sequence: int
    hash: bytes
    injected: bool = False
    """Put there by a fault, not by the relay."""


Evidence = Mapping[tuple[str, str], Sequence[str]]
"""For a division and a figure the cases, disputes or mediators that it names."""


@dataclass(frozen=True, slots=True)
class Observation:
    """Everything at one quiet moment."""

    commands: Sequence[Command]
    ledgers: Mapping[Ledger, Sequence[LedgerEvent]]
    messages: Sequence[Message]
    figures: Mapping[tuple[str, str], int]
    """For a division and a figure its value."""
    evidence: Evidence
    as_of: Mapping[Ledger, int]
    """How far stats says that it is."""
    parked: Mapping[tuple[str, Ledger], int] = field(default_factory=dict)
    """For a reader and a ledger how many of its events the reader has put aside."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that must not be."""

    rule: str
    about: str
    says: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.about}: {self.says}"

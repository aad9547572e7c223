"""What the checker looks at: nothing but what was asked and what was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


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
    division: str
    case_id: str | None = None
    fate: Fate = Fate.UNANSWERED
    position: int = 0
    problem: str = ""
    odd_answers: list[str] = field(default_factory=list)
    """Answers that are neither a success nor an honest "no" or "not now"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEvent:
    """A row of the event table."""

    sequence: int
    stream_id: str
    version: int
    kind: str
    command: str | None
    recorded_at: datetime
    digest: bytes
    previous_hash: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """A message on the topic that names a place in a ledger, in the order of its partition."""

    division: str
    sequence: int
    hash: bytes
    injected: bool = False
    """Put there by a fault, not by the relay."""


Evidence = Mapping[tuple[str, str], Sequence[str]]
"""For a division and a figure the cases that it names."""


@dataclass(frozen=True, slots=True)
class Observation:
    """Everything at one quiet moment."""

    commands: Sequence[Command]
    ledgers: Mapping[str, Sequence[LedgerEvent]]
    messages: Sequence[Message]
    figures: Mapping[tuple[str, str], int]
    """For a division and a figure its value."""
    evidence: Evidence
    as_of: Mapping[str, int]
    """For a division how far stats says that it is."""
    parked: Mapping[str, int] = field(default_factory=dict)
    """For a division how many of its events stats has put aside."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that must not be."""

    rule: str
    about: str
    says: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.about}: {self.says}"

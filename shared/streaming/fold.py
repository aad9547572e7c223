"""What a service attaches to a topic."""

from collections.abc import Sequence
from enum import Enum, auto
from typing import Protocol

from shared.cloudevents import RecordedEvent
from shared.postgres import Connection


class AfterParked(Enum):
    """What becomes of a ledger's later events when one of them had to be put aside."""

    GOES_ON = auto()
    """They are folded; the parked one is applied late, when it can be."""
    WAITS = auto()
    """They wait for it; the other ledgers go on."""


class Fold(Protocol):
    """Turns events of one source into rows; the same event never comes twice."""

    @property
    def source(self) -> str:
        """The service whose events are folded, as the wire names it: `/intake`."""

    @property
    def after_parked(self) -> AfterParked:
        """Whether a ledger goes on without an event that cannot be folded."""

    async def apply(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        """Write what the events say, in the transaction that also moves the inbox.

        Each ledger's events come in order, those of several ledgers mixed. No effect outside the
        transaction: it may be rolled back and applied again. What it raises, save for the
        database's absence, is taken as the event's fault, and the event is parked.
        """

    async def apply_late(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        """Write events that later ones of their ledgers were folded before.

        What is written then is the same as if they had come in their places.
        """

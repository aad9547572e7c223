"""The interface that a service implements to fold the events of a topic."""

from collections.abc import Sequence
from enum import Enum, auto
from typing import Protocol

from shared.cloudevents import RecordedEvent
from shared.postgres import Connection
from shared.streaming.passing import Kind


class AfterParked(Enum):
    """What happens to a ledger's later events when one of them is parked."""

    GOES_ON = auto()
    """They are folded; the parked event is applied later, out of order."""
    WAITS = auto()
    """They wait for the parked event; the other ledgers go on."""


class Fold(Protocol):
    """Turns events of one source into rows; each event is applied once."""

    @property
    def source(self) -> str:
        """The CloudEvents source whose events are folded, such as `/intake`."""

    @property
    def after_parked(self) -> AfterParked:
        """Whether a ledger goes on without an event that cannot be folded."""

    @property
    def passes_over(self) -> frozenset[Kind]:
        """The kinds that change nothing here: a ledger's position moves over them in a second.

        None where somebody waits for positions of the inbox, as whoever asks for figures does.
        """

    async def apply(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        """Write rows for the events, in the transaction that also moves the inbox.

        Each ledger's events come in order; those of several ledgers are mixed. No effects outside
        the transaction: it may be rolled back and applied again. An exception, except those of a
        missing database, is taken as the event's fault, and the event is parked.
        """

    async def apply_late(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        """Write events although later events of their ledgers are folded already.

        The rows must be the same as if the events had come in order.
        """

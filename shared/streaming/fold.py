"""What a service attaches to a topic."""

from collections.abc import Sequence
from typing import Protocol

from shared.cloudevents import RecordedEvent
from shared.postgres import Connection


class Fold(Protocol):
    """Turns events of one source into rows; the same event never comes twice."""

    @property
    def source(self) -> str:
        """The service whose events are folded, as the wire names it: `/intake`."""

    async def apply(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        """Write what the events say, in the transaction that also moves the inbox.

        Each ledger's events come in order, those of several ledgers mixed. No effect outside the
        transaction: it may be rolled back and applied again. What it raises, save for the
        database's absence, is taken as the event's fault, and the event is parked.
        """

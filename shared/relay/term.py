"""One relay's time as the leader: what it sends, what it notes, and how it knows the topic."""

import asyncio
import time
from collections.abc import Collection
from dataclasses import replace

import structlog

from shared.broker import Broker, TopicState
from shared.cloudevents import RecordedEvent
from shared.metrics import RELAY_STARTED_AGAIN
from shared.partitions import partition_of
from shared.postgres import Connection
from shared.relay.lag import LagGauges
from shared.relay.outbox import next_events
from shared.relay.positions import Behind, Positions
from shared.relay.sending import Sender, SendingFailed
from shared.topics import PARTITIONS

_NOTE_SECONDS = 0.2
_NOTE_EVENTS = 20_000
_ROUND_SECONDS = 1.0
_LOOK_SECONDS = 5.0

log = structlog.get_logger()


class TopicHasOtherPartitions(Exception):
    """Ledgers would land in other partitions than before: nothing may be sent to such a topic."""

    def __init__(self, topic: str, partitions: int) -> None:
        super().__init__(
            f"{topic} has {partitions} partitions, not {PARTITIONS}: nothing is sent to it; "
            "docs/recovery.md says what to do"
        )


class Term:
    """Begins where the table says the ledgers stand, ends with the connection that is locked."""

    def __init__(
        self, connection: Connection, broker: Broker, *, service: str, topic: str
    ) -> None:
        self._connection = connection
        self._broker = broker
        self._service = service
        self._topic = topic
        self._positions = Positions(connection)
        self._lag = LagGauges(connection, service)
        self._looked = self._noted = -_LOOK_SECONDS
        self._held_back: frozenset[int] = frozenset()
        self.begun: frozenset[int] = frozenset()
        """The partitions that held events when the topic was last looked at."""

    async def begin(self) -> None:
        """Read where the ledgers stand."""
        await self._positions.load()
        await self.measure()

    def hold_back(self, partitions: Collection[int]) -> None:
        """Send nothing to these until told otherwise; what is behind there counts as lag."""
        self._held_back = frozenset(partitions)

    async def send_behind(self, sender: Sender) -> bool:
        """Send for a round what is behind, and say whether there was any; raises SendingFailed."""
        everything = await self._positions.behind()
        await self._lag.measure_when_due(everything)
        behind = [each for each in everything if self._may_go(each)]
        if not behind:
            return False
        if await self._has_begun_anew():
            return True
        reading = self._positions.readings
        events = await self._read(behind)
        until = time.monotonic() + _ROUND_SECONDS
        # what was read for a topic that has begun anew would put the middle of a ledger first
        while events and reading == self._positions.readings:
            # a round ends, so that whoever fell behind meanwhile has a turn, and the lag is told
            behind = _left(behind, events) if time.monotonic() < until else []
            # the next helping is read while this one is on its way
            _, events = await asyncio.gather(self._send(sender, events), self._read(behind))
            await self.note_when_due()
        return True

    def _may_go(self, ledger: Behind) -> bool:
        return partition_of(ledger.division, PARTITIONS) not in self._held_back

    async def _read(self, behind: list[Behind]) -> list[RecordedEvent]:
        if not behind:
            return []
        return await next_events(self._connection, f"/{self._service}", behind)

    async def _send(self, sender: Sender, events: list[RecordedEvent]) -> None:
        try:
            self._positions.advance(await sender.send(events))
        except SendingFailed as fault:
            self._positions.advance(fault.arrived)
            raise

    async def measure(self) -> None:
        """Say how far behind Kafka is; also shows that the lock is still held."""
        await self._lag.measure(await self._positions.behind())

    async def note_when_due(self) -> None:
        """Note positions a few times a second, and look at the topic even when all is quiet."""
        now = time.monotonic()
        unnoted = self._positions.unnoted()
        if unnoted >= _NOTE_EVENTS or (unnoted and now - self._noted >= _NOTE_SECONDS):
            await self.note()
        elif now - self._looked >= _LOOK_SECONDS:
            await self._recognise()

    async def note(self) -> None:
        """Write down what was sent, once the topic is known to be the one that it was sent to.

        A broker whose folder is gone goes on acknowledging until it dies: so the question comes
        after the acknowledgement and before the note.
        """
        await self._recognise()
        await self._positions.note()
        self._noted = time.monotonic()

    async def _has_begun_anew(self) -> bool:
        # a look before sending, too: else a new topic would begin with the middle of a ledger
        if time.monotonic() - self._looked < _NOTE_SECONDS:
            return False
        if await self._broker.topic_id(self._topic) in self._positions.topic_ids:
            self._looked = time.monotonic()
            return False
        await self._recognise()
        return True

    async def _recognise(self) -> None:
        found = await self._broker.topic(self._topic)
        as_fixed = len(found.ends) == PARTITIONS
        if self._is_other(found) or (as_fixed and self._is_short(found)):
            log.warning("the topic is not what was sent to: all goes out again", topic=self._topic)
            RELAY_STARTED_AGAIN.labels(self._service).inc()
            await self._positions.forget()
        self._positions.topic_ids = {found.id}
        if not as_fixed:
            # not before what was sent to another topic is forgotten: it is not on this one
            raise TopicHasOtherPartitions(self._topic, len(found.ends))
        self.begun = frozenset(place for place, end in found.ends.items() if end > 0)
        self._looked = time.monotonic()

    def _is_other(self, found: TopicState) -> bool:
        return not self._positions.topic_ids <= {found.id}

    def _is_short(self, found: TopicState) -> bool:
        # every event takes an offset of its own: a partition that ends before their sum lost some
        least = self._positions.least_ends(PARTITIONS)
        return any(found.ends[partition] < end for partition, end in least.items())


def _left(behind: list[Behind], events: list[RecordedEvent]) -> list[Behind]:
    """What is still behind once these events are sent."""
    sent = {event.division: event.sequence for event in events}
    return [
        replace(ledger, sent=sent[ledger.division])
        for ledger in behind
        if ledger.division in sent and sent[ledger.division] < ledger.head
    ]

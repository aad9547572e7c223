"""The relay of the process that leads: sends events, saves positions, checks the topic."""

import asyncio
import time
from collections.abc import Collection
from dataclasses import replace

import structlog

from shared.broker import Broker, TopicState
from shared.cloudevents import RecordedEvent
from shared.metrics import RELAY_STARTED_AGAIN, begin
from shared.partitions import partition_of
from shared.postgres import Connection
from shared.relay.lag import LagGauges
from shared.relay.outbox import next_events
from shared.relay.positions import Behind, Positions
from shared.relay.sending import Sender, SendingFailed
from shared.topics import PARTITIONS

_SAVE_SECONDS = 0.2
_SAVE_EVENTS = 20_000
_ROUND_SECONDS = 1.0
_CHECK_SECONDS = 5.0

log = structlog.get_logger()


class TopicHasOtherPartitions(Exception):
    """The number of partitions changed: ledgers would move to others, so nothing may be sent."""

    def __init__(self, topic: str, partitions: int) -> None:
        super().__init__(
            f"{topic} has {partitions} partitions, not {PARTITIONS}: nothing is sent to it; "
            "docs/recovery.md says what to do"
        )


class Leader:
    """Starts at the saved positions; ends with the connection that holds the lock."""

    def __init__(
        self, connection: Connection, broker: Broker, *, service: str, topic: str
    ) -> None:
        self._connection = connection
        self._broker = broker
        self._service = service
        self._topic = topic
        self._positions = Positions(connection)
        self._lag = LagGauges(connection, service)
        begin(RELAY_STARTED_AGAIN, (service,))
        self._topic_checked_at = self._saved_at = -_CHECK_SECONDS
        self._held_back: frozenset[int] = frozenset()
        self.non_empty: frozenset[int] = frozenset()
        """The partitions that held events at the last check of the topic."""

    async def begin(self) -> None:
        """Load the saved positions."""
        await self._positions.load()
        await self.measure()

    def hold_back(self, partitions: Collection[int]) -> None:
        """Send nothing to these partitions until the next call; their unsent events count as lag."""
        self._held_back = frozenset(partitions)

    async def send_behind(self, sender: Sender) -> bool:
        """Send unsent events for one round; returns whether there were any. Raises SendingFailed."""
        everything = await self._positions.behind()
        await self._lag.measure_when_due(everything)
        behind = [each for each in everything if self._may_go(each)]
        if not behind:
            return False
        if await self._topic_was_replaced():
            return True
        restarts = self._positions.restarts
        events = await self._read(behind)
        until = time.monotonic() + _ROUND_SECONDS
        # events read for a topic that was replaced would put the middle of a ledger first
        while events and restarts == self._positions.restarts:
            # a round ends, so that other ledgers get their turn and the lag is measured
            behind = _left(behind, events) if time.monotonic() < until else []
            # the next events are read while these are being sent
            _, events = await asyncio.gather(self._send(sender, events), self._read(behind))
            await self.save_when_due()
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
        """Measure the lag; the query also shows that the lock is still held."""
        await self._lag.measure(await self._positions.behind())

    async def save_when_due(self) -> None:
        """Save positions a few times a second; check the topic even when nothing is sent."""
        now = time.monotonic()
        unsaved = self._positions.unsaved()
        if unsaved >= _SAVE_EVENTS or (unsaved and now - self._saved_at >= _SAVE_SECONDS):
            await self.save()
        elif now - self._topic_checked_at >= _CHECK_SECONDS:
            await self._check_topic()

    def pause(self, longest: float) -> float:
        """How long to wait for news: until positions are due to be saved, if some are not."""
        return _SAVE_SECONDS if self._positions.unsaved() else longest

    async def save(self) -> None:
        """Save the positions, after checking that the topic is the one the events were sent to.

        A broker whose folder is gone goes on acknowledging until it dies, so the check comes
        after the acknowledgement and before the save.
        """
        await self._check_topic()
        await self._positions.save()
        self._saved_at = time.monotonic()

    async def _topic_was_replaced(self) -> bool:
        # also checked before sending: else a new topic would begin with the middle of a ledger
        if time.monotonic() - self._topic_checked_at < _SAVE_SECONDS:
            return False
        if await self._broker.topic_id(self._topic) in self._positions.topic_ids:
            self._topic_checked_at = time.monotonic()
            return False
        await self._check_topic()
        return True

    async def _check_topic(self) -> None:
        found = await self._broker.topic(self._topic)
        as_fixed = len(found.ends) == PARTITIONS
        if self._is_another_topic(found) or (as_fixed and self._lost_events(found)):
            log.warning("the topic is not what was sent to: all goes out again", topic=self._topic)
            RELAY_STARTED_AGAIN.labels(self._service).inc()
            await self._positions.forget()
        self._positions.topic_ids = {found.id}
        if not as_fixed:
            # only after forgetting what was sent to another topic: it is not on this one
            raise TopicHasOtherPartitions(self._topic, len(found.ends))
        self.non_empty = frozenset(place for place, end in found.ends.items() if end > 0)
        self._topic_checked_at = time.monotonic()

    def _is_another_topic(self, found: TopicState) -> bool:
        return not self._positions.topic_ids <= {found.id}

    def _lost_events(self, found: TopicState) -> bool:
        # every event takes one offset: a partition that ends before their sum has lost some
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

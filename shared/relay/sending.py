"""Sending to Kafka: whole batches, acknowledged by all replicas, in order within a partition."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Self

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, KafkaTimeoutError
from aiokafka.producer.message_accumulator import BatchBuilder

from shared.cloudevents import RecordedEvent, to_headers
from shared.partitions import partition_of
from shared.relay.no_retry import NoRetry
from shared.times import epoch_microseconds
from shared.topics import LARGEST_MESSAGE_BYTES

_BATCH_BYTES = 512 << 10
_PATIENCE_MS = 4000
_START_SECONDS = 10.0
_STOP_SECONDS = 3.0

Arrived = dict[str, int]
"""For each ledger the sequence of its last event that Kafka has acknowledged."""


class SendingFailed(Exception):
    """Kafka did not accept everything; `arrived` has what it accepted."""

    def __init__(self, arrived: Arrived, fault: BaseException) -> None:
        super().__init__(f"Kafka did not take the events ({fault})")
        self.arrived = arrived


class Sender:
    """A producer for one topic. After a failure it cannot be used again: open another."""

    def __init__(
        self, bootstrap: str, *, topic: str, partitions: int, non_empty: Collection[int] = ()
    ) -> None:
        """Idempotent, without a retry in the client; `non_empty` as in `no_retry`."""
        self._topic = topic
        self._partitions = partitions
        self._producer = AIOKafkaProducer(
            bootstrap_servers=bootstrap,
            client_id=f"relay-{topic}",
            acks="all",
            enable_idempotence=True,
            max_batch_size=_BATCH_BYTES,
            max_request_size=LARGEST_MESSAGE_BYTES,
            request_timeout_ms=_PATIENCE_MS,
            metadata_max_age_ms=5000,
            retry_backoff_ms=200,
        )
        self._no_retry = NoRetry(self._producer.client, topic=topic, non_empty=non_empty)

    async def __aenter__(self) -> Self:
        """Connect; raises KafkaError without a broker or topic, or after 10 seconds."""
        try:
            async with asyncio.timeout(_START_SECONDS):
                await self._producer.start()
                await self._producer.partitions_for(self._topic)
        except TimeoutError as fault:
            await self._stop()
            raise KafkaTimeoutError("Kafka does not let a producer begin") from fault
        except BaseException:  # also a cancelled start closes its sockets
            await self._stop()
            raise
        self._no_retry.watch()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Disconnect, without waiting long for a broker that may be gone."""
        await self._stop()

    async def _stop(self) -> None:
        stopping = asyncio.ensure_future(self._producer.stop())
        await asyncio.wait({stopping}, timeout=_STOP_SECONDS)
        if not stopping.done():
            # requests in flight fail with their connection, and the producer's tasks end
            await self._producer.client.close()
            await asyncio.wait({stopping}, timeout=_STOP_SECONDS)
        if not stopping.cancel():
            stopping.result()

    async def send(self, events: Sequence[RecordedEvent]) -> Arrived:
        """Send all; raises SendingFailed, and then nothing of a failed ledger is in flight."""
        arrived: Arrived = {}
        shares = self._by_partition(events)
        results = await asyncio.gather(
            *(self._send_share(place, share, arrived) for place, share in shares.items()),
            return_exceptions=True,
        )
        for fault in results:
            if isinstance(fault, KafkaError):
                raise SendingFailed(arrived, fault)
            if isinstance(fault, BaseException):
                raise fault
        return arrived

    def _by_partition(self, events: Iterable[RecordedEvent]) -> dict[int, list[RecordedEvent]]:
        shares: dict[int, list[RecordedEvent]] = defaultdict(list)
        for event in events:
            shares[partition_of(event.division, self._partitions)].append(event)
        return shares

    async def _send_share(
        self, partition: int, share: list[RecordedEvent], arrived: Arrived
    ) -> None:
        # one batch after the other: no batch may overtake one that failed
        for batch, last in self._batches(share):
            acknowledged = await self._producer.send_batch(batch, self._topic, partition=partition)
            await acknowledged
            arrived.update(last)

    def _batches(self, share: list[RecordedEvent]) -> Iterator[tuple[BatchBuilder, Arrived]]:
        batch = self._producer.create_batch()
        last: Arrived = {}
        for event in share:
            if not _append(batch, event):
                yield batch, last
                batch, last = self._producer.create_batch(), {}
                _append(batch, event)
            last[event.division] = event.sequence
        yield batch, last


def _append(batch: BatchBuilder, event: RecordedEvent) -> bool:
    taken = batch.append(
        key=event.division.encode(),
        value=event.data,
        headers=to_headers(event),
        timestamp=epoch_microseconds(event.recorded_at) // 1000,
    )
    return taken is not None

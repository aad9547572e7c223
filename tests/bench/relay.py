"""relay: events from Postgres to Kafka, against aiokafka's `send_batch` of the same bytes.

The relay runs and has sent everything; then it is told to send it all again. So it is timed at
work: reading, making messages, sending with acknowledgement, noting; not while it connects.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from shared.cloudevents import RecordedEvent, to_headers
from shared.partitions import partition_of
from shared.postgres import Pool, new_pool, transaction
from shared.relay import Relay, resend
from shared.testing.waiters import eventually
from shared.times import epoch_microseconds
from shared.topics import PARTITIONS
from tests.bench.figures import Reach, Result, alternate
from tests.bench.sample import lives, store
from tests.bench.stage import COUNTY, Stage, Stopwatch
from tests.intake.doors import fresh_intake

_PATIENCE_SECONDS = 120
_BATCH_BYTES = 512 << 10
"""As the relay has it."""

Messages = dict[int, list[tuple[bytes, bytes, list[tuple[str, bytes]], int]]]


async def bench(stage: Stage) -> list[Result]:
    events = lives(int(stage.sized(120_000, 40_000)))
    database = fresh_intake(stage.postgres)
    store(database, events)
    bootstrap = stage.kafka.bootstrap
    topic, other = stage.kafka.fresh_topic("bench"), stage.kafka.fresh_topic("bench")
    messages = _messages(events)
    async with (
        new_pool(database.dsn, name="bench", size=2) as pool,
        _ends(bootstrap, topic) as ends,
        _producer(bootstrap) as producer,
    ):
        carried = _Carried(pool, ends, len(events))
        relay = Relay(pool, service="intake", county=COUNTY, bootstrap=bootstrap, topic=topic)
        running = asyncio.ensure_future(relay.run())
        await carried.all_noted()

        async def floor() -> float:
            watch = Stopwatch()
            await _send(producer, other, messages)
            return len(events) / watch.seconds

        runs = await alternate(lambda: carried.again(relay), floor)
        running.cancel()
        await asyncio.wait([running])
    return [Result("relay", "events/s", Reach(0.25), runs)]


@dataclass(frozen=True)
class _Carried:
    """All events of the ledgers, on their way to the topic."""

    pool: Pool
    ends: Callable[[], Awaitable[int]]
    events: int

    async def again(self, relay: Relay) -> float:
        """Events a second when all are sent once more."""
        await self.all_noted()
        before = await self.ends()
        await resend(self.pool, county=COUNTY)
        watch = Stopwatch()
        relay.nudge()
        await eventually(lambda: self._on_topic(before + self.events), within=_PATIENCE_SECONDS)
        return self.events / watch.seconds

    async def all_noted(self) -> None:
        """The relay has nothing left to do."""
        await eventually(self._noted, within=_PATIENCE_SECONDS)

    async def _on_topic(self, end: int) -> bool:
        return await self.ends() >= end

    async def _noted(self) -> bool:
        async with transaction(self.pool, COUNTY) as connection:
            cursor = await connection.execute("select coalesce(sum(seq), 0) from relayed")
            return await cursor.fetchone() == (self.events,)


@asynccontextmanager
async def _ends(bootstrap: str, topic: str) -> AsyncIterator[Callable[[], Awaitable[int]]]:
    """A look at how many messages the topic holds."""
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap)
    await consumer.start()
    partitions = [TopicPartition(topic, number) for number in range(PARTITIONS)]

    async def ends() -> int:
        return sum((await consumer.end_offsets(partitions)).values())

    try:
        yield ends
    finally:
        await consumer.stop()


@asynccontextmanager
async def _producer(bootstrap: str) -> AsyncIterator[AIOKafkaProducer]:
    producer = AIOKafkaProducer(
        bootstrap_servers=bootstrap,
        acks="all",
        enable_idempotence=True,
        max_batch_size=_BATCH_BYTES,
    )
    await producer.start()
    try:
        yield producer
    finally:
        await producer.stop()


def _messages(events: list[RecordedEvent]) -> Messages:
    found: Messages = defaultdict(list)
    for event in events:
        moment = epoch_microseconds(event.recorded_at) // 1000
        message = (event.division.encode(), event.data, to_headers(event), moment)
        found[partition_of(event.division, PARTITIONS)].append(message)
    return found


async def _send(producer: AIOKafkaProducer, topic: str, messages: Messages) -> None:
    """All of it, each partition's batches one after another."""
    shares = (_send_share(producer, topic, *share) for share in messages.items())
    for acknowledged in await asyncio.gather(*shares):
        await asyncio.gather(*acknowledged)


async def _send_share(
    producer: AIOKafkaProducer,
    topic: str,
    partition: int,
    share: list[tuple[bytes, bytes, list[tuple[str, bytes]], int]],
) -> list[Awaitable[object]]:
    acknowledged, batch = [], producer.create_batch()
    for key, value, headers, timestamp in share:
        message = {"key": key, "value": value, "headers": headers, "timestamp": timestamp}
        if batch.append(**message) is None:
            acknowledged.append(await producer.send_batch(batch, topic, partition=partition))
            batch = producer.create_batch()
            batch.append(**message)
    acknowledged.append(await producer.send_batch(batch, topic, partition=partition))
    return acknowledged

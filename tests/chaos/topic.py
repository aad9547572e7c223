"""The topics as a stranger reads them, and the means to put messages on them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError
from aiokafka.structs import ConsumerRecord

from shared.partitions import partition_of
from shared.services import LEDGER_KEEPERS
from shared.testing.waiters import eventually
from shared.topics import PARTITIONS, topic_of
from tests.chaos.observed import Ledger, Message

INJECTED = ("chaos", b"injected")
"""A header that consumers do not know: by it the checker tells our messages from the relay's."""
TOPICS = {service: topic_of(service) for service in LEDGER_KEEPERS}
"""Of each service that keeps ledgers."""
_BACK_SECONDS = 30.0
_SERVICES = {topic: service for service, topic in TOPICS.items()}
Headers = Sequence[tuple[str, bytes]]


async def everything(bootstrap: str) -> list[ConsumerRecord]:
    """Every message that is on the topics now, partition by partition, in order.

    A broker that has just come back answers before its partitions have leaders.
    """

    found: list[ConsumerRecord] = []

    async def is_read() -> bool:
        try:
            found.extend(await _read(bootstrap))
        except KafkaError as away:
            raise AssertionError(f"the topics cannot be read: {away!r}") from away
        return True

    await eventually(is_read, within=_BACK_SECONDS, every=0.5)
    return found


async def _read(bootstrap: str) -> list[ConsumerRecord]:
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, enable_auto_commit=False)
    await consumer.start()
    try:
        places = [
            TopicPartition(topic, number)
            for topic in TOPICS.values()
            for number in range(PARTITIONS)
        ]
        consumer.assign(places)
        await consumer.seek_to_beginning(*places)
        ends = await consumer.end_offsets(places)
        found: list[ConsumerRecord] = []
        left = {place for place in places if ends[place]}
        while left:
            for records in (await consumer.getmany(timeout_ms=500)).values():
                found.extend(records)
            left = {place for place in left if await consumer.position(place) < ends[place]}
    finally:
        await consumer.stop()
    return sorted(found, key=lambda record: (record.topic, record.partition, record.offset))


def ledger_of(record: ConsumerRecord) -> Ledger:
    """Where a message that names its ledger belongs."""
    return Ledger(_SERVICES[record.topic], record.key.decode())


def messages_of(records: Sequence[ConsumerRecord]) -> list[Message]:
    """Those that name a place in a ledger."""
    return [found for record in records if (found := _message(record)) is not None]


def _message(record: ConsumerRecord) -> Message | None:
    headers = dict(record.headers)
    if "ce_sequence" not in headers:
        return None
    return Message(
        ledger=Ledger(_SERVICES[record.topic], headers["ce_partitionkey"].decode()),
        sequence=int(headers["ce_sequence"]),
        hash=bytes.fromhex(headers["ce_hash"].decode()),
        injected=INJECTED[0] in headers,
    )


@asynccontextmanager
async def injecting(bootstrap: str) -> AsyncIterator["Injector"]:
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all")
    await producer.start()
    try:
        yield Injector(producer)
    finally:
        await producer.stop()


class Injector:
    """Puts messages on topics, one after the other."""

    def __init__(self, producer: AIOKafkaProducer) -> None:
        self._producer = producer

    async def put(self, ledger: Ledger, value: bytes | None, headers: Headers) -> None:
        """Into the partition of that ledger."""
        await self._producer.send_and_wait(
            TOPICS[ledger.service],
            value,
            key=ledger.division.encode(),
            partition=partition_of(ledger.division, PARTITIONS),
            headers=[*headers, INJECTED],
        )

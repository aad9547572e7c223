"""Messages that an operator has looked at and puts aside, before a worker stops at them again.

Several poisoned messages in a row stop a worker, whoever put them there. Where they are no events
at all, no mend of the deployment helps: somebody has to say so. What can be read is an event, and
is never put aside by hand.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.structs import ConsumerRecord

from shared.broker import Broker
from shared.cloudevents import NotOurs, from_message
from shared.postgres import Pool, transaction
from shared.streaming.messages import Spoiled, place_of
from shared.streaming.parking import Parking

MOST = 1000
_FETCH_MS = 2000


class CannotPark(ValueError):
    """The message is a sentence that says why nothing was put aside."""


async def park_by_hand(
    pool: Pool,
    *,
    bootstrap: str,
    topic: str,
    source: str,
    county: str,
    partition: int,
    offsets: range,
) -> int:
    """Put messages of a partition aside, all or none; gives how many were not aside already.

    Raises CannotPark, or BrokerAway or KafkaError when Kafka cannot be asked.
    """
    if not 0 < len(offsets) <= MOST:
        raise CannotPark(f"1 to {MOST} messages can be put aside at once.")
    async with Broker(bootstrap) as broker:
        state = await broker.topic(topic)
        if partition not in state.ends:
            raise CannotPark(f"{topic} has no partition {partition}.")
        if offsets[-1] >= state.ends[partition]:
            raise CannotPark(f"{topic}/{partition} ends before {state.ends[partition]}.")
        records = await _read(bootstrap, TopicPartition(topic, partition), offsets)
        spoiled = [_spoiled(record, source=source, county=county) for record in records]
        parking = Parking(pool, bootstrap=bootstrap, topic=topic, source=source, county=county)
        async with parking, transaction(pool, county) as connection:
            return len(await parking.park(connection, state.id, spoiled))


async def _read(bootstrap: str, place: TopicPartition, offsets: range) -> Sequence[ConsumerRecord]:
    found: list[ConsumerRecord] = []
    async with _reader(bootstrap, place) as consumer:
        consumer.seek(place, offsets[0])
        while await consumer.position(place) <= offsets[-1]:
            for records in (await consumer.getmany(place, timeout_ms=_FETCH_MS)).values():
                found += [record for record in records if record.offset in offsets]
    return found


@asynccontextmanager
async def _reader(bootstrap: str, place: TopicPartition) -> AsyncIterator[AIOKafkaConsumer]:
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, enable_auto_commit=False)
    try:
        await consumer.start()
        consumer.assign([place])
        yield consumer
    finally:
        # also of a start that failed or was cancelled, whose sockets would stay
        await consumer.stop()


def _spoiled(record: ConsumerRecord, *, source: str, county: str) -> Spoiled:
    try:
        division, sequence = place_of(record, source=source, county=county)
    except NotOurs as fault:
        return Spoiled(record, str(fault))
    try:
        from_message(record.headers, record.value)
    except NotOurs as fault:
        return Spoiled(record, str(fault), division, sequence)
    name = f"{source.removeprefix('/')}/{division}@{sequence}"
    raise CannotPark(
        f"Message {record.offset} is the event {name}, which can be read: nothing was put aside."
    )

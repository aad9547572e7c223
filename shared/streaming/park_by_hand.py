"""Parks messages at an operator's request, so that a worker does not stop at them again.

Several poison messages in a row stop a worker. If they are no events at all, fixing the deployment
does not help: an operator has to park them. A message that can be read is an event and is never
parked this way.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.structs import ConsumerRecord

from shared.broker import Broker
from shared.cloudevents import NotOurs, from_message
from shared.postgres import Pool, transaction
from shared.streaming.messages import PoisonMessage, place_of
from shared.streaming.parking import Parking

MOST = 1000
_FETCH_MS = 2000


class CannotPark(ValueError):
    """Nothing was parked; the text is a sentence that says why."""


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
    """Park messages of a partition, all or none; returns how many were not parked already.

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
        poison = [_poison(record, source=source, county=county) for record in records]
        parking = Parking(pool, bootstrap=bootstrap, topic=topic, source=source, county=county)
        async with parking, transaction(pool, county) as connection:
            return len(await parking.park(connection, state.id, poison))


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
        # also after a failed or cancelled start: its sockets would stay open
        await consumer.stop()


def _poison(record: ConsumerRecord, *, source: str, county: str) -> PoisonMessage:
    try:
        division, sequence = place_of(record, source=source, county=county)
    except NotOurs as fault:
        return PoisonMessage(record, str(fault))
    try:
        from_message(record.headers, record.value)
    except NotOurs as fault:
        return PoisonMessage(record, str(fault), division, sequence)
    name = f"{source.removeprefix('/')}/{division}@{sequence}"
    raise CannotPark(
        f"Message {record.offset} is the event {name}, which can be read: nothing was put aside."
    )

"""Appending to a ledger without a domain, and reading back what Kafka has of it."""

from collections import defaultdict

from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.cloudevents import from_message
from shared.divisions import new_id
from shared.ledger import Appended, Author, Ledger, NewEvent
from shared.postgres import Pool
from shared.topics import PARTITIONS
from tests.shared.ledgers import COUNTY
from tests.shared.streams import MOMENT, SOURCE

_AUTHOR = Author(scope=COUNTY, actor_ref="post-7")


async def append(pool: Pool, division: str, count: int) -> None:
    """So many events, each a stream of its own."""
    events = [
        NewEvent(
            stream_id=new_id(division),
            version=1,
            event_id=new_id(division),
            kind="case-filed",
            schema_version=1,
            data=b'{"a":1}',
            occurred_at=MOMENT,
        )
        for _ in range(count)
    ]
    outcome = await Ledger(pool, source=SOURCE).append(division, events, _AUTHOR)
    assert isinstance(outcome, Appended)


async def sequences_on(
    bootstrap: str, topic: str, partitions: int = PARTITIONS
) -> dict[str, list[int]]:
    """For each ledger the sequences of its messages, in the order of the topic."""
    places = [TopicPartition(topic, partition) for partition in range(partitions)]
    found: dict[str, list[int]] = defaultdict(list)
    options = {"bootstrap_servers": bootstrap, "auto_offset_reset": "earliest"}
    async with AIOKafkaConsumer(**options) as consumer:
        consumer.assign(places)
        ends = await consumer.end_offsets(places)
        left = sum(ends.values())
        while left > 0:
            for records in (await consumer.getmany(timeout_ms=1000)).values():
                left -= len(records)
                for record in records:
                    event = from_message(record.headers, record.value)
                    found[event.division].append(event.sequence)
    return dict(found)

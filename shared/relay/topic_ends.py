"""Compares the ends of the topic with the ledgers, before a relay sends its first event.

A database that was restored from a backup lacks events that Kafka has. Its next events would take
the same sequences, and consumers would skip them as duplicates: a silent loss. Whatever was sent
since the backup is at the end of its partition, so the last few messages of each partition are
enough, whichever ledger they belong to.
"""

import time
from collections.abc import Mapping, Sequence
from typing import LiteralString

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from shared.broker import BrokerAway
from shared.cloudevents import NotOurs, RecordedEvent, from_message
from shared.ledger.chain import digest_of, hash_after
from shared.partitions import partition_of
from shared.postgres import Connection

_MESSAGES = 10
_PATIENCE_SECONDS = 10.0

_NOT_IN_LEDGERS: LiteralString = """
    select found.division_code, found.seq
    from unnest(%s::text[], %s::bigint[], %s::bytea[]) as found (division_code, seq, hash)
    where found.hash is distinct from (
        select e.hash from event e where e.division_code = found.division_code and e.seq = found.seq
    )
    order by 1, 2
"""


PartitionsAhead = Mapping[int, str]
"""Partitions that hold an event which its ledger lacks, each with a sentence that says so."""


async def compare_with_ledgers(
    connection: Connection, *, bootstrap: str, topic: str, partitions: int, source: str
) -> PartitionsAhead:
    """The partitions that are ahead; raises BrokerAway or KafkaError if the topic is unreadable."""
    places = [TopicPartition(topic, number) for number in range(partitions)]
    events = [event for event in map(_event, await _last(bootstrap, places)) if event]
    own = [event for event in events if event.source == source and _is_genuine(event)]
    keys = [(event.division, event.sequence, event.hash) for event in own]
    columns = [list(column) for column in zip(*keys, strict=True)] or [[], [], []]
    cursor = await connection.execute(_NOT_IN_LEDGERS, columns)
    found: dict[int, str] = {}
    for division, sequence in await cursor.fetchall():
        said = f"{topic} holds an event {sequence} of {division} that the database does not have"
        found.setdefault(partition_of(division, partitions), said)
    return found


async def _last(bootstrap: str, places: Sequence[TopicPartition]) -> list[ConsumerRecord]:
    """The last messages of each partition."""
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, client_id=f"tail-{places[0].topic}")
    try:
        await consumer.start()
        consumer.assign(places)
        return await _read_ends(consumer, places)
    finally:
        # also after a failed or cancelled start: its sockets would stay open
        await consumer.stop()


async def _read_ends(
    consumer: AIOKafkaConsumer, places: Sequence[TopicPartition]
) -> list[ConsumerRecord]:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    found: list[ConsumerRecord] = []
    ends, begins = await consumer.end_offsets(places), await consumer.beginning_offsets(places)
    waiting = {place for place in places if ends[place] > begins[place]}
    for place in places:
        consumer.seek(place, max(begins[place], ends[place] - _MESSAGES))
    while waiting:
        if time.monotonic() > deadline:
            raise BrokerAway("Kafka does not give the end of the topic")
        for records in (await consumer.getmany(timeout_ms=500)).values():
            found += records
        waiting = {p for p in waiting if await consumer.position(p) < ends[p]}
    return found


def _event(record: ConsumerRecord) -> RecordedEvent | None:
    try:
        return from_message(record.headers, record.value)
    except NotOurs:
        return None  # foreign: consumers park it, and it says nothing about our ledgers


def _is_genuine(event: RecordedEvent) -> bool:
    """Whether the hash matches the message: a corrupt message must not stop the relay."""
    digest = digest_of(
        event_id=event.event_id,
        kind=event.kind,
        schema_version=event.schema_version,
        source=event.source,
        stream_id=event.stream_id,
        division=event.division,
        occurred_at=event.occurred_at,
        data=event.data,
        actor_ref=event.actor_ref,
        correlation_id=event.correlation_id,
        causation_id=event.causation_id,
    )
    return hash_after(event.previous_hash, digest, event.sequence, event.recorded_at) == event.hash

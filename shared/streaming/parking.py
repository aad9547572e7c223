"""Stores poison messages in the `parked` table and sends them to the dead-letter topic."""

import asyncio
from collections.abc import Sequence
from typing import LiteralString, Self

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from psycopg.rows import DictRow

from shared.postgres import Connection, Pool, rows, transaction
from shared.streaming.messages import PoisonMessage
from shared.topics import dead_letters_of

_PARK: LiteralString = """
    insert into parked (division_code, topic, topic_id, topic_partition, message_offset, source,
                        seq, reason, message_key, message_value, header_names, header_values)
    select %(division)s, %(topic)s, %(topic_id)s, %(partition)s, %(offset)s, %(source)s,
           %(seq)s, %(reason)s, %(key)s, %(value)s, %(names)s, %(values)s
    where not exists (
        select from parked same
        where same.division_code = %(division)s and same.source = %(source)s
              and same.seq = %(seq)s and same.replayed_at is null
              and same.message_value is not distinct from %(value)s
              and same.header_names = %(names)s and same.header_values = %(values)s)
    on conflict do nothing
"""
_UNSENT: LiteralString = """
    select * from parked where dead_lettered_at is null and topic = %(topic)s
    order by parked_at limit 100
"""
_SENT: LiteralString = """
    update parked set dead_lettered_at = clock_timestamp()
    where division_code = %(division_code)s and topic = %(topic)s and topic_id = %(topic_id)s
          and topic_partition = %(topic_partition)s and message_offset = %(message_offset)s
"""

log = structlog.get_logger()


class Parking:
    """Parks messages of one topic: in the chunk's transaction, then on `<topic>.dead`."""

    def __init__(
        self, pool: Pool, *, bootstrap: str, topic: str, source: str, county: str
    ) -> None:
        self._pool = pool
        self._bootstrap = bootstrap
        self._topic = topic
        self._source = source
        self._county = county
        self._producer: AIOKafkaProducer | None = None
        self._sending = asyncio.Lock()

    async def __aenter__(self) -> Self:
        """The producer is created with the first dead letter."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the producer if there is one."""
        if self._producer is not None:
            await self._producer.stop()

    async def park(
        self, connection: Connection, topic_id: str, poison: Sequence[PoisonMessage]
    ) -> list[PoisonMessage]:
        """Park messages; returns those that were not parked already.

        Others were parked in an earlier reading, or are copies that a relay sent again.
        """
        fresh = []
        for message in poison:
            cursor = await connection.execute(_PARK, self._row(topic_id, message))
            if cursor.rowcount:
                fresh.append(message)
        return fresh

    def _row(self, topic_id: str, message: PoisonMessage) -> dict[str, object]:
        record = message.record
        return {
            "division": message.division or self._county,
            "topic": self._topic,
            "topic_id": topic_id,
            "partition": record.partition,
            "offset": record.offset,
            "source": self._source,
            "seq": message.sequence,
            "reason": message.reason,
            "key": record.key,
            "value": record.value,
            "names": [name.replace("\0", "") for name, _ in record.headers],
            "values": [value for _, value in record.headers],
        }

    async def send_unsent(self) -> None:
        """Send parked messages that are no dead letters yet; if Kafka is away, the next call does."""
        async with self._sending:
            try:
                while await self._send_some():
                    pass
            except KafkaError as fault:
                why = type(fault).__name__
                log.warning("dead letters wait for Kafka", topic=self._topic, why=why)

    async def _send_some(self) -> bool:
        async with transaction(self._pool, self._county) as connection:
            found = await rows(connection, _UNSENT, {"topic": self._topic})
            for row in found:
                await self._send(row)
                await connection.execute(_SENT, row)
            return bool(found)

    async def _send(self, row: DictRow) -> None:
        producer = await self._started()
        await producer.send_and_wait(
            dead_letters_of(self._topic),
            key=row["message_key"],
            value=row["message_value"],
            headers=[*zip(row["header_names"], row["header_values"], strict=True), *_why(row)],
        )

    async def _started(self) -> AIOKafkaProducer:
        if self._producer is None:
            producer = AIOKafkaProducer(
                bootstrap_servers=self._bootstrap,
                acks="all",
                enable_idempotence=True,
                request_timeout_ms=10_000,
                retry_backoff_ms=1000,
            )
            try:
                await producer.start()
            except BaseException:  # also a cancelled start closes its sockets
                await producer.stop()
                raise
            self._producer = producer
        return self._producer


def _why(row: DictRow) -> list[tuple[str, bytes]]:
    said = {
        "concord_reason": row["reason"],
        "concord_topic": row["topic"],
        "concord_partition": row["topic_partition"],
        "concord_offset": row["message_offset"],
    }
    return [(name, str(value).encode()) for name, value in said.items()]

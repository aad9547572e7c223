"""Reads a whole topic in no group: positions are this process's own, and nothing is committed."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer
from aiokafka.structs import ConsumerRecord, TopicPartition
from faust.types.tuples import TP

from shared.library_logs import thin_out
from shared.streaming.transport import Chunk

_FETCH_MS = 500
_MOST_RECORDS = 2000
"""Of a chunk: larger than the worker's, since nobody waits for a single one."""


class TopicReader:
    """What a consumer asks of its transport, and the chunks that it consumes."""

    def __init__(self, kafka: AIOKafkaConsumer, topic: str, partitions: Sequence[int]) -> None:
        self._kafka = kafka
        self._tps = [TP(topic, partition) for partition in partitions]
        self._epochs = dict.fromkeys(self._tps, 0)
        self._wanted: dict[TP, int] = {}
        self._reached = dict.fromkeys(self._tps, 0)

    # --- for the consumer -------------------------------------------------------------------

    def is_current(self, chunk: Chunk) -> bool:
        """Whether no seek was asked for since the chunk was fetched."""
        return chunk.epoch == self._epochs[chunk.tp]

    def request_seek(self, tp: TP, offset: int) -> None:
        """Read the partition from this offset on."""
        self._epochs[tp] += 1
        self._wanted[tp] = offset

    def done(self, tp: TP, next_offset: int) -> None:
        """Nothing is committed: a rebuild that ends early begins anew."""

    def began_at(self, tp: TP) -> int | None:
        """Always the beginning."""
        return 0 if tp in self._epochs else None

    def ends(self) -> dict[TP, int]:
        """Known to the broker alone, which is asked for them."""
        return {}

    # --- for the rebuild --------------------------------------------------------------------

    @property
    def messages_read(self) -> int:
        """How far the partitions are read, all together."""
        return sum(self._reached.values())

    async def is_behind(self, ends: Mapping[int, int]) -> bool:
        """Whether some partition is not read up to there, or is to be read again."""
        if self._wanted:
            return True
        for tp in self._tps:
            self._reached[tp] = await self._kafka.position(tp)
        return any(self._reached[tp] < ends.get(tp.partition, 0) for tp in self._tps)

    async def fetch(self) -> list[list[Chunk]]:
        """What comes next of each partition, to be taken in order; nothing when nothing comes."""
        for tp, offset in self._wanted.items():
            self._kafka.seek(tp, offset)
        self._wanted.clear()
        found = await self._kafka.getmany(timeout_ms=_FETCH_MS)
        return [list(self._cut(TP(*tp), records)) for tp, records in found.items()]

    def _cut(self, tp: TP, records: Sequence[ConsumerRecord]) -> Iterator[Chunk]:
        for start in range(0, len(records), _MOST_RECORDS):
            yield Chunk(tp, records[start : start + _MOST_RECORDS], self._epochs[tp])


@asynccontextmanager
async def topic_reader(
    bootstrap: str, topic: str, partitions: Sequence[int]
) -> AsyncIterator[TopicReader]:
    """A reader at the topic's beginning; raises KafkaError when nobody is there."""
    kafka = AIOKafkaConsumer(
        bootstrap_servers=bootstrap,
        client_id="concord-rebuild",
        auto_offset_reset="earliest",
        retry_backoff_ms=1000,
        request_timeout_ms=10_000,
    )
    thin_out()
    try:
        await kafka.start()
        kafka.assign([TopicPartition(topic, partition) for partition in partitions])
        yield TopicReader(kafka, topic, partitions)
    finally:
        await kafka.stop()

"""A transport for Faust that delivers chunks of a partition instead of single messages.

Faust makes an event object, a task switch and an acknowledgement for every message: about 270 µs
each. Here one Faust event carries up to `CHUNK_RECORDS` records of one partition, or the few
records that a fetch brought of several partitions of a topic, so that they can be folded in one
database transaction at a twentieth of the cost. Groups, rebalances, flow control, back-pressure and the timing of commits stay Faust's.

What differs from Faust's consumer, and why:

- an offset is committed when the consumer says `done`, not when the stream acknowledges: a chunk
  that was dropped because its partition is read again must not count;
- a seek can be requested at any time and happens between two fetches, in the consumer's own
  thread: a seek from an agent can crash the fetcher. Chunks fetched before it have an older epoch;
- a partition with a full buffer does not make the others wait: Faust sleeps a whole second when
  all buffers are full, and waits a second for the quiet partitions when some are;
- how long the broker holds a fetch depends on what the last one brought (`gathering`): aiokafka
  has one fetch in flight, and a partition that was being consumed when it was sent waits for its
  end.

It uses internals of Faust and aiokafka, so it needs exactly the versions named in `MADE_FOR`. Use it with raw topics, one agent of concurrency 1 for each, and no Faust tables.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import faust
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import ConsumerStoppedError, IllegalStateError
from aiokafka.structs import ConsumerRecord
from faust.transport.drivers import aiokafka as driver
from faust.types.tuples import TP, ConsumerMessage

from shared.streaming.gathering import Gathering
from shared.streaming.quiet_faust import QuietThread

MADE_FOR = {"faust-streaming": "0.15.3", "mode-streaming": "0.7.1", "aiokafka": "0.14.0"}
CHUNK_RECORDS = 1000
TOGETHER_RECORDS = 200
"""Of several partitions; more than that keeps two transactions busy side by side."""
_FETCH_SECONDS = 1.0
_BUFFERS_FULL_SECONDS = 0.005

Records = Sequence[ConsumerRecord]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Records of one partition by ascending offset, without a gap since the chunk before."""

    tp: TP
    records: Records
    epoch: int

    @property
    def next_offset(self) -> int:
        """The offset after the last record."""
        return int(self.records[-1].offset) + 1


class ChunkSchema(faust.Schema):  # type: ignore[type-arg]
    """Passes chunks through undecoded."""

    def compile(self, app: Any, **_: Any) -> Callable[..., Any]:
        """Faust's hook: the function that makes an event of a message."""

        async def decode(message: Any, *, propagate: bool = False) -> Any:
            return app.create_event(None, message.value, message.headers, message)

        return decode


class ChunkThread(QuietThread):
    """Faust's consumer thread, with fetches that gather a trickle."""

    def _create_worker_consumer(self, transport: driver.Transport) -> AIOKafkaConsumer:
        consumer = super()._create_worker_consumer(transport)
        client = consumer._client  # noqa: SLF001  Faust has no setting for it
        Gathering(client, assigned=lambda: len(consumer.assignment()))
        return consumer


class ChunkConsumer(driver.Consumer):
    """Faust's consumer, fetching and committing by chunks."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._epochs: dict[TP, int] = {}
        self._wanted: dict[TP, int] = {}
        self._done: dict[TP, int] = {}
        self._began: dict[TP, int] = {}

    def _new_consumer_thread(self) -> ChunkThread:
        return ChunkThread(self, loop=self.loop, beacon=self.beacon)

    # --- called by the consumer -------------------------------------------------------------

    def is_current(self, chunk: Chunk) -> bool:
        """Whether no seek was asked for since the chunk was fetched."""
        return chunk.epoch == self._epochs.get(chunk.tp, 0)

    def request_seek(self, tp: TP, offset: int) -> None:
        """Read the partition from this offset on, after the current fetch."""
        self._epochs[tp] = self._epochs.get(tp, 0) + 1
        self._wanted[tp] = offset
        self._done.pop(tp, None)

    def done(self, tp: TP, next_offset: int) -> None:
        """Everything before this offset is consumed and may be committed."""
        self._done[tp] = next_offset

    def began_at(self, tp: TP) -> int | None:
        """Where reading began when the partition was assigned; None when it is not (yet)."""
        return self._began.get(tp)

    def ends(self) -> dict[TP, int]:
        """The offset of the next message of each assigned partition, as of the last fetch."""
        known: dict[TP, int | None] = {tp: self.highwater(tp) for tp in self._began}
        return {tp: end for tp, end in known.items() if end is not None}

    # --- Faust's hooks ----------------------------------------------------------------------

    async def perform_seek(self) -> None:
        """Seek as Faust does, to the committed offsets; chunks fetched before are stale."""
        await super().perform_seek()
        for tp in self.assignment():
            self._epochs[tp] = self._epochs.get(tp, 0) + 1
            self._done.pop(tp, None)
            self._began[tp] = self._committed_offset[tp] or 0

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Forget seeks and offsets of partitions that are no longer assigned."""
        for tp in revoked:
            for kept in (self._wanted, self._done, self._began):
                kept.pop(tp, None)
        await super().on_partitions_revoked(revoked)

    def _filter_tps_with_pending_acks(self, topics: Any = None) -> Iterator[TP]:
        self._acked.clear()
        self._acked_index.clear()
        return (tp for tp in list(self._done) if topics is None or tp.topic in topics)

    def _new_offset(self, tp: TP) -> int | None:
        return self._done.get(tp)

    async def _wait_next_records(self, timeout: float) -> Any:  # noqa: ASYNC109  Faust's name
        if self._is_full():
            self._stay_in_the_group()
            await asyncio.sleep(_BUFFERS_FULL_SECONDS)
            return {}, self._get_active_partitions()
        brief = bool(self._buffered_partitions)
        return await super()._wait_next_records(_BUFFERS_FULL_SECONDS if brief else timeout)

    async def verify_all_partitions_active(self) -> None:
        """Leave it to the watchdog: Faust makes some tasks for every partition."""

    def _is_full(self) -> bool:
        return bool(self.flow_active and self.assignment() and not self._get_active_partitions())

    def _stay_in_the_group(self) -> None:
        # aiokafka leaves the group when nothing is fetched for the poll interval; that does not
        # help a consumer that waits for its database, and the watchdog notices one that hangs
        consumer = self._thread._ensure_consumer()  # noqa: SLF001
        with consumer._subscription.fetch_context():  # noqa: SLF001
            pass

    async def getmany(
        self,
        timeout: float,  # noqa: ASYNC109  Faust's name
    ) -> AsyncIterator[tuple[TP, ConsumerMessage]]:
        """Fetch, and yield chunks of the partitions in turn, so that a long one delays no other.

        What a seek will read again is left out, and only that: the chunks of the other partitions
        are fetched already and would be lost.
        """
        records, _ = await self._wait_next_records(timeout)
        generation = self.app.consumer_generation_id
        if not records:
            return
        if not self.flow_active:
            await self.perform_seek()
            return
        for shares in _in_turn(records):
            if not self._flows(generation):
                return
            chunks = [
                Chunk(tp, part, self._epochs.get(tp, 0))
                for tp, part in shares
                if tp not in self._wanted
            ]
            if chunks:
                yield chunks[0].tp, self._message(chunks, generation)

    def _flows(self, generation: int) -> bool:
        return self.flow_active and self.app.consumer_generation_id == generation

    def _message(self, chunks: Sequence[Chunk], generation: int) -> ConsumerMessage:
        last = chunks[0].records[-1]
        return ConsumerMessage(
            last.topic,
            last.partition,
            last.offset,
            last.timestamp / 1000,
            last.timestamp_type,
            [],
            None,
            chunks,  # type: ignore[arg-type]  # Faust passes it on unread
            None,
            0,
            0,
            chunks[0].tp,
            generation_id=generation,
        )

    async def _drain_messages(self, fetcher: Any) -> None:
        try:
            while not (self.should_stop or fetcher.should_stop):
                await self._seek_as_wanted()
                await self.sleep(0)
                async for _, message in self.getmany(_FETCH_SECONDS):
                    await self.wait_first(self.callback(message), self.suspend_flow.wait())
        except (asyncio.CancelledError, ConsumerStoppedError):
            if not self.app.should_stop:
                raise

    async def _seek_as_wanted(self) -> None:
        while self._wanted:
            tp, offset = self._wanted.popitem()
            self._committed_offset.pop(tp, None)
            if tp in self.assignment():
                try:
                    await self._thread.seek_wait({tp: offset})
                except IllegalStateError:
                    self.log.info("the partition went away before it was read again: %r", tp)


Share = tuple[TP, Records]


def _in_turn(records: dict[TP, list[ConsumerRecord]]) -> Iterator[list[Share]]:
    """Few records of a topic's partitions together; many by the chunk, the partitions in turn."""
    by_topic: dict[str, dict[TP, list[ConsumerRecord]]] = {}
    for tp, found in records.items():
        if found:
            by_topic.setdefault(tp.topic, {})[tp] = found
    for of_topic in by_topic.values():
        if sum(map(len, of_topic.values())) <= TOGETHER_RECORDS:
            yield list(of_topic.items())
        else:
            yield from ([share] for share in _chunked(of_topic))


def _chunked(records: dict[TP, list[ConsumerRecord]]) -> Iterator[Share]:
    longest = max(len(found) for found in records.values())
    for start in range(0, longest, CHUNK_RECORDS):
        for tp, found in records.items():
            if part := found[start : start + CHUNK_RECORDS]:
                yield tp, part


class ChunkTransport(driver.Transport):
    """Set as the app's `transport` before its agents are declared."""

    Consumer: ClassVar[type] = ChunkConsumer

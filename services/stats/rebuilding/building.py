"""The rebuilt tables while they grow: the worker's own consumer, fed from the topic's beginning."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager

from aiokafka.errors import KafkaError

from services.stats.rebuilding.progress import Telling
from services.stats.rebuilding.rebuild_target import RebuildTarget
from services.stats.rebuilding.refusals import PartAway, SeveralSpoiled, TopicBeganAnew
from services.stats.rebuilding.schema import REBUILD_SCHEMA
from services.stats.rebuilding.topic_reader import TopicReader, topic_reader
from services.stats.stream.views import View
from shared.broker import Broker, BrokerAway, TopicState
from shared.postgres import new_pool
from shared.streaming.consumer import Consumer
from shared.streaming.parking import Parking
from shared.streaming.poison import MOST_IN_A_ROW, SeveralPoisoned
from shared.streaming.transport import Chunk

_PATIENCE_SECONDS = 30.0
_CONNECTIONS = 3
_SETTINGS = {
    # nothing else, so that not even a mistake reaches the live tables
    "search_path": REBUILD_SCHEMA,
    # what a crash takes of it is made again; the swap's own commit flushes all that came before
    "synchronous_commit": "off",
}


class Building:
    """Folds the topic into the new tables, each time up to its current end."""

    def __init__(
        self, consumer: Consumer, reader: TopicReader, broker: Broker, tell: Telling
    ) -> None:
        """`consumer.topic_id` is that of the topic which is read."""
        self._consumer = consumer
        self._reader = reader
        self._broker = broker
        self._tell = tell
        self._side_by_side = asyncio.Semaphore(_CONNECTIONS)

    async def catch_up(self) -> int:
        """Fold up to the current end of the topic; returns the number of messages.

        Raises PartAway, TopicBeganAnew or SeveralSpoiled.
        """
        ends = (await self._topic()).ends
        total, before = sum(ends.values()), self._reader.messages_read
        while shares := await self._next(ends):
            self._tell.reached(self._reader.messages_read, total)
            await self._fold_all(shares)
        self._tell.reached(self._reader.messages_read, total)
        return self._reader.messages_read - before

    async def _next(self, ends: Mapping[int, int]) -> list[list[Chunk]]:
        """What is to be folded next, for each partition; nothing at the end."""
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                while await self._reader.is_behind(ends):
                    if shares := await self._reader.fetch():
                        return shares
                    await self._topic()  # silence: is it still there, and the same?
                return []
        except TimeoutError as fault:
            raise PartAway("Kafka", f"silent for {_PATIENCE_SECONDS:.0f} s") from fault

    async def _topic(self) -> TopicState:
        state = await _state_of(self._broker, self._consumer.topic)
        if state.id != self._consumer.topic_id:
            raise TopicBeganAnew(self._consumer.topic)
        return state

    async def _fold_all(self, shares: Iterable[list[Chunk]]) -> None:
        """Partitions side by side: while the database writes one's chunk, another's is computed."""
        ended = await asyncio.gather(*map(self._fold_share, shares), return_exceptions=True)
        for fault in ended:
            if isinstance(fault, BaseException):
                raise fault

    async def _fold_share(self, share: list[Chunk]) -> None:
        async with self._side_by_side:
            for chunk in share:
                await self._fold(chunk)

    async def _fold(self, chunk: Chunk) -> None:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await self._consumer.consume(chunk, self._reader)
        except TimeoutError as fault:
            why = f"it took no chunk for {_PATIENCE_SECONDS:.0f} s"
            raise PartAway("The database", why) from fault
        except SeveralPoisoned as fault:
            raise SeveralSpoiled(MOST_IN_A_ROW) from fault


@asynccontextmanager
async def building(view: View, target: RebuildTarget, tell: Telling) -> AsyncIterator[Building]:
    """At the beginning of the view's topic; raises PartAway when Kafka is."""
    owner = new_pool(target.owner_url, name="stats-rebuild", size=_CONNECTIONS, settings=_SETTINGS)
    async with owner as pool, Broker(target.bootstrap) as broker:
        state = await _state_of(broker, view.topic)
        fold = view.fold()
        parking = _Kept(
            pool,
            bootstrap=target.bootstrap,
            topic=view.topic,
            source=fold.source,
            county=target.county,
        )
        consumer = Consumer(
            pool,
            topic=view.topic,
            fold=fold,
            parking=parking,
            county=target.county,
            service="stats",
        )
        consumer.topic_id = state.id
        try:
            async with topic_reader(target.bootstrap, view.topic, list(state.ends)) as reader:
                yield Building(consumer, reader, broker, tell)
        except KafkaError as fault:
            raise PartAway("Kafka", type(fault).__name__) from fault


class _Kept(Parking):
    """Parks beside the live view; nothing is a dead letter before the swap."""

    async def send_unsent(self) -> None:
        """Left to the worker, for what is news after the swap."""


async def _state_of(broker: Broker, topic: str) -> TopicState:
    try:
        return await broker.topic(topic)
    except BrokerAway as fault:
        raise PartAway("Kafka", str(fault)) from fault

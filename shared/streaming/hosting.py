"""Runs consumers as agents of a Faust app, without Faust's own command line.

`faust.Worker` rewrites stdout, and Faust swallows an exception that escapes an agent and
acknowledges the message. Here agents let nothing escape, and the first fault ends the worker.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import structlog
from faust.types.tuples import TP

from shared.streaming.application import new_application
from shared.streaming.consumer import Consumer
from shared.streaming.partition_queues import PartitionQueues
from shared.streaming.settings import WorkerSettings
from shared.streaming.transport import Chunk, ChunkConsumer, ChunkSchema

_STOP_SECONDS = 10.0

log = structlog.get_logger()


class FaustGaveUp(Exception):
    """The Faust app crashed; its own log says more."""


class Host:
    """A running Faust app with one agent for each consumer."""

    def __init__(self, settings: WorkerSettings, consumers: Sequence[Consumer]) -> None:
        self._consumers = consumers
        self._app = new_application(settings)
        self._app.on_partitions_revoked.connect(self._on_revoked, weak=False)
        self._fault: BaseException | None = None
        for consumer in consumers:
            topic = self._app.topic(consumer.topic, schema=ChunkSchema())
            self._app.agent(topic, name=consumer.topic)(self._agent(consumer))

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Host"]:
        """Start the app, and stop it on exit."""
        try:
            await self._app.start()
            yield self
        finally:
            try:
                await asyncio.wait_for(self._app.stop(), _STOP_SECONDS)
            except TimeoutError:
                log.warning("Faust did not stop in time")
            for consumer in self._consumers:
                await consumer.write_last_runs(self.reader)

    @property
    def reader(self) -> ChunkConsumer:
        """The transport's consumer."""
        reader: ChunkConsumer = self._app.consumer
        return reader

    def assigned(self, consumer: Consumer) -> list[TP]:
        """The partitions of the consumer's topic that are assigned to this worker."""
        return [tp for tp in self.reader.assignment() if tp.topic == consumer.topic]

    def raise_fault(self) -> None:
        """Raise the first fault of an agent, or FaustGaveUp if the app has crashed."""
        if self._fault is not None:
            raise self._fault
        if self._app.crashed:
            raise FaustGaveUp from self._app.crash_reason

    def _agent(self, consumer: Consumer) -> Callable[[Any], Any]:
        async def consume(stream: Any) -> None:
            async with asyncio.TaskGroup() as group:
                queues = PartitionQueues(group)
                async for chunks in stream:
                    tps = [chunk.tp for chunk in chunks]
                    await queues.take(tps, partial(self._consume, consumer, chunks))

        return consume

    async def _consume(self, consumer: Consumer, chunks: Sequence[Chunk]) -> None:
        try:
            await consumer.consume_all(chunks, self.reader)
        except Exception as fault:  # noqa: BLE001  raised again by the watch
            self._fault = self._fault or fault
            await asyncio.Event().wait()  # blocks its queue: the worker is about to end

    async def _on_revoked(self, _: object, revoked: set[TP], **__: object) -> None:
        for consumer in self._consumers:
            await consumer.write_last_runs(self.reader)
            consumer.revoked(tp for tp in revoked if tp.topic == consumer.topic)

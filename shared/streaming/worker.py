"""A service's worker process: runs and monitors its consumers until a signal stops it."""

import asyncio
import signal
from contextlib import AsyncExitStack

import structlog

from shared.broker import Broker, BrokerAway
from shared.http.inherited import inherited
from shared.library_logs import thin_out
from shared.postgres import Pool
from shared.streaming.backoff import Backoff
from shared.streaming.consumer import Consumer
from shared.streaming.fold import Fold
from shared.streaming.health_server import Checks, serve_health
from shared.streaming.hosting import Host
from shared.streaming.parking import Parking
from shared.streaming.settings import WorkerSettings
from shared.streaming.watch import Watch

_READY_LAG = 10_000

log = structlog.get_logger()


class Worker:
    """Attach folds to topics, then run."""

    def __init__(self, settings: WorkerSettings, pool: Pool, *, degrading: Checks = dict) -> None:
        """`pool` is open; each topic takes `AT_ONCE` connections, and monitoring takes one.

        `degrading` tells what the worker cannot do at present though it is ready.
        """
        self._degrading = degrading
        self._settings = settings
        self._pool = pool
        self._consumers: list[Consumer] = []
        self._parkings: list[Parking] = []
        self._kafka = Backoff("Kafka")
        self._database = Backoff("the database")
        self._host: Host | None = None

    def attach(self, topic: str, fold: Fold) -> None:
        """Fold a topic's events."""
        settings = self._settings
        parking = Parking(
            self._pool,
            bootstrap=settings.bootstrap,
            topic=topic,
            source=fold.source,
            county=settings.county,
        )
        consumer = Consumer(
            self._pool,
            topic=topic,
            fold=fold,
            parking=parking,
            county=settings.county,
            service=settings.service,
        )
        self._parkings.append(parking)
        self._consumers.append(consumer)

    async def run(self, stop: asyncio.Event | None = None) -> None:
        """Consume until SIGTERM or SIGINT, or until `stop` is set.

        Raises when the process has to end and be started again: the watchdog's exceptions, several
        poison messages in a row, or a fault of our own.
        """
        stopping = asyncio.ensure_future((stop or _signalled()).wait())
        working = asyncio.ensure_future(self._work())
        try:
            await asyncio.wait([stopping, working], return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            working.cancel()
            await asyncio.wait([working])
        if not working.cancelled():
            working.result()
        log.info("the worker has stopped", service=self._settings.service)

    def checks(self) -> dict[str, str | None]:
        """By the name of each part: why it is not ready, or None."""
        away = "does not answer"
        lag = sum(consumer.progress.lag for consumer in self._consumers)
        databases = (self._database, *(consumer.database for consumer in self._consumers))
        served = self._host is not None and all(map(self._host.assigned, self._consumers))
        return {
            "database": away if any(part.waits for part in databases) else None,
            "kafka": away if self._kafka.waits else None,
            "partitions": None if served else "none is assigned yet",
            "lag": f"{lag} events are not consumed yet" if lag > _READY_LAG else None,
        }

    async def _work(self) -> None:
        settings = self._settings
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(
                serve_health(
                    settings.host,
                    settings.port,
                    self.checks,
                    inherited(settings.listen_fd),
                    degrading=self._degrading,
                )
            )
            broker = await stack.enter_async_context(Broker(settings.bootstrap))
            for parking in self._parkings:
                await stack.enter_async_context(parking)
            for consumer in self._consumers:
                consumer.topic_id = await self._topic_id(broker, consumer.topic)
            host = Host(settings, self._consumers)
            await stack.enter_async_context(host.running())
            self._host = host
            thin_out()
            watch = Watch(
                settings,
                host=host,
                broker=broker,
                consumers=self._consumers,
                parkings=self._parkings,
                kafka=self._kafka,
                database=self._database,
            )
            await watch.keep()

    async def _topic_id(self, broker: Broker, topic: str) -> str:
        while True:
            try:
                found = await broker.topic_id(topic)
            except BrokerAway as fault:
                await self._kafka.wait(fault)
            else:
                self._kafka.over()
                return found


def _signalled() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    return stop

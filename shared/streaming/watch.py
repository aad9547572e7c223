"""The worker's monitoring task: metrics, the watchdog, and checks that agents cannot make."""

import asyncio
import time
from collections.abc import Sequence

from shared.background import end
from shared.broker import Broker, BrokerAway
from shared.streaming.backoff import Backoff
from shared.streaming.consumer import Consumer
from shared.streaming.hosting import Host
from shared.streaming.parking import Parking
from shared.streaming.poison import DATABASE_AWAY
from shared.streaming.settings import WorkerSettings
from shared.streaming.watchdog import Watchdog

_WATCH_SECONDS = 1.0
_WRITE_SECONDS = 0.7


class Watch:
    """Monitors a running host and raises what the worker must end with."""

    def __init__(
        self,
        settings: WorkerSettings,
        *,
        host: Host,
        broker: Broker,
        consumers: Sequence[Consumer],
        parkings: Sequence[Parking],
        kafka: Backoff,
        database: Backoff,
    ) -> None:
        """`kafka` and `database` wait while either is away; their state is shared with readiness."""
        self._settings = settings
        self._host = host
        self._broker = broker
        self._consumers = consumers
        self._parkings = parkings
        self._kafka = kafka
        self._database = database
        self._watchdog = Watchdog(settings, now=time.monotonic())

    async def keep(self) -> None:
        """Run until something is wrong; never returns."""
        tasks = [
            asyncio.ensure_future(self._keep_looking()),
            asyncio.ensure_future(self._keep_writing()),
        ]
        try:
            while True:
                self._host.raise_fault()
                for task in tasks:
                    if task.done():
                        task.result()
                self._measure()
                await asyncio.sleep(_WATCH_SECONDS)
        finally:
            for task in tasks:
                await end(task)

    def _measure(self) -> None:
        reader = self._host.reader
        away = (self._kafka, self._database, *(each.database for each in self._consumers))
        excused = any(part.waits for part in away)
        for consumer in self._consumers:
            assigned = self._host.assigned(consumer)
            behind = consumer.measure(assigned, reader, excused=excused)
            self._watchdog.look(
                consumer.topic,
                now=time.monotonic(),
                assigned=bool(assigned),
                behind=behind,
                excused=excused,
            )

    async def _keep_writing(self) -> None:
        """Move the inbox over the events that were passed over, within a second."""
        while True:
            await asyncio.sleep(_WRITE_SECONDS)
            for consumer in self._consumers:
                try:
                    await consumer.write_runs(self._host.reader)
                except DATABASE_AWAY as fault:
                    await self._database.wait(fault)

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(self._settings.look_interval)
            try:
                await self._look()
            except BrokerAway as fault:
                await self._kafka.wait(fault)
            except DATABASE_AWAY as fault:
                await self._database.wait(fault)
            else:
                self._kafka.over()
                self._database.over()

    async def _look(self) -> None:
        for consumer in self._consumers:
            found = await self._broker.topic_id(consumer.topic)
            tps = self._host.assigned(consumer)
            if found != consumer.topic_id:
                consumer.topic_replaced(found, tps, self._host.reader)
            await consumer.look(tps, self._host.reader)
        for parking in self._parkings:
            await parking.send_unsent()

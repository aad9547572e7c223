"""The loop that carries a service's events to Kafka."""

import asyncio
import random
import time

import structlog
from aiokafka.errors import KafkaError
from psycopg import OperationalError

from shared.broker import Broker, BrokerAway
from shared.library_logs import thin_out
from shared.postgres import Connection, Pool
from shared.relay.announcing import listen, wait_for_news
from shared.relay.lag import report_no_lag
from shared.relay.leader import Leader, TopicHasOtherPartitions
from shared.relay.leadership import leadership
from shared.relay.sending import Sender, SendingFailed
from shared.relay.topic_ends import PartitionsAhead, compare_with_ledgers
from shared.topics import PARTITIONS

_GATHER_SECONDS = 0.025
_IDLE_SECONDS = 1.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 5.0
_COMPARE_AGAIN_SECONDS = 5.0
_NOT_COMPARED_YET = "the topic is not yet compared with the ledgers"

log = structlog.get_logger()


class Relay:
    """Carries the events of one service's ledgers to its topic, for as long as it runs."""

    def __init__(
        self, pool: Pool, *, service: str, county: str, bootstrap: str, topic: str | None = None
    ) -> None:
        """`pool` says how to reach the database; the relay works on a connection of its own."""
        self._pool = pool
        self._service = service
        self._county = county
        self._bootstrap = bootstrap
        self._topic = topic or f"concord.{service}"
        self._nudged = asyncio.Event()
        self._pause = _FIRST_PAUSE
        self._refusal: str | None = _NOT_COMPARED_YET
        self._compared_at = 0.0

    def nudge(self) -> None:
        """Announce an append: it is sent at once instead of at the next poll."""
        self._nudged.set()

    async def check(self) -> str | None:
        """For readiness: why nothing is sent, where waiting alone does not help; None if all is well."""
        return self._refusal

    async def run(self) -> None:
        """Lead whenever possible, until cancelled; waits while Kafka or PostgreSQL is away."""
        thin_out()
        while True:
            try:
                await self._lead()
            except OperationalError as fault:
                await self._wait_out(fault)

    async def _lead(self) -> None:
        async with (
            leadership(
                self._pool,
                service=self._service,
                county=self._county,
                on_waiting=self._leave_it_to_another,
            ) as connection,
            Broker(self._bootstrap) as broker,
        ):
            log.info("the relay leads", service=self._service)
            self._refusal = self._refusal or _NOT_COMPARED_YET
            await listen(connection)
            leader = Leader(connection, broker, service=self._service, topic=self._topic)
            await leader.begin()
            while True:
                try:
                    await leader.save()
                    await self._compare_with_ledgers(connection, leader)
                    await self._connect_and_carry(connection, leader)
                except TopicHasOtherPartitions as fault:
                    self._refuse(str(fault))
                    await self._wait_out(fault)
                    await leader.measure()
                except (KafkaError, BrokerAway, SendingFailed) as fault:
                    await self._wait_out(fault)
                    await leader.measure()

    def _leave_it_to_another(self) -> None:
        self._refusal = None
        report_no_lag(self._service)

    async def _compare_with_ledgers(self, connection: Connection, leader: Leader) -> None:
        """Hold back partitions that are ahead: consumers would skip the next events as duplicates."""
        ahead = await compare_with_ledgers(
            connection,
            bootstrap=self._bootstrap,
            topic=self._topic,
            partitions=PARTITIONS,
            source=f"/{self._service}",
        )
        self._refuse(_refusal(ahead))
        self._compared_at = time.monotonic()
        leader.hold_back(ahead)

    def _refuse(self, why: str | None) -> None:
        if why and why != self._refusal:
            log.error("the relay holds events back", service=self._service, why=why)
        self._refusal = why

    async def _connect_and_carry(self, connection: Connection, leader: Leader) -> None:
        async with Sender(
            self._bootstrap, topic=self._topic, partitions=PARTITIONS, non_empty=leader.non_empty
        ) as sender:
            while True:
                await self._carry(connection, leader, sender)
                if (
                    self._refusal
                    and time.monotonic() - self._compared_at >= _COMPARE_AGAIN_SECONDS
                ):
                    await self._compare_with_ledgers(connection, leader)

    async def _carry(self, connection: Connection, leader: Leader, sender: Sender) -> None:
        self._nudged.clear()
        if await leader.send_behind(sender):
            self._pause = _FIRST_PAUSE
            await leader.save_when_due()
            # what is appended meanwhile is sent together; the first after a silence goes at once
            await asyncio.sleep(_GATHER_SECONDS)
        else:
            await leader.save_when_due()
            await wait_for_news(connection, self._nudged, leader.pause(_IDLE_SECONDS))

    async def _wait_out(self, fault: Exception) -> None:
        log.warning("the relay waits", service=self._service, why=str(fault))
        await asyncio.sleep(self._pause * random.uniform(0.5, 1.0))  # noqa: S311  not a secret
        self._pause = min(self._pause * 2, _LONGEST_PAUSE)


def _refusal(ahead: PartitionsAhead) -> str | None:
    if not ahead:
        return None
    first = ahead[min(ahead)]
    return (
        f"{first}; was it restored from a backup? Nothing is sent to {len(ahead)} of {PARTITIONS} "
        "partitions; docs/recovery.md says what to do"
    )

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
from shared.relay.lag import tell_none
from shared.relay.leadership import leadership
from shared.relay.sending import Sender, SendingFailed
from shared.relay.tail import Ahead, hold_against_ledgers
from shared.relay.term import Term, TopicHasOtherPartitions
from shared.topics import PARTITIONS

_BUSY_SECONDS = 0.01
_IDLE_SECONDS = 0.25
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 5.0
_HOLD_AGAIN_SECONDS = 5.0
_NOT_YET = "is not yet held against the ledgers"

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
        self._refusal: str | None = _NOT_YET
        self._held = 0.0

    def nudge(self) -> None:
        """Say that something was appended: it goes out at once instead of at the next look."""
        self._nudged.set()

    async def check(self) -> str | None:
        """What readiness has to say: why nothing is sent, where waiting alone cannot help."""
        return self._refusal

    async def run(self) -> None:
        """Lead whenever possible, until cancelled; Kafka or Postgres away is waited out."""
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
            self._refusal = self._refusal or _NOT_YET
            term = Term(connection, broker, service=self._service, topic=self._topic)
            await term.begin()
            while True:
                try:
                    await term.note()
                    await self._hold_against_ledgers(connection, term)
                    await self._connect_and_carry(connection, term)
                except TopicHasOtherPartitions as fault:
                    self._refuse(str(fault))
                    await self._wait_out(fault)
                    await term.measure()
                except (KafkaError, BrokerAway, SendingFailed) as fault:
                    await self._wait_out(fault)
                    await term.measure()

    def _leave_it_to_another(self) -> None:
        self._refusal = None
        tell_none(self._service)

    async def _hold_against_ledgers(self, connection: Connection, term: Term) -> None:
        """Nothing goes to a partition that is ahead: what it lacks would be skipped there."""
        ahead = await hold_against_ledgers(
            connection,
            bootstrap=self._bootstrap,
            topic=self._topic,
            partitions=PARTITIONS,
            source=f"/{self._service}",
        )
        self._refuse(_refusal(ahead))
        self._held = time.monotonic()
        term.hold_back(ahead)

    def _refuse(self, why: str | None) -> None:
        if why and why != self._refusal:
            log.error("the relay holds events back", service=self._service, why=why)
        self._refusal = why

    async def _connect_and_carry(self, connection: Connection, term: Term) -> None:
        async with Sender(
            self._bootstrap, topic=self._topic, partitions=PARTITIONS, begun=term.begun
        ) as sender:
            while True:
                await self._carry(term, sender)
                if self._refusal and time.monotonic() - self._held >= _HOLD_AGAIN_SECONDS:
                    await self._hold_against_ledgers(connection, term)

    async def _carry(self, term: Term, sender: Sender) -> None:
        self._nudged.clear()
        if await term.send_behind(sender):
            self._pause = _FIRST_PAUSE
            await term.note_when_due()
            # what is appended meanwhile goes out together
            await asyncio.sleep(_BUSY_SECONDS)
        else:
            await term.note_when_due()
            await self._rest(_IDLE_SECONDS)

    async def _rest(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._nudged.wait()
        except TimeoutError:
            return

    async def _wait_out(self, fault: Exception) -> None:
        log.warning("the relay waits", service=self._service, why=str(fault))
        await asyncio.sleep(self._pause * random.uniform(0.5, 1.0))  # noqa: S311  not a secret
        self._pause = min(self._pause * 2, _LONGEST_PAUSE)


def _refusal(ahead: Ahead) -> str | None:
    if not ahead:
        return None
    first = ahead[min(ahead)]
    return (
        f"{first}; was it restored from a backup? Nothing is sent to {len(ahead)} of {PARTITIONS} "
        "partitions; docs/recovery.md says what to do"
    )

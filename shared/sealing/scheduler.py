"""The loop that seals a service's ledgers once their day is over, and catches up after a pause."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import structlog
from psycopg import OperationalError

from shared.ledger import Appended, Author, Ledger
from shared.ledger.errors import RowTaken
from shared.metrics import LEDGERS_SEALED
from shared.postgres import Connection
from shared.relay.leadership import leadership
from shared.sealing import ledgers
from shared.sealing.days import LastSeal, SealableDays
from shared.sealing.seal import Head, sealed_event, sign
from shared.sealing.seal_key import SealKeys
from shared.times import china_day, start_of

_AFTER_MIDNIGHT = timedelta(minutes=2)
"""Clocks of service and database differ, and an append may be under way at midnight."""
_LOOK_SECONDS = 30.0
_PAUSE_SECONDS = 5.0

log = structlog.get_logger()


def _wall_clock() -> datetime:
    return datetime.now(UTC)


class SealedMeanwhile(Exception):
    """Another scheduler has sealed the ledger: this one has to look again."""


class SealScheduler:
    """Seals the ledgers of one service; whoever leads does it, and twice is the same as once."""

    def __init__(
        self,
        ledger: Ledger,
        keys: SealKeys,
        *,
        service: str,
        county: str,
        now: Callable[[], datetime] = _wall_clock,
    ) -> None:
        """`now` tells which days are over."""
        self._ledger = ledger
        self._keys = keys
        self._service = service
        self._county = county
        self._now = now
        self._done_until = date.min

    async def run(self) -> None:
        """Lead whenever possible, until cancelled; a database that is away is waited for."""
        while True:
            try:
                await self._lead()
            except (OperationalError, SealedMeanwhile) as fault:
                log.warning("sealing waits", service=self._service, fault=type(fault).__name__)
                await asyncio.sleep(_PAUSE_SECONDS)

    async def _lead(self) -> None:
        async with leadership(
            self._ledger.pool, service=self._service, county=self._county, task="seals"
        ) as connection:
            self._done_until = date.min
            while True:
                await self.seal_what_is_due(connection)
                await asyncio.sleep(_LOOK_SECONDS)

    async def seal_what_is_due(self, connection: Connection) -> int:
        """Seal every ledger up to the last day that is over; says how many seals were set.

        The connection's session has the county's scope. Raises SealedMeanwhile.
        """
        today = china_day(self._now() - _AFTER_MIDNIGHT)
        if today == self._done_until:
            # the lock is the session's: a connection that is gone is noticed here
            await connection.execute("select 1")
            return 0
        sealed = 0
        for division in await ledgers.unsealed(connection, self._service, before=start_of(today)):
            sealed += await self._seal(connection, division, today)
        self._done_until = today
        return sealed

    async def _seal(self, connection: Connection, division: str, today: date) -> int:
        last = await ledgers.last_seal(connection, self._service, division)
        heads = await _heads(connection, division, last, today)
        for version, head in enumerate(heads, start=last.version + 1):
            await self._publish(division, head, version)
        return len(heads)

    async def _publish(self, division: str, head: Head, version: int) -> None:
        seal = sign(head, ledger=f"{self._service}/{division}", keys=self._keys)
        event = sealed_event(seal, version=version, at=self._now())
        # no post does this, so the event names none
        author = Author(scope=self._county, actor_ref="")
        try:
            outcome = await self._ledger.append(division, [event], author)
        except RowTaken:
            raise SealedMeanwhile from None
        if not isinstance(outcome, Appended):
            raise SealedMeanwhile
        LEDGERS_SEALED.labels(self._service).inc()
        log.info("ledger sealed", ledger=seal.ledger, day=seal.day, upto=seal.head_sequence)


async def _heads(connection: Connection, division: str, last: LastSeal, today: date) -> list[Head]:
    days = SealableDays(last, until=today)
    found = [
        head
        async for entry in ledgers.entries(connection, division, before=start_of(today))
        if (head := days.take(entry))
    ]
    last_head = days.end()
    return [*found, last_head] if last_head else found

"""Seals a service's ledgers once their day is over, and catches up after a pause.

Each ledger has one due row, which falls due after every midnight in China: any process seals what
is unsealed of that ledger and puts the row off to the next midnight. A ledger that cannot be
sealed is tried again for ever and holds back no other.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import LiteralString

import psycopg
import structlog

from shared.background import is_ending
from shared.due import Again, DueRow, DueRunner, Outcome, Patience, put, write
from shared.ledger import Appended, Author, Ledger
from shared.ledger.errors import RowTaken
from shared.metrics import LEDGERS_SEALED
from shared.postgres import Connection, transaction
from shared.sealing import ledgers
from shared.sealing.days import SealableDays
from shared.sealing.seal import Head, sealed_event, sign
from shared.sealing.seal_key import SealKeys
from shared.times import china_day, start_of

_KIND = "seal"
_AFTER_MIDNIGHT = timedelta(minutes=2)
"""Clocks of service and database differ, and an append may be under way at midnight."""
_DAY = timedelta(days=1)
_LOOK_SECONDS = 30.0
_PATIENCE = Patience(lease=timedelta(minutes=10), most_tries=None)
"""A large ledger takes minutes to read, and an unsealed one is never left alone."""
_NOW: LiteralString = "select coalesce(%s::timestamptz, clock_timestamp())"

log = structlog.get_logger()


class SealedMeanwhile(Exception):
    """Another process has sealed the ledger: this one has to look again."""


class SealScheduler:
    """Seals the ledgers of one service; any number of processes may run one."""

    def __init__(
        self,
        ledger: Ledger,
        keys: SealKeys,
        *,
        service: str,
        county: str,
        now: Callable[[], datetime | None] = lambda: None,
    ) -> None:
        """`now` tells which days are over; the database's clock does unless it is given."""
        self._ledger = ledger
        self._keys = keys
        self._service = service
        self._county = county
        self._now = now
        self._sealed = 0
        self._runner = DueRunner(
            ledger.pool,
            self._seal_up_to_yesterday,
            service=service,
            county=county,
            kind=_KIND,
            patience=_PATIENCE,
            workers=1,
            now=now,
        )

    async def run(self) -> None:
        """Seal until cancelled; a database that is away is waited for."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._runner.run())
            tasks.create_task(self._look_for_new_ledgers())

    async def seal_what_is_due(self) -> int:
        """Seal every ledger up to the last day that is over; gives how many seals were set."""
        before = self._sealed
        await self._plan_new_ledgers()
        await self._runner.work_off()
        return self._sealed - before

    async def _look_for_new_ledgers(self) -> None:
        while True:
            try:
                await self._plan_new_ledgers()
            except psycopg.Error as fault:
                log.warning("sealing waits", service=self._service, fault=type(fault).__name__)
            if is_ending():
                return
            await asyncio.sleep(_LOOK_SECONDS)

    async def _plan_new_ledgers(self) -> None:
        """Give every ledger that has none its row, due after the day of the first event."""
        async with transaction(self._ledger.pool, self._county) as connection:
            begun = await ledgers.without_due_row(connection, _KIND)
            rows = [_row(division, _after(china_day(first))) for division, first in begun]
            if rows:
                await write(connection, [put(rows)])

    async def _seal_up_to_yesterday(self, division: str, _: Sequence[DueRow]) -> list[Outcome]:
        async with transaction(self._ledger.pool, self._county) as connection:
            now = await _moment(connection, self._now())
            today = china_day(now - _AFTER_MIDNIGHT)
            last = await ledgers.last_seal(connection, self._service, division)
            heads = await _heads(connection, division, SealableDays(last, until=today), today)
        for version, head in enumerate(heads, start=last.version + 1):
            await self._publish(division, head, version, now)
        return [Again(_after(today))]

    async def _publish(self, division: str, head: Head, version: int, at: datetime) -> None:
        seal = sign(head, ledger=f"{self._service}/{division}", keys=self._keys)
        event = sealed_event(seal, version=version, at=at)
        # no post does this, so the event names none
        author = Author(scope=self._county, actor_ref="")
        try:
            outcome = await self._ledger.append(division, [event], author)
        except RowTaken:
            raise SealedMeanwhile from None
        if not isinstance(outcome, Appended):
            raise SealedMeanwhile
        self._sealed += 1
        LEDGERS_SEALED.labels(self._service).inc()
        log.info("ledger sealed", ledger=seal.ledger, day=seal.day, upto=seal.head_sequence)


def _row(division: str, due_at: datetime) -> DueRow:
    return DueRow(division=division, kind=_KIND, key="daily", due_at=due_at)


def _after(day: date) -> datetime:
    return start_of(day + _DAY) + _AFTER_MIDNIGHT


async def _moment(connection: Connection, now: datetime | None) -> datetime:
    cursor = await connection.execute(_NOW, (now,))
    row = await cursor.fetchone()
    if row is None:
        raise AssertionError("a select without a table gives a row")
    moment: datetime = row[0]
    return moment


async def _heads(
    connection: Connection, division: str, days: SealableDays, today: date
) -> list[Head]:
    before = start_of(today)
    if not await ledgers.has_news(connection, division, days.last, before=before):
        return []
    found = [
        head
        async for entry in ledgers.entries(connection, division, before=before)
        if (head := days.take(entry))
    ]
    last_head = days.end()
    return [*found, last_head] if last_head else found

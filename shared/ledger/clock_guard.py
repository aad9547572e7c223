"""Compares the clock of a process with its ledgers, at the start and from then on."""

import asyncio
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import LiteralString

import psycopg
import structlog
from psycopg.rows import class_row

from shared.background import is_ending
from shared.contracts.ledger import LedgerClockAccepted
from shared.faults import describe_fault
from shared.ledger.clock import behind, jumped, other_clock, too_far
from shared.ledger.errors import ClockNotBelieved
from shared.metrics import CLOCK_APART_SECONDS, CLOCK_BEHIND_SECONDS, CLOCK_REFUSES
from shared.postgres import Connection, Pool, transaction
from shared.times import CLOCKS_MAY_DIFFER
from shared.wall_clock import WallClock

MOST_BEYOND = timedelta(days=7)
"""How far a wall clock may be beyond the newest record when a process starts."""
_LOOK_SECONDS = 5.0
_REMEMBERED = 0.5
_RECORDS: LiteralString = """
    select clock_timestamp() as database,
           max(head_recorded_at) filter (where head_recorded_at <= %(latest)s) as newest,
           max(head_recorded_at) filter (where head_recorded_at > %(latest)s) as ahead
    from ledger where head_seq > 0
"""
_ACCEPTED: LiteralString = """
    select max(late.recorded_at) from ledger l cross join lateral (
        select e.kind, e.recorded_at from event e
        where e.division_code = l.division_code order by e.seq desc limit 100) late
    where late.kind = %s
"""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The times of a service's ledgers, and of its database."""

    database: datetime
    newest: datetime | None
    """The newest record that does not lie ahead of the wall clock."""
    ahead: datetime | None
    """The newest record, where it lies ahead of the wall clock."""


async def records(connection: Connection, *, wall: datetime) -> Records:
    """The records of all ledgers within the scope that is set, as a wall clock sees them."""
    async with connection.cursor(row_factory=class_row(Records)) as cursor:
        await cursor.execute(_RECORDS, {"latest": wall + CLOCKS_MAY_DIFFER})
        found = await cursor.fetchone()
    if found is None:
        raise AssertionError("an aggregate gives a row")
    return found


async def _accepted(connection: Connection) -> datetime | None:
    """When somebody said last that the clock is right, if lately; the scope is set."""
    row = await (await connection.execute(_ACCEPTED, (LedgerClockAccepted.kind,))).fetchone()
    return row[0] if row else None


class ClockGuard:
    """The clock of one process of a service that keeps ledgers."""

    def __init__(
        self, pool: Pool, *, service: str, county: str, clock: WallClock | None = None
    ) -> None:
        self._pool = pool
        self._service = service
        self._county = county
        self._clock = clock or WallClock()
        self._looking = asyncio.Lock()
        self._looked_at = float("-inf")
        self._known: Records | None = None
        self._begun = False
        self._begun_behind = False
        self._database_apart: str | None = None
        self._refused: str | None = None

    async def now(self) -> datetime:
        """What time it is; raises ClockNotBelieved, or that the database is away."""
        if (why := self._why_not()) is not None:
            await self._look(_REMEMBERED)
            why = self._why_not()
        if why != self._refused:
            self._report(why)
        if why is not None:
            raise ClockNotBelieved(why)
        return self._clock.now()

    def said(self) -> str | None:
        """For readiness: what is wrong with the clock, as far as is known."""
        return self._refused or self._behind()

    async def check(self) -> str | None:
        """The same, up to date."""
        try:
            await self.now()
        except ClockNotBelieved as fault:
            return str(fault)
        await self._look(_LOOK_SECONDS)
        return self.said()

    async def run(self) -> None:
        """Look at the clocks until cancelled."""
        while True:
            try:
                await self._look(0)
                await self.now()
            except ClockNotBelieved:
                pass  # it is reported already
            except (psycopg.Error, TimeoutError) as fault:
                log.warning("the clock is not compared", **describe_fault(fault))
            if is_ending():
                return
            await asyncio.sleep(_LOOK_SECONDS)

    async def _look(self, remembered: float) -> None:
        """Read the records again, unless they were read a moment ago."""
        async with self._looking:
            if time.monotonic() - self._looked_at < remembered:
                return
            async with transaction(self._pool, self._county) as connection:
                self._known = await records(connection, wall=self._clock.wall())
                self._decide(self._known)
                if self._why_not() is not None and self._is_said(await _accepted(connection)):
                    self._believe()
            self._database_apart = other_clock(self._known.database - self._clock.now())
            self._looked_at = time.monotonic()
            self._measure(self._known)

    def _decide(self, found: Records) -> None:
        """Believe the wall clock by the records, where it is not believed yet.

        One that was believed although every record lay ahead of it (a machine that had not been
        told the time yet) is believed again once it has been set.
        """
        is_open = not self._begun or (self._begun_behind and not self._clock.is_right())
        if is_open and self._beyond(found) is None:
            self._believe()

    def _believe(self) -> None:
        self._clock.believe()
        self._begun = True
        self._begun_behind = self._known is not None and (
            self._known.newest is None and self._known.ahead is not None
        )

    def _is_said(self, accepted: datetime | None) -> bool:
        """Whether somebody said a moment ago, by this very clock, that it is right."""
        return accepted is not None and abs(self._clock.wall() - accepted) < CLOCKS_MAY_DIFFER

    def _measure(self, found: Records) -> None:
        CLOCK_APART_SECONDS.labels(self._service).set(self._clock.apart().total_seconds())
        lag = found.ahead - self._clock.wall() if found.ahead else timedelta()
        CLOCK_BEHIND_SECONDS.labels(self._service).set(max(lag.total_seconds(), 0.0))
        CLOCK_REFUSES.labels(self._service).set(self._why_not() is not None)

    def _beyond(self, found: Records) -> timedelta | None:
        """How far the wall clock is beyond the newest record, if it is too far."""
        if found.newest is None:
            return None
        beyond = self._clock.wall() - found.newest
        return beyond if beyond > MOST_BEYOND else None

    def _why_not(self) -> str | None:
        """Why the clock is not believed, by what is known."""
        if self._known is None:
            return "the clock has not been compared with the ledgers yet"
        if not self._begun:
            return too_far(self._clock.wall(), self._beyond(self._known) or timedelta())
        return self._database_apart if self._clock.is_right() else jumped(self._clock.apart())

    def _behind(self) -> str | None:
        ahead = self._known and self._known.ahead
        if not ahead or ahead <= self._clock.wall() + CLOCKS_MAY_DIFFER:
            return None
        return behind(ahead - self._clock.wall())

    def _report(self, why: str | None) -> None:
        CLOCK_REFUSES.labels(self._service).set(why is not None)
        if why is not None and self._refused is None:
            log.error("appends are refused: the clock is not believed", why=why)
        elif why is None and self._refused is not None:
            log.info("the clock is believed again", service=self._service)
        self._refused = why

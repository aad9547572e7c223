"""Seals a service's ledgers once their day is over, and catches up after a pause.

Each ledger has one due row, which falls due after every midnight in China: any process seals what
is unsealed of that ledger and puts the row off to the next midnight. A ledger that cannot be
sealed is tried again for ever and holds back no other.

Before it signs, a process compares the ledger with the journal of seals (`journal`): a ledger that
no longer holds what was sealed gets no further seal, and a metric and the log say so.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import LiteralString

import psycopg
import structlog

from shared.background import is_ending
from shared.contracts.ledger import LedgerSealed
from shared.due import Again, DueRow, DueRunner, Outcome, Patience, move, put, write
from shared.faults import describe_fault
from shared.ledger import Appended, Author, Ledger, Statement
from shared.ledger.errors import ClockNotBelieved, RowTaken
from shared.metrics import LEDGERS_REWRITTEN, LEDGERS_SEALED, UNSEALED_SECONDS, begin
from shared.openings.log import head_before
from shared.postgres import Connection, transaction
from shared.sealing import ledgers
from shared.sealing.days import LastSeal, Root, SealableDays
from shared.sealing.history import compare, is_ahead
from shared.sealing.journal import JournalUnusable, SealJournal
from shared.sealing.seal import NO_SEAL_BEFORE, Head, sealed_event, sign
from shared.sealing.seal_key import SealKeys
from shared.times import CLOCKS_MAY_DIFFER, china_day, start_of

_KIND, _KEY = "seal", "daily"
_AFTER_MIDNIGHT = timedelta(minutes=2)
"""Clocks of service and database differ, and an append may be under way at midnight."""
_DAY = timedelta(days=1)
_LOOK_SECONDS = 30.0
_DUE_SECONDS = 5.0
"""A seal is due once a day: nobody waits for its second."""
_PATIENCE = Patience(lease=timedelta(minutes=10), most_tries=None)
"""A large ledger takes minutes to read, and an unsealed one is never left alone."""
_NOW: LiteralString = "select clock_timestamp()"

log = structlog.get_logger()


class SealedMeanwhile(Exception):
    """Another process has sealed the ledger: this one has to look again."""


class SealScheduler:
    """Seals the ledgers of one service; any number of processes may run one."""

    def __init__(
        self,
        ledger: Ledger,
        keys: SealKeys,
        journal: SealJournal,
        *,
        service: str,
        county: str,
        now: Callable[[], datetime | None] = lambda: None,
    ) -> None:
        """`now` tells which days are over; the database's clock does unless it is given."""
        self._ledger = ledger
        self._keys = keys
        self._journal = journal
        self._service = service
        self._county = county
        self._now = now
        self._sealed = 0
        self._rewritten: set[str] = set()
        begin(LEDGERS_SEALED, (service,))
        self._runner = DueRunner(
            ledger.pool,
            self._seal_up_to_yesterday,
            service=service,
            county=county,
            kind=_KIND,
            patience=_PATIENCE,
            workers=1,
            look_seconds=_DUE_SECONDS,
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
                await self.look_for_rewritten_ledgers()
                await self.measure_unsealed()
            except (psycopg.Error, JournalUnusable) as fault:
                log.warning("sealing waits", service=self._service, **describe_fault(fault))
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

    async def look_for_rewritten_ledgers(self) -> set[str]:
        """The ledgers whose event under their latest seal is missing or another one."""
        async with self._journal.locked():
            journaled = list(self._journal.latest.values())
        async with transaction(self._ledger.pool, self._county) as connection:
            heads = await ledgers.sealed_heads(connection, journaled)
        found = {
            seal.ledger
            for seal in journaled
            if heads.get(seal.ledger.partition("/")[2]) != seal.head_hash
        }
        LEDGERS_REWRITTEN.labels(self._service).set(len(found))
        for ledger in sorted(found - self._rewritten):
            log.error("a ledger does not hold what was sealed", ledger=ledger)
        self._rewritten = found
        return found

    async def measure_unsealed(self) -> float:
        """Tell for how many seconds a day is over that no seal covers yet."""
        async with self._journal.locked():
            journaled = list(self._journal.latest.values())
        async with transaction(self._ledger.pool, self._county) as connection:
            oldest = await ledgers.oldest_unsealed(connection, journaled)
        now = self._now() or datetime.now(UTC)
        over = start_of(china_day(oldest) + _DAY) if oldest else now
        seconds = max((now - over).total_seconds(), 0.0)
        UNSEALED_SECONDS.labels(self._service).set(seconds)
        return seconds

    async def _seal_up_to_yesterday(self, division: str, rows: Sequence[DueRow]) -> list[Outcome]:
        ledger = f"{self._service}/{division}"
        async with self._journal.locked():
            journaled = self._journal.latest.get(ledger)
            accepted = frozenset(self._journal.accepted)
        async with transaction(self._ledger.pool, self._county) as connection:
            now = await self._moment(connection)
            today = china_day(now - _AFTER_MIDNIGHT)
            last = await ledgers.last_seal(
                connection, service=self._service, county=self._county, division=division
            )
            before = start_of(today)
            has_news = await ledgers.has_news(connection, division, last, before=before)
            if has_news or (last.seal and last.seal.digest) != (journaled and journaled.digest):
                seals = [each for each in (journaled, last.seal) if each]
                heads, roots = await _history(
                    connection, division, SealableDays(last, until=today), seals, before
                )
                compare(journaled, last.seal, roots, accepted=accepted)
            else:
                heads = []
        if await self._catch_up(division, journaled, last, now):
            return await self._seal_up_to_yesterday(division, rows)
        for head in heads:
            last = await self._seal(division, head, last, now)
        return [Again(_after(today))]

    async def _catch_up(
        self, division: str, journaled: LedgerSealed | None, last: LastSeal, at: datetime
    ) -> bool:
        """Bring to the journal, or the ledger, a seal that only the other has; True where the ledger changed."""
        if is_ahead(last.seal, journaled) and last.seal:
            if last.seal.digest in self._journal.accepted:
                return False
            async with self._journal_at(journaled, last.seal.ledger):
                self._journal.write_seal(last.seal)
        elif is_ahead(journaled, last.seal) and journaled:
            async with self._journal_at(journaled, journaled.ledger):
                await self._publish(division, journaled, last, at)
            return True
        return False

    async def _seal(self, division: str, head: Head, last: LastSeal, at: datetime) -> LastSeal:
        """Sign a head; the journal is written before the ledger."""
        ledger = f"{self._service}/{division}"
        previous = last.seal.digest if last.seal else NO_SEAL_BEFORE
        head = await self._with_openings(division, head)
        async with self._journal_at(last.seal, ledger):
            seal = sign(head, ledger=ledger, keys=self._keys, previous=previous)
            self._journal.write_seal(seal)
            return await self._publish(division, seal, last, at)

    async def _with_openings(self, division: str, head: Head) -> Head:
        """The head with the last line of the log of openings from before the day's end."""
        async with transaction(self._ledger.pool, self._county) as connection:
            found = await head_before(connection, division, start_of(head.day + _DAY))
        return replace(head, openings=found)

    @contextlib.asynccontextmanager
    async def _journal_at(self, latest: LedgerSealed | None, ledger: str) -> AsyncIterator[None]:
        """Lock the journal; raises SealedMeanwhile unless this is still the ledger's latest seal.

        After an accepted restore the journal has none, though the ledger has the seal it broke.
        """
        async with self._journal.locked():
            if latest and latest.digest in self._journal.accepted:
                latest = None
            if self._journal.latest.get(ledger) != latest:
                raise SealedMeanwhile
            yield

    async def _publish(
        self, division: str, seal: LedgerSealed, last: LastSeal, at: datetime
    ) -> LastSeal:
        version, day = last.version + 1, date.fromisoformat(seal.day)
        event = sealed_event(seal, version=version, at=at, again=day <= last.latest_day)
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
        return LastSeal(version, seal.head_sequence, day, seal, max(day, last.latest_day))

    async def _moment(self, connection: Connection) -> datetime:
        """What time it is; raises ClockNotBelieved, since a seal by a wrong clock stays."""
        if (given := self._now()) is not None:
            return given
        believed = await self._ledger.clock.now()
        row = await (await connection.execute(_NOW)).fetchone()
        if row is None:
            raise AssertionError("a select without a table gives a row")
        moment: datetime = row[0]
        if abs(moment - believed) > CLOCKS_MAY_DIFFER:
            raise ClockNotBelieved("the database's clock is not that of this process")
        return moment


def due_again(division: str, now: datetime) -> list[Statement]:
    """Let a ledger be sealed after the day of `now`, whenever a wrong clock had put it off to."""
    due_at = _after(china_day(now))
    return [put([_row(division, due_at)]), move(division, _KIND, _KEY, due_at=due_at)]


def _row(division: str, due_at: datetime) -> DueRow:
    return DueRow(division=division, kind=_KIND, key=_KEY, due_at=due_at)


def _after(day: date) -> datetime:
    return start_of(day + _DAY) + _AFTER_MIDNIGHT


async def _history(
    connection: Connection,
    division: str,
    days: SealableDays,
    seals: Sequence[LedgerSealed],
    before: datetime,
) -> tuple[list[Head], dict[int, Root]]:
    """The heads to seal, and the ledger's history where these seals were set, in one pass."""
    wanted = {seal.head_sequence for seal in seals}
    heads, roots = list[Head](), dict[int, Root]()
    async for entry in ledgers.entries(connection, division, before=before):
        if head := days.take(entry):
            heads.append(head)
        if entry.sequence in wanted:
            roots[entry.sequence] = days.here()
    if head := days.end():
        heads.append(head)
    return heads, roots

"""One look a second for all kinds of a process, in the place of one for each kind and each worker.

A process that has nothing to do would otherwise spend most of its time asking for every kind.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import psycopg
import structlog

from shared.background import is_ending
from shared.due.backlog import lateness, parked
from shared.faults import describe_fault
from shared.metrics import CLOCK_SCHEDULER_LAG_SECONDS, DUE_ROWS_PARKED
from shared.postgres import Pool

_MEASURE_SECONDS = 5.0
DATABASE_AWAY = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.ProgrammingError)
"""Lost, not there, or not migrated yet: nothing that a row is to blame for."""

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Looked:
    """A kind that is looked for; `wake` is called while a row of it is due."""

    kind: str
    now: Callable[[], datetime | None]
    wake: Callable[[], None]
    every: float


@dataclass(frozen=True, kw_only=True)
class Looks:
    """Looks for the due rows of some kinds in all ledgers of a county, and sets their gauges."""

    pool: Pool
    service: str
    county: str
    kinds: Sequence[Looked]

    async def run(self) -> None:
        """Look until cancelled; a database that is away is waited for."""
        measured = float("-inf")
        while not is_ending():
            try:
                await self.look()
                if time.monotonic() - measured >= _MEASURE_SECONDS:
                    measured = time.monotonic()
                    await self.count_parked()
            except DATABASE_AWAY as fault:
                why = describe_fault(fault)
                log.warning("due rows wait for the database", service=self.service, **why)
            if not is_ending():
                await asyncio.sleep(min(each.every for each in self.kinds))

    async def look(self) -> None:
        """Wake the runners of what is due, and tell how late the oldest row of each kind is."""
        late = await lateness(
            self.pool, self.county, {each.kind: each.now() for each in self.kinds}
        )
        for each in self.kinds:
            lag = CLOCK_SCHEDULER_LAG_SECONDS.labels(self.service, each.kind)
            lag.set(late.get(each.kind, 0))
            if each.kind in late:
                each.wake()

    async def count_parked(self) -> None:
        """Tell how many rows of each kind were tried too often."""
        found = await parked(self.pool, self.county, [each.kind for each in self.kinds])
        for each in self.kinds:
            DUE_ROWS_PARKED.labels(self.service, each.kind).set(found.get(each.kind, 0))

"""The loop that hands due rows to their handler, ledger by ledger, and settles them.

A fault is tried again after a pause in which the ledger's later rows wait, so that they keep their
order; a row that has failed too often is parked and its ledger goes on. While the database is away
nothing is counted against a row.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from shared.background import is_ending
from shared.due.leasing import Lease, Leases
from shared.due.looking import DATABASE_AWAY, Looked, Looks
from shared.due.patience import USUAL, Patience
from shared.due.row import DueRow, Handler
from shared.due.settling import Settled, begin_counting, report, settled, settled_by_fault
from shared.faults import describe_fault
from shared.postgres import Pool

_LOOK_SECONDS = 1.0
_PAUSE_WHILE_AWAY = timedelta(seconds=5)

log = structlog.get_logger()


class DueRunner:
    """Works on the due rows of one kind; any number of processes may run one."""

    def __init__(
        self,
        pool: Pool,
        handler: Handler,
        *,
        service: str,
        county: str,
        kind: str,
        patience: Patience = USUAL,
        most_rows: int = 200,
        workers: int = 2,
        look_seconds: float = _LOOK_SECONDS,
        now: Callable[[], datetime | None] = lambda: None,
    ) -> None:
        """`workers` ledgers are worked on at a time; `now` is the database's clock unless given.

        Whether a row is due is looked for so often, alone or with other runners of the process.
        """
        self._leases = Leases(
            pool=pool, county=county, kind=kind, lasting=patience.lease, most_rows=most_rows
        )
        self._pool = pool
        self._county = county
        self._handler = handler
        self._service = service
        self._kind = kind
        self._patience = patience
        self._workers = workers
        self._now = now
        self._nudged = asyncio.Event()
        begin_counting(service, kind)
        self.looked = Looked(kind=kind, now=now, wake=self.nudge, every=look_seconds)

    def nudge(self) -> None:
        """Say that a row was put which is due: it is looked for at once."""
        self._nudged.set()

    async def run(self) -> None:
        """Work until cancelled; a database that is away is waited for."""
        await run_together([self])

    async def work(self) -> None:
        """Work until cancelled, whenever the runner is nudged."""
        async with asyncio.TaskGroup() as tasks:
            for _ in range(self._workers):
                tasks.create_task(self._work())

    async def work_off(self) -> int:
        """Work on all that is due and can be leased now; gives how many batches there were."""
        batches = 0
        while await self.work_once():
            batches += 1
        return batches

    async def work_once(self) -> bool:
        """Lease, handle and settle the rows of one ledger; False when none could be leased."""
        lease = await self._leases.take(self._now())
        if lease is None:
            return False
        try:
            await self._settle(lease, await self._handle(lease.division, lease.rows))
        except DATABASE_AWAY as fault:
            log.warning("due rows wait", division=lease.division, **self._described(fault))
            await self._leases.settle(lease, [], self._now(), pause=_PAUSE_WHILE_AWAY)
        except asyncio.CancelledError:
            await self._leases.give_back(lease.holder)
            raise
        return True

    async def measure(self) -> None:
        """Tell how late the oldest due row is, and how many are parked."""
        looks = self.looks([self])
        await looks.look()
        await looks.count_parked()

    def looks(self, runners: "Sequence[DueRunner]") -> Looks:
        """What looks for the rows of these runners, which have this one's database."""
        return Looks(
            pool=self._pool,
            service=self._service,
            county=self._county,
            kinds=[each.looked for each in runners],
        )

    async def _work(self) -> None:
        while not is_ending():
            try:
                if await self.work_once():
                    continue
            except DATABASE_AWAY as fault:
                log.warning("due rows wait for the database", **self._described(fault))
                if is_ending():
                    return
            await self._nudged.wait()
            self._nudged.clear()

    async def _handle(self, division: str, rows: Sequence[DueRow]) -> list[Settled]:
        try:
            outcomes = await self._handler(division, rows)
            return [settled(*each) for each in zip(rows, outcomes, strict=True)]
        except DATABASE_AWAY:
            raise
        except Exception as fault:  # noqa: BLE001  a row's own: it is tried again, then parked
            if len(rows) == 1:
                log.warning("handling a due row failed", **self._described(fault))
                return [settled_by_fault(rows[0], fault, self._patience)]
        return await self._handle_singly(division, rows)

    async def _handle_singly(self, division: str, rows: Sequence[DueRow]) -> list[Settled]:
        handled: list[Settled] = []
        for row in rows:
            handled += await self._handle(division, [row])
            if handled[-1].is_tried_again:
                break  # later rows wait, so that they keep their order
        return handled

    async def _settle(self, lease: Lease, handled: Sequence[Settled]) -> None:
        last = handled[-1]
        pause = self._patience.pause_after(last.tries) if last.is_tried_again else timedelta()
        await self._leases.settle(lease, handled, self._now(), pause=pause)
        for each in handled:
            report(self._service, each)

    def _described(self, fault: BaseException) -> dict[str, str | list[str]]:
        return {"service": self._service, "kind": self._kind, **describe_fault(fault)}


async def run_together(runners: Sequence[DueRunner]) -> None:
    """Work until cancelled with runners of one database, which share one look at what is due."""
    if not runners:
        return
    async with asyncio.TaskGroup() as tasks:
        for runner in runners:
            tasks.create_task(runner.work())
        tasks.create_task(runners[0].looks(runners).run())

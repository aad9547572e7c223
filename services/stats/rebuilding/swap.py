"""The swap: one transaction in which rebuilt tables take the place of the live ones.

Its locks come in an order in which nobody is kept from reading until the last moment. The view's
tables are closed to autovacuum, then the inbox to the worker, which waits; the rest of the topic
is folded; and only then the inbox is closed to readers too, who take it first of all (`snapshot`),
for as long as it takes to rename tables. A reader at work is waited for briefly: others queue up
behind us meanwhile, so after a second everything is let go and tried again.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from psycopg import errors, sql

from services.stats.rebuilding import merging
from services.stats.rebuilding.rebuild_target import RebuildTarget
from services.stats.rebuilding.refusals import FiguresNeverRest
from services.stats.rebuilding.schema import REBUILD_SCHEMA, RETIRED, check_release
from services.stats.stream.views import View
from shared.postgres import SET_SCOPE, Connection

_LIVE = "public"
_WAIT_FOR_WORKER, _WAIT_FOR_READERS = "5s", "1s"
_TRIES = 60
_PAUSE_SECONDS, _LONGEST_PAUSE = 0.2, 5.0

CatchUp = Callable[[], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Swapped:
    """What the live view holds now, and for how long nobody could read it."""

    ledgers: int
    events: int
    newly_parked: int
    seconds_closed: float


async def swap(
    keeper: Connection, view: View, target: RebuildTarget, catch_up: CatchUp, *, replace: bool
) -> Swapped:
    """Exchange the tables; raises FiguresNeverRest, EventsMissing or what `catch_up` raises."""
    pause, closed = _PAUSE_SECONDS, _Closed()
    for _ in range(_TRIES):
        try:
            merged = await _try(keeper, view, target, catch_up, closed, replace=replace)
        except (errors.LockNotAvailable, errors.DeadlockDetected):
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            return Swapped(merged.ledgers, merged.events, merged.newly_parked, closed.longest)
    raise FiguresNeverRest(_TRIES)


class _Closed:
    """The longest time for which figures could not be read."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._since: float | None = None

    def begin(self) -> None:
        self._since = time.perf_counter()

    def end(self) -> None:
        if self._since is not None:
            self.longest = max(self.longest, time.perf_counter() - self._since)
        self._since = None


async def _try(
    keeper: Connection,
    view: View,
    target: RebuildTarget,
    catch_up: CatchUp,
    closed: _Closed,
    *,
    replace: bool,
) -> merging.Merged:
    try:
        async with keeper.transaction():
            await keeper.execute(SET_SCOPE, (target.county,))
            await _let_the_worker_wait(keeper, view)
            await catch_up()
            await check_release(keeper)
            merged = await merging.merge(
                keeper, source=view.fold().source, topic=view.topic, replace=replace
            )
            closed.begin()
            await _let_readers_wait(keeper)
            await _exchange(keeper, view)
    finally:
        closed.end()
    return merged


async def _let_the_worker_wait(keeper: Connection, view: View) -> None:
    await keeper.execute(f"set local lock_timeout = '{_WAIT_FOR_WORKER}'".encode())
    tables = [
        sql.Identifier(schema, table)
        for schema in (_LIVE, REBUILD_SCHEMA)
        for table in view.tables
    ]
    autovacuum = sql.SQL("lock table {} in share update exclusive mode")
    await keeper.execute(autovacuum.format(sql.SQL(", ").join(tables)))
    await keeper.execute("lock table public.inbox in exclusive mode")


async def _let_readers_wait(keeper: Connection) -> None:
    await keeper.execute(f"set local lock_timeout = '{_WAIT_FOR_READERS}'".encode())
    await keeper.execute("lock table public.inbox in access exclusive mode")


async def _exchange(keeper: Connection, view: View) -> None:
    for table in view.tables:
        await _move(keeper, table, _LIVE, RETIRED)
        await _move(keeper, table, REBUILD_SCHEMA, _LIVE)


async def _move(keeper: Connection, table: str, old: str, new: str) -> None:
    statement = sql.SQL("alter table {} set schema {}")
    await keeper.execute(statement.format(sql.Identifier(old, table), sql.Identifier(new)))

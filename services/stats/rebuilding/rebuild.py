"""A rebuild from beginning to end."""

import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

import psycopg
from psycopg import sql

from services.stats.rebuilding import schema
from services.stats.rebuilding.building import Building, building
from services.stats.rebuilding.merging import bring_along
from services.stats.rebuilding.progress import Telling
from services.stats.rebuilding.rebuild_target import RebuildTarget
from services.stats.rebuilding.refusals import AnotherRebuildRuns, NotTheOwner, PartAway
from services.stats.rebuilding.swap import Swapped, swap
from services.stats.stream.views import View
from shared.postgres import Connection, new_pool
from shared.streaming.parking import Parking

_LOCK = 0x52454255  # "REBU": the one lock that rebuilds of a database share
_NEAR = 500
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What became live, and how long it all took."""

    swapped: Swapped
    seconds: float


async def rebuild(
    view: View, target: RebuildTarget, tell: Telling, *, replace: bool = False
) -> Rebuilt:
    """Make the view anew and swap it in; raises RebuildRefused when the live one stays.

    `replace`: even where the live one holds events that the topic does not tell of.
    """
    began = time.monotonic()
    try:
        async with _keeper(target) as keeper:
            swapped = await _build_and_swap(keeper, view, target, tell, replace=replace)
    except psycopg.errors.InsufficientPrivilege as fault:
        raise NotTheOwner from fault
    except psycopg.OperationalError as fault:
        raise PartAway("The database", type(fault).__name__) from fault
    if swapped.newly_parked:
        await _send_dead_letters(view, target)
    return Rebuilt(swapped, time.monotonic() - began)


@contextlib.asynccontextmanager
async def _keeper(target: RebuildTarget) -> AsyncIterator[Connection]:
    """The connection that holds the lock, and whose transaction swaps: both end with it."""
    connecting = psycopg.AsyncConnection.connect(target.owner_url, autocommit=True)
    async with await connecting as keeper:
        row = await (await keeper.execute("select pg_try_advisory_lock(%s)", (_LOCK,))).fetchone()
        if not (row and row[0]):
            raise AnotherRebuildRuns
        try:
            yield keeper
        finally:
            # of a connection that is lost, the next rebuild finds the remains and removes them
            with contextlib.suppress(psycopg.OperationalError):
                await schema.remove(keeper)
                # the server notices the end of a connection a moment later, and the next view's
                # rebuild may be quicker
                await keeper.execute("select pg_advisory_unlock(%s)", (_LOCK,))


async def _build_and_swap(
    keeper: Connection, view: View, target: RebuildTarget, tell: Telling, *, replace: bool
) -> Swapped:
    tell.step("making empty tables")
    await schema.make_anew(
        keeper,
        owner_url=target.owner_url,
        service="stats",
        role=target.role,
        versions=target.versions,
    )
    await bring_along(keeper, county=target.county, topic=view.topic)
    async with building(view, target, tell) as growing:
        tell.step("folding")
        await growing.catch_up()
        tell.step("gathering statistics")
        await _settle(keeper, view)
        await _come_near(growing)
        tell.step("swapping")
        return await swap(keeper, view, target, growing.catch_up, replace=replace)


async def _settle(keeper: Connection, view: View) -> None:
    """As after a quiet night: the planner knows the tables before the first question comes."""
    tables = [sql.Identifier(schema.REBUILD_SCHEMA, table) for table in view.tables]
    statement = sql.SQL("vacuum (analyze) {}")
    await keeper.execute(statement.format(sql.SQL(", ").join(tables)))


async def _come_near(growing: Building) -> None:
    """So that the worker waits for little; one that never comes near lets it wait for more."""
    for _ in range(_ROUNDS):
        if await growing.catch_up() <= _NEAR:
            return


async def _send_dead_letters(view: View, target: RebuildTarget) -> None:
    """The worker sends only what it parked itself."""
    async with new_pool(target.owner_url, name="stats-rebuild", size=1) as pool:
        parking = Parking(
            pool,
            bootstrap=target.bootstrap,
            topic=view.topic,
            source=view.fold().source,
            county=target.county,
        )
        async with parking:
            await parking.send_unsent()

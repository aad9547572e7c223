"""append: the ledger's append, against a prepared INSERT of one row of the same bytes.

Eight connections over thirty townships, one event a transaction. Ours takes the ledger's lock,
checks the stream's version, chains the hash, keeps three unique keys under row-level security;
the floor writes one row with a primary key.
"""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import LiteralString

import psycopg

from shared.contracts.intake import CaseFiled
from shared.divisions import new_id
from shared.ledger import Author, Ledger, NewEvent
from shared.postgres import new_pool
from tests.bench.figures import Reach, Result, alternate
from tests.bench.sample import lives
from tests.bench.stage import COUNTY, TOWNSHIPS, Stage, Stopwatch
from tests.intake.doors import fresh_intake
from tests.parts import FreshDatabase

CONNECTIONS = 8
_AUTHOR = Author(scope=COUNTY, actor_ref="post-1", correlation_id="0" * 32)
_FLOOR_TABLE: LiteralString = """
    create table floor_event (like event);
    alter table floor_event add primary key (division_code, seq);
"""
_FLOOR: LiteralString = f"insert into floor_event values ({', '.join(['%s'] * 16)})"

Append = Callable[[str], Awaitable[object]]


async def bench(stage: Stage) -> list[Result]:
    database = fresh_intake(stage.postgres)
    with psycopg.connect(database.owner_dsn) as connection:
        connection.execute(_FLOOR_TABLE)
    seconds = stage.sized(5, 2)
    data = next(event.data for event in lives(30))

    async def ours() -> float:
        return await _ours(database, data, seconds)

    async def floor() -> float:
        return await _floor(database, data, seconds)

    runs = await alternate(ours, floor)
    return [Result("append", "events/s", Reach(0.55), runs)]


async def _ours(database: FreshDatabase, data: bytes, seconds: float) -> float:
    async with new_pool(database.dsn, name="bench", size=CONNECTIONS) as pool:
        await pool.resize(CONNECTIONS, CONNECTIONS)
        ledger = Ledger(pool, source="/intake")

        async def append(division: str) -> object:
            return await ledger.append(division, [_new(division, data)], _AUTHOR)

        return await _rate([append] * CONNECTIONS, seconds)


def _new(division: str, data: bytes) -> NewEvent:
    return NewEvent(
        stream_id=new_id(division),
        version=1,
        event_id=new_id(division),
        kind=CaseFiled.kind,
        schema_version=1,
        data=data,
        occurred_at=datetime.now(UTC),
    )


async def _floor(database: FreshDatabase, data: bytes, seconds: float) -> float:
    connecting = [
        psycopg.AsyncConnection.connect(database.owner_dsn, autocommit=True, prepare_threshold=0)
        for _ in range(CONNECTIONS)
    ]
    connections = await asyncio.gather(*connecting)
    try:
        await connections[0].execute("truncate floor_event")
        places = itertools.count(1)
        return await _rate([_insert(each, data, places) for each in connections], seconds)
    finally:
        for connection in connections:
            await connection.close()


def _insert(
    connection: psycopg.AsyncConnection, data: bytes, places: "itertools.count[int]"
) -> Append:
    text, hashed = data.decode(), bytes(32)

    async def insert(division: str) -> object:
        now = datetime.now(UTC)
        begun = (division, next(places), new_id(division), 1, new_id(division), CaseFiled.kind, 1)
        who = (_AUTHOR.actor_ref, _AUTHOR.correlation_id, None)
        row = (*begun, text, *who, now, now, hashed, hashed, hashed)
        return await connection.execute(_FLOOR, row)

    return insert


async def _rate(appends: list[Append], seconds: float) -> float:
    """Appends a second, each of them waiting for the one before on its connection."""
    townships = itertools.cycle(TOWNSHIPS)
    done = 0

    async def go_on(append: Append, until: float) -> None:
        nonlocal done
        while watch.seconds < until:
            await append(next(townships))
            done += 1

    watch = Stopwatch()
    await asyncio.gather(*(go_on(append, 0.5) for append in appends))
    done, watch = 0, Stopwatch()
    await asyncio.gather(*(go_on(append, seconds) for append in appends))
    return done / watch.seconds

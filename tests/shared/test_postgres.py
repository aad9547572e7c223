"""The pool: connections that died while they were idle fail one request, not one each."""

import asyncio
import contextlib
from pathlib import Path

import psycopg
import pytest

from shared.postgres import (
    Connection,
    Pool,
    after_commit,
    new_pool,
    scoped_read,
    transaction,
)
from shared.testing.waiters import eventually
from tests.parts import PostgresForTests
from tests.shared.ledgers import COUNTY, DIVISION, NEIGHBOUR, fresh_ledgers
from tests.shared.topic_readers import append

pytestmark = pytest.mark.parts

SIZE = 8


async def test_of_connections_that_died_while_idle_one_fails_a_request(
    postgres: PostgresForTests, tmp_path: Path
) -> None:
    database = fresh_ledgers(postgres, tmp_path)
    async with new_pool(database.dsn, name="dying", size=SIZE) as pool:
        await fill(pool)
        with psycopg.connect(database.superuser_dsn, autocommit=True) as superuser:
            superuser.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and application_name = 'dying'"
            )
        failed = 0
        for _ in range(2 * SIZE):
            try:
                await ask(pool)
            except psycopg.OperationalError:
                failed += 1
        assert failed <= 1
        await eventually(lambda: pool.get_stats()["pool_available"] == SIZE)


async def test_queries_see_their_scope_and_leave_none_behind(
    postgres: PostgresForTests, tmp_path: Path
) -> None:
    database = fresh_ledgers(postgres, tmp_path)
    async with new_pool(database.dsn, name="one", size=1) as pool:
        for division in (DIVISION, NEIGHBOUR):
            await append(pool, division, 1)
        async with scoped_read(pool, DIVISION) as connection:
            assert await ledgers(connection) == [DIVISION]
            assert await ledgers(connection) == [DIVISION]
        async with scoped_read(pool, COUNTY) as connection:
            assert await ledgers(connection) == [DIVISION, NEIGHBOUR]
        async with pool.connection() as connection:
            assert await ledgers(connection) == []


async def test_a_query_that_fails_leaves_a_connection_that_works(
    postgres: PostgresForTests, tmp_path: Path
) -> None:
    database = fresh_ledgers(postgres, tmp_path)
    async with new_pool(database.dsn, name="one", size=1) as pool:
        with pytest.raises(psycopg.errors.DivisionByZero):
            async with scoped_read(pool, COUNTY) as connection:
                await (await connection.execute("select 1 / 0")).fetchall()
        async with scoped_read(pool, COUNTY) as connection:
            assert await ledgers(connection) == []


async def ledgers(connection: Connection) -> list[str]:
    cursor = await connection.execute("select division_code from ledger order by 1")
    return [division for (division,) in await cursor.fetchall()]


async def fill(pool: Pool) -> None:
    """Every connection that the pool may have, open and idle."""

    async def full() -> bool:
        await asyncio.gather(*(ask(pool, seconds=0.1) for _ in range(SIZE)))
        return pool.get_stats()["pool_available"] == SIZE

    await eventually(full)


async def ask(pool: Pool, *, seconds: float = 0) -> None:
    async with transaction(pool, COUNTY) as connection:
        await connection.execute("select pg_sleep(%s)", (seconds,))


async def test_what_waits_for_a_commit_is_called_after_it_and_never_after_a_rollback(
    postgres: PostgresForTests, tmp_path: Path
) -> None:
    database = fresh_ledgers(postgres, tmp_path)
    called: list[str] = []
    async with new_pool(database.dsn, name="calling", size=1) as pool:
        async with transaction(pool, COUNTY) as connection:
            after_commit(connection, lambda: called.append("committed"))
            assert called == []
        assert called == ["committed"]
        with contextlib.suppress(ZeroDivisionError):
            async with transaction(pool, COUNTY) as connection:
                after_commit(connection, lambda: called.append("rolled back"))
                raise ZeroDivisionError
        async with transaction(pool, COUNTY):
            pass
    assert called == ["committed"]

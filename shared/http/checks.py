"""Readiness checks that several services use."""

import asyncio

from shared.http.health import Check
from shared.postgres import Pool


def database_check(pool: Pool) -> Check:
    """Whether the pool's database answers."""

    async def database() -> str | None:
        async with pool.connection() as connection:
            await connection.execute("select 1")
        return None

    return database


def kafka_check(bootstrap: str) -> Check:
    """Whether the first broker takes connections."""
    host, _, port = bootstrap.partition(",")[0].rpartition(":")

    async def kafka() -> str | None:
        try:
            _, writer = await asyncio.open_connection(host, int(port))
        except OSError:
            return "does not answer"
        writer.close()
        return None

    return kafka

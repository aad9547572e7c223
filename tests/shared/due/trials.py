"""Due rows on a real database, and a handler whose effects a table keeps in their order."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, LiteralString

import psycopg

from shared.due import Done, DueRow, DueRunner, Handler, Outcome, Patience, put, write
from shared.ledger import Statement
from shared.postgres import Pool, new_pool, transaction
from tests.parts import FreshDatabase, PostgresForTests
from tests.shared.ledgers import COUNTY, DIVISION, fresh_ledgers

KIND = "deadline"
BASE = datetime(2025, 3, 4, tzinfo=UTC)
PATIENCE = Patience(
    lease=timedelta(minutes=3),
    most_tries=3,
    first_pause=timedelta(minutes=1),
    longest_pause=timedelta(minutes=4),
)
_EFFECTS: LiteralString = """
    create table effect (
        division_code text collate "C" not null, command_key text not null,
        place bigint generated always as identity, primary key (division_code, command_key))
"""


def minute(number: int) -> datetime:
    return BASE + timedelta(minutes=number)


def a_row(key: str, due: int, division: str = DIVISION, **more: Any) -> DueRow:
    return DueRow(division=division, kind=KIND, key=key, due_at=minute(due), **more)


def due_database(postgres: PostgresForTests, folder: Path) -> FreshDatabase:
    database = fresh_ledgers(postgres, folder)
    with psycopg.connect(database.owner_dsn) as connection:
        connection.execute(_EFFECTS)
        connection.execute(f"grant select, insert on effect to {database.role}".encode())
    return database


@dataclass
class Trial:
    """A clock that stands until it is moved, and what is asked of the database."""

    pool: Pool
    now: datetime = BASE
    handled: list[list[DueRow]] = field(default_factory=list)

    def runner(self, handler: Handler | None = None, **how: Any) -> DueRunner:
        how.setdefault("now", lambda: self.now)
        how.setdefault("patience", PATIENCE)
        how.setdefault("kind", KIND)
        return DueRunner(self.pool, handler or self.handle, service="trial", county=COUNTY, **how)

    async def handle(self, division: str, rows: Sequence[DueRow]) -> list[Outcome]:
        self.handled.append(list(rows))
        assert {row.division for row in rows} == {division}
        await self.have_effect(rows)
        return [Done()] * len(rows)

    async def have_effect(self, rows: Sequence[DueRow]) -> None:
        """As a command under the row's key has it: the second time is a repeat."""
        async with self.pool.connection() as connection, connection.transaction():
            for row in rows:
                await connection.execute(
                    "insert into effect (division_code, command_key) values (%s, %s)"
                    " on conflict do nothing",
                    (row.division, row.command_key),
                )

    async def put(self, *rows: DueRow) -> None:
        await self.write(put(rows))

    async def write(self, *statements: Statement, scope: str = COUNTY) -> None:
        async with transaction(self.pool, scope) as connection:
            await write(connection, statements)

    async def effects(self) -> list[tuple[str, str]]:
        """Division and command key, in the order in which they were had."""
        async with self.pool.connection() as connection:
            cursor = await connection.execute(
                "select division_code, command_key from effect order by place"
            )
            return [(division, key) for division, key in await cursor.fetchall()]

    async def rows(self) -> dict[tuple[str, str], tuple[datetime, str, int]]:
        """Due time, state and tries of every row."""
        async with transaction(self.pool, COUNTY) as connection:
            cursor = await connection.execute(
                "select division_code, key, due_at, state, tries from due_row"
            )
            found = await cursor.fetchall()
        return {(division, key): (due, state, tries) for division, key, due, state, tries in found}


@asynccontextmanager
async def trial_in(database: FreshDatabase, *, emptied: bool = True) -> AsyncIterator[Trial]:
    """With empty tables, unless those of an earlier one are meant."""
    if emptied:
        with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
            connection.execute("truncate due_row, due_lease, effect restart identity")
    async with new_pool(database.dsn, name="trial", size=6) as pool:
        yield Trial(pool)

"""due: leasing and settling due rows with an empty effect; due_commands: rows that are commands.

Rows of thirty townships, all due, in batches of 200 of one ledger, four batches at a time. The
floor reads and writes the same rows by plain SQL, as many a statement and on as many connections.
"""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from shared.divisions import new_id
from shared.due import Done, DueRow, DueRunner, Handler, Outcome
from shared.due import put as put_rows
from shared.due.commands import DueCommand, DueCommandsInBulk
from shared.handling import Handling
from shared.ledger import Ledger
from shared.postgres import Pool, new_pool, transaction
from tests.bench import floor_due
from tests.bench.figures import Reach, Result, alternate
from tests.bench.stage import COUNTY, TOWNSHIPS, Stage, Stopwatch
from tests.intake.doors import fresh_intake
from tests.shared.test_handling import SWITCH, Toggle

AT_ONCE = 4
MOST_ROWS = 200
_NUMBERS = itertools.count()
_FIRST = datetime(2025, 3, 4, tzinfo=UTC)

Batch = Callable[[str], Awaitable[int]]
"""Works on some due rows of a township, and gives how many."""


async def bench(stage: Stage) -> list[Result]:
    database = fresh_intake(stage.postgres)
    floor_due.make_tables(database)
    many, fewer = int(stage.sized(24_000, 6000)), int(stage.sized(6000, 3000))
    async with new_pool(database.dsn, name="bench", size=AT_ONCE) as pool:
        await pool.resize(AT_ONCE, AT_ONCE)
        measured = _Measured(pool)
        settled = await alternate(
            lambda: measured.ours("empty", many, _nothing),
            lambda: measured.floor("empty", many, measured.settle),
        )
        commands = await alternate(
            lambda: measured.ours("command", fewer, measured.commands().handle),
            lambda: measured.floor("command", fewer, measured.carry_out),
        )
    return [
        Result("due", "rows/s", Reach(5000, "at least", "ours"), settled),
        Result("due_commands", "rows/s", Reach(1000, "at least", "ours"), commands),
    ]


class _Measured:
    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._places = itertools.count(1, MOST_ROWS)

    async def ours(self, kind: str, rows: int, handler: Handler) -> float:
        await self._put(_rows(kind, rows))
        runner = DueRunner(
            self._pool, handler, service="bench", county=COUNTY, kind=kind, most_rows=MOST_ROWS
        )
        watch = Stopwatch()
        await asyncio.gather(*(runner.work_off() for _ in range(AT_ONCE)))
        rate = rows / watch.seconds
        await self._require_done(kind)
        return rate

    async def floor(self, kind: str, rows: int, batch: Batch) -> float:
        async with self._pool.connection() as connection:
            await floor_due.put(connection, _rows(kind, rows))
        townships = iter(TOWNSHIPS)
        watch = Stopwatch()
        done = await asyncio.gather(*(_work_off(townships, batch) for _ in range(AT_ONCE)))
        if sum(done) != rows:
            raise AssertionError(f"{sum(done)} of {rows} rows")
        return rows / watch.seconds

    async def settle(self, division: str) -> int:
        async with self._pool.connection() as connection:
            return await floor_due.settle(connection, division, "empty", MOST_ROWS)

    async def carry_out(self, division: str) -> int:
        async with self._pool.connection() as connection:
            place = next(self._places)
            how = (division, "command", MOST_ROWS)
            return await floor_due.carry_out(connection, *how, place=place)

    def commands(self) -> DueCommandsInBulk[Toggle, bool | None]:
        ledger = Ledger(self._pool, source="/intake")
        return DueCommandsInBulk(
            handling=Handling(ledger=ledger, decider=SWITCH, answer=lambda _: None),
            command_of=lambda row: DueCommand(stream_id=row.key, command=Toggle(True)),
            service="bench",
            county=COUNTY,
        )

    async def _require_done(self, kind: str) -> None:
        async with transaction(self._pool, COUNTY) as connection:
            cursor = await connection.execute(
                "select count(*) from due_row where kind = %s and state <> 'done'", (kind,)
            )
            if await cursor.fetchone() != (0,):
                raise AssertionError(f"rows of {kind} are left")

    async def _put(self, rows: list[DueRow]) -> None:
        statement = put_rows(rows)
        async with transaction(self._pool, COUNTY) as connection:
            await connection.execute(statement.query, statement.parameters)


async def _nothing(_: str, rows: Sequence[DueRow]) -> list[Outcome]:
    return [Done()] * len(rows)


async def _work_off(townships: Iterator[str], batch: Batch) -> int:
    done = 0
    for division in townships:
        while handled := await batch(division):
            done += handled
    return done


def _rows(kind: str, rows: int) -> list[DueRow]:
    each = rows // len(TOWNSHIPS)
    return [
        DueRow(
            division=division,
            kind=kind,
            key=new_id(division),
            due_at=_FIRST + timedelta(seconds=next(_NUMBERS)),
        )
        for _ in range(each)
        for division in TOWNSHIPS
    ]

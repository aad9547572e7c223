"""Events on a topic and a fold that notices every mistake, for tests of streams."""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import LiteralString

import psycopg

from shared.cloudevents import RecordedEvent
from shared.migrating import migrate
from shared.postgres import Connection, Pool, new_pool
from shared.relay.sending import Sender
from shared.streaming import AfterParked, Fold, Worker, WorkerSettings
from shared.streaming.passing import NO_KINDS, Kind
from shared.topics import PARTITIONS
from tests.parts import FreshDatabase, KafkaForTests, PostgresForTests
from tests.shared.ledgers import COUNTY, DIVISION, trial_revisions

SOURCE = "/trial"
MOMENT = datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)
POISON = b'{"poison":true}'

_FOLDED = """
    create table folded (
        division_code text collate "C" not null, seq bigint not null,
        place bigint generated always as identity, primary key (division_code, seq));
    select concord_protect('folded', 'select, insert');
"""


def event(sequence: int, division: str = DIVISION, data: bytes = b'{"a":1}') -> RecordedEvent:
    return RecordedEvent(
        source=SOURCE,
        division=division,
        sequence=sequence,
        stream_id=f"{division}-stream",
        event_id=f"{division}-{sequence}",
        kind="case-filed",
        schema_version=1,
        data=data,
        occurred_at=MOMENT,
        recorded_at=MOMENT,
        previous_hash=bytes(32),
        hash=bytes(32),
    )


def ledger(last: int, division: str = DIVISION) -> list[RecordedEvent]:
    return [event(sequence, division) for sequence in range(1, last + 1)]


class StrictFold:
    """Refuses an event that comes twice (by its key) or before its predecessor."""

    source = SOURCE
    after_parked = AfterParked.GOES_ON
    passes_over: frozenset[Kind] = NO_KINDS

    async def apply(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        if any(event.data == POISON for event in events):
            raise ValueError("poison")
        await connection.execute(
            "insert into folded (division_code, seq)"
            " select * from unnest(%s::text[], %s::bigint[])",
            ([event.division for event in events], [event.sequence for event in events]),
        )

    async def apply_late(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        await self.apply(connection, events)


class WaitingFold(StrictFold):
    """A ledger of which an event is parked waits for it."""

    after_parked = AfterParked.WAITS


class SlowAtFirst(StrictFold):
    """Takes its time over its first chunk."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    async def apply(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        seconds, self.seconds = self.seconds, 0.0
        await asyncio.sleep(seconds)
        await super().apply(connection, events)


def folding_database(
    postgres: PostgresForTests, folder: Path, name: str | None = None
) -> FreshDatabase:
    revisions = trial_revisions(folder)

    def fill(database: FreshDatabase) -> None:
        migrate(database.owner_dsn, service="trial", role=database.role, versions=revisions)
        _add_fold_table(database)

    return postgres.cloned_database("folding", fill, name)


def _add_fold_table(database: FreshDatabase) -> None:
    with psycopg.connect(database.owner_dsn, autocommit=True) as connection:
        connection.execute("select set_config('concord.role', %s, false)", (database.role,))
        connection.execute(_FOLDED)


def trial_settings(bootstrap: str, port: int, group: str) -> WorkerSettings:
    """Less patient than a county's."""
    return WorkerSettings(
        service=group,
        county=COUNTY,
        bootstrap=bootstrap,
        port=port,
        session_timeout=6.0,
        metadata_age=1.0,
        commit_interval=0.5,
        look_interval=1.0,
    )


class TrialWorker(Worker):
    """A worker whose end can be waited for."""

    def __init__(self, settings: WorkerSettings, pool: Pool) -> None:
        super().__init__(settings, pool)
        self.ended = asyncio.Event()


@dataclass
class Trial:
    """A database, a topic, a port, and workers between them."""

    postgres: PostgresForTests
    kafka: KafkaForTests
    database: FreshDatabase
    topic: str
    port: int
    folder: Path
    group: str = ""

    @property
    def settings(self) -> WorkerSettings:
        return trial_settings(self.kafka.bootstrap, self.port, self.group or self.topic)

    async def send(self, events: Sequence[RecordedEvent]) -> None:
        """Put events on the topic, in this order."""
        await send(self.kafka.bootstrap, self.topic, events)

    @asynccontextmanager
    async def worker(self, fold: Fold | None = None) -> AsyncIterator[TrialWorker]:
        """A worker in this process; what it fails with is raised at the end."""
        stop = asyncio.Event()
        async with new_pool(self.database.dsn, name=self.topic, size=4) as pool:
            worker = TrialWorker(self.settings, pool)
            worker.attach(self.topic, fold or StrictFold())
            running = asyncio.ensure_future(worker.run(stop))
            running.add_done_callback(lambda _: worker.ended.set())
            try:
                yield worker
            finally:
                stop.set()
                await running

    def process(self, port: int | None = None) -> subprocess.Popen[bytes]:
        """A worker in a process of its own."""
        arguments = (self.database.dsn, self.kafka.bootstrap, str(port or self.port), self.topic)
        command = [sys.executable, "-m", "tests.shared.worker_process", *arguments, self.topic]
        return subprocess.Popen(command)

    def folded(self) -> dict[str, list[int]]:
        """For each ledger the sequences that were folded, in the order of folding."""
        return folded(self.database)

    async def until_folded(self, expected: dict[str, list[int]], *, within: float = 20) -> None:
        await until(lambda: self.folded() == expected, within=within, what="the whole fold")

    def make_database_again(self) -> None:
        """Drop the database under whoever uses it, and make it anew, empty, for the same roles."""
        name = self.database.name
        with psycopg.connect(self.postgres.superuser_dsn, autocommit=True) as connection:
            connection.execute(f"drop database {name} with (force)".encode())
        assert folding_database(self.postgres, self.folder, name) == self.database

    def count(self, query: LiteralString) -> int:
        """The one number that a query gives."""
        with psycopg.connect(self.database.superuser_dsn) as connection:
            row = connection.execute(query).fetchone()
        return int(row[0]) if row else 0

    def parked(self) -> list[tuple[int, str]]:
        """The offsets and reasons of what was parked."""
        query = (
            "select message_offset, reason from parked order by topic_partition, message_offset"
        )
        with psycopg.connect(self.database.superuser_dsn) as connection:
            return connection.execute(query).fetchall()


async def send(bootstrap: str, topic: str, events: Sequence[RecordedEvent]) -> None:
    async with Sender(bootstrap, topic=topic, partitions=PARTITIONS) as sender:
        await sender.send(events)


def folded(database: FreshDatabase) -> dict[str, list[int]]:
    query = "select division_code, seq from folded order by place"
    found: dict[str, list[int]] = {}
    with psycopg.connect(database.superuser_dsn) as connection:
        for division, sequence in connection.execute(query):
            found.setdefault(division, []).append(sequence)
    return found


async def until(condition: Callable[[], bool], *, within: float = 60, what: str) -> None:
    """Wait for a condition, and fail naming it when it does not come."""
    deadline = time.monotonic() + within
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not come within {within:.0f} s")
        await asyncio.sleep(0.03)

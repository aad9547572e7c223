"""A stats database and a topic of their own, and rebuilds: here, or in a process to be killed."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import psycopg

from deploy.kafka.topics import make_topics
from services.stats.migrate import VERSIONS
from services.stats.rebuilding.progress import InSilence
from services.stats.rebuilding.rebuild import Rebuilt, rebuild
from services.stats.rebuilding.rebuild_target import RebuildTarget
from services.stats.stream.views import View
from shared.cloudevents import RecordedEvent
from shared.postgres import Pool, new_pool
from shared.streaming import Fold, Worker, WorkerSettings
from shared.topics import dead_letters_of
from tests.parts import FreshDatabase, KafkaForTests, PostgresForTests
from tests.shared.streams import send, until
from tests.stats.folding import CASES, fold_in, fresh_stats, without_last_zeros
from tests.stats.lives import COUNTY

Rows = dict[str, list[tuple[Any, ...]]]

_EVERYTHING = {
    "case_step": "select * from {} order by division_code, source, seq, case_id",
    "case_fact": "select * from {} order by division_code, case_id",
    # counters that came back to nothing have no row when they never left it
    "case_day_rollup": "select * from {} where 0 <> any(counts) order by 1, 2, 3, 4, 5",
    "case_month_rollup": "select * from {} where 0 <> any(counts) order by 1, 2, 3",
    "mediation_step": "select * from {} order by division_code, source, seq, mediation_id",
    "mediation_fact": "select * from {} order by division_code, mediation_id",
    "mediation_day_rollup": "select * from {} where 0 <> any(counts) order by 1, 2, 3, 4, 5, 6",
    "mediation_month_rollup": "select * from {} where 0 <> any(counts) order by 1, 2, 3",
    "mediator_step": "select * from {} order by division_code, source, seq, mediator_id",
    "mediator_fact": "select * from {} order by division_code, mediator_id",
    "mediator_day_rollup": "select * from {} where 0 <> any(counts) order by 1, 2, 3",
    "mediator_month_rollup": "select * from {} where 0 <> any(counts) order by 1, 2, 3",
    "report_step": "select * from {} order by division_code, source, seq, report_id",
    "report_fact": "select * from {} order by division_code, report_id",
    "report_day_rollup": "select * from {} where 0 <> any(counts) order by 1, 2, 3, 4, 5, 6, 7",
    "report_month_rollup": "select * from {} where 0 <> any(counts) order by 1, 2, 3",
    "village_step": "select * from {} order by division_code, source, seq, village_id",
    "village_fact": "select * from {} order by division_code, village_id",
    "village_day_rollup": "select * from {} where 0 <> any(counts) order by 1, 2, 3, 4",
    "village_month_rollup": "select * from {} where 0 <> any(counts) order by 1, 2, 3",
    "grid_step": "select * from {} order by division_code, source, seq, grid_id",
    "grid_fact": "select * from {} order by division_code, grid_id",
    "grid_day_rollup": "select * from {} where 0 <> any(counts) order by 1, 2, 3, 4",
    "grid_month_rollup": "select * from {} where 0 <> any(counts) order by 1, 2, 3",
    "worker_step": "select * from {} order by division_code, source, seq, worker_id",
    "worker_fact": "select * from {} order by division_code, worker_id",
    "worker_day_rollup": "select * from {} where 0 <> any(counts) order by 1, 2, 3",
    "worker_month_rollup": "select * from {} where 0 <> any(counts) order by 1, 2, 3",
    "covered_grid_step": "select * from {} order by division_code, source, seq, covered_grid_id",
    "covered_grid_fact": "select * from {} order by division_code, covered_grid_id",
    "covered_grid_day_rollup": "select * from {} order by 1, 2, 3, 4",
    "covered_grid_month_rollup": "select * from {} order by 1, 2, 3",
    "patrol_month_step": "select * from {} order by division_code, source, seq, patrol_month_id",
    "patrol_month_fact": "select * from {} order by division_code, patrol_month_id",
    "patrol_month_day_rollup": "select * from {} where 0 <> any(counts) order by 1, 2, 3, 4",
    "patrol_month_month_rollup": "select * from {} where 0 <> any(counts) order by 1, 2, 3",
    "warning_step": "select * from {} order by division_code, source, seq, warning_id",
    "warning_fact": "select * from {} order by division_code, warning_id",
    "warning_day_rollup": "select * from {} where 0 <> any(counts) order by 1, 2, 3, 4, 5, 6, 7",
    "warning_month_rollup": "select * from {} where 0 <> any(counts) order by 1, 2, 3",
    "duty_step": "select * from {} order by division_code, source, seq, duty_id",
    "duty_fact": "select * from {} order by division_code, duty_id",
    "duty_day_rollup": "select * from {} where 0 <> any(counts) order by 1, 2, 3, 4",
    "duty_month_rollup": "select * from {} where 0 <> any(counts) order by 1, 2, 3",
    "watch_step": "select * from {} order by division_code, source, seq, watch_id",
    "watch_fact": "select * from {} order by division_code, watch_id",
    "watch_day_rollup": "select * from {} where 0 <> any(counts) order by 1, 2, 3",
    "watch_month_rollup": "select * from {} where 0 <> any(counts) order by 1, 2, 3",
    "inbox": "select source, division_code, next_seq from {} order by 1, 2",
}


@dataclass
class Stage:
    """Where a test sends events, folds them live, and rebuilds."""

    kafka: KafkaForTests
    database: FreshDatabase
    topic: str
    port: int = 0

    @classmethod
    def fresh(cls, postgres: PostgresForTests, kafka: KafkaForTests) -> "Stage":
        topic = kafka.fresh_topic("stats")
        make_topics(kafka.bootstrap, [dead_letters_of(topic)])
        return cls(kafka, fresh_stats(postgres), topic)

    @property
    def view(self) -> View:
        return replace(CASES, topic=self.topic)

    @property
    def target(self) -> RebuildTarget:
        return RebuildTarget(
            owner_url=self.database.owner_dsn,
            role=self.database.role,
            bootstrap=self.kafka.bootstrap,
            county=COUNTY,
            versions=VERSIONS,
        )

    async def send(self, events: Sequence[RecordedEvent]) -> None:
        await send(self.kafka.bootstrap, self.topic, events)

    async def fold(self, events: Sequence[RecordedEvent], chunk: int = 7) -> None:
        """Live, without a stream."""
        async with self.pool() as pool:
            await fold_in(pool, events, chunk)

    def pool(self) -> Pool:
        return new_pool(self.database.dsn, name="stats-test", size=4)

    async def rebuild(self, view: View | None = None, *, replace: bool = False) -> Rebuilt:
        return await rebuild(view or self.view, self.target, InSilence(), replace=replace)

    def process(self, killed_at: str = "never") -> subprocess.Popen[str]:
        """The same in a process of its own, which kills itself there."""
        arguments = (self.topic, self.database.owner_dsn, self.database.role)
        command = [sys.executable, "-m", "tests.stats.rebuild_process", killed_at, *arguments]
        return subprocess.Popen(
            [*command, self.kafka.bootstrap], stdout=subprocess.PIPE, text=True
        )

    @asynccontextmanager
    async def worker(self, fold: Fold | None = None) -> AsyncIterator[None]:
        """The live fold, as the worker does it."""
        stop = asyncio.Event()
        streams = WorkerSettings(
            service=self.topic,
            county=COUNTY,
            bootstrap=self.kafka.bootstrap,
            port=self.port,
            session_timeout=6.0,
            metadata_age=1.0,
            commit_interval=0.5,
            look_interval=1.0,
        )
        async with self.pool() as pool:
            worker = Worker(streams, pool)
            worker.attach(self.topic, fold or self.view.fold())
            running = asyncio.ensure_future(worker.run(stop))
            try:
                yield
            finally:
                stop.set()
                await running

    def rows(self, schema: str = "public") -> Rows:
        """All that the view holds."""
        with psycopg.connect(self.database.superuser_dsn) as connection:
            return {
                table: [
                    without_last_zeros(row)
                    for row in connection.execute(query.format(f"{schema}.{table}").encode())
                ]
                for table, query in _EVERYTHING.items()
            }

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database.superuser_dsn, autocommit=True) as connection:
            cursor = connection.execute(query.encode())
            return cursor.fetchall() if cursor.description else []

    def folded(self) -> dict[str, int]:
        """For each ledger its last event that is live."""
        return dict(self.ask("select division_code, next_seq - 1 from inbox"))

    async def until_folded(self, *ledgers: Sequence[RecordedEvent]) -> None:
        wanted = {events[0].division: len(events) for events in ledgers}
        await until(lambda: self.folded() == wanted, what="the live fold")

    def schemas(self) -> set[str]:
        """Those that a rebuild makes and has to remove."""
        found = self.ask(
            "select nspname from pg_namespace where nspname in ('rebuild', 'retired')"
        )
        return {name for (name,) in found}

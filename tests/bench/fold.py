"""fold: the stats worker, against a bare consumer and against Faust as it comes.

Ours is the worker's own door: steps, facts, rollups and position in Postgres. The bare consumer
reads the same topic with aiokafka and decodes the JSON; `fold_over_agent` is held against a Faust
agent with a table that only counts. Each is timed from its first messages on, so that starting
and joining a group do not count; beside it, what an event cost each process on the cores.
"""

import asyncio
import statistics
import sys

import psycopg
from kafka import KafkaAdminClient

from shared.relay.sending import Sender
from shared.topics import PARTITIONS, topic_of
from tests.bench.cores import Cores
from tests.bench.doors import stats_worker
from tests.bench.figures import Reach, Result, Run, alternate
from tests.bench.sample import in_helpings, lives
from tests.bench.stage import Stage, Stopwatch
from tests.stats.folding import fresh_stats

_GROUP = "concord.stats"
_TOPIC = topic_of("intake")
_HELPING = 5000
_PATIENCE_SECONDS = 180


async def bench(stage: Stage) -> list[Result]:
    events, few = int(stage.sized(150_000, 40_000)), int(stage.sized(6000, 2500))
    stage.empty_topics(_TOPIC)
    await _fill(stage, events)

    costs: list[dict[str, float]] = []

    async def ours() -> float:
        return await _folded(stage, events, costs)

    async def consumer() -> float:
        return await _floor(stage, "floor_consumer", events)

    async def agent() -> float:
        return await _floor(stage, "floor_agent", few)

    runs = await alternate(ours, consumer)
    beside_agent = [Run(run.ours, await agent()) for run in runs]
    return [
        Result("fold", "events/s", Reach(0.3), runs, _middle(costs)),
        Result("fold_over_agent", "events/s", Reach(15), beside_agent),
    ]


async def _fill(stage: Stage, events: int) -> None:
    async with Sender(stage.kafka.bootstrap, topic=_TOPIC, partitions=PARTITIONS) as sender:
        for some in in_helpings(lives(events), _HELPING):
            await sender.send(some)


async def _folded(stage: Stage, events: int, costs: list[dict[str, float]]) -> float:
    """Events a second from the first chunk that is folded to the last."""
    database = fresh_stats(stage.postgres)
    async with await psycopg.AsyncConnection.connect(
        database.superuser_dsn, autocommit=True
    ) as looking:
        with stats_worker(stage, database.dsn) as worker:
            before = await _until(looking, 1)
            parts = {"postgres": stage.postgres.part, "kafka": stage.kafka.part}
            pids = {name: part.process.pid for name, part in parts.items()}
            watch, cores = Stopwatch(), Cores(worker=worker, **pids)
            await _until(looking, events)
            seconds = watch.seconds
            costs.append(cores.micros_each(events - before))
    _forget_group(stage)
    return (events - before) / seconds


def _middle(costs: list[dict[str, float]]) -> dict[str, float]:
    return {name: statistics.median(cost[name] for cost in costs) for name in costs[0]}


async def _until(looking: psycopg.AsyncConnection, wanted: int) -> int:
    """How many events are folded, once there are that many."""
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while True:
            cursor = await looking.execute("select coalesce(sum(next_seq - 1), 0) from inbox")
            row = await cursor.fetchone()
            if row is not None and row[0] >= wanted:
                return int(row[0])
            await asyncio.sleep(0.02)


def _forget_group(stage: Stage) -> None:
    """The next worker begins at the topic's beginning, without finding out that it must."""
    admin = KafkaAdminClient(bootstrap_servers=stage.kafka.bootstrap)
    try:
        admin.delete_groups([_GROUP])
    finally:
        admin.close()


async def _floor(stage: Stage, program: str, events: int) -> float:
    """What a floor's own process tells: messages a second."""
    words = (f"tests.bench.{program}", stage.kafka.bootstrap, _TOPIC, str(events))
    with (stage.folder / f"{program}.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", *words, stdout=asyncio.subprocess.PIPE, stderr=log
        )
        said, _ = await process.communicate()
    return float(said.split()[-1])

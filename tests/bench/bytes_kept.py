"""How many bytes an event takes where it is kept: `python -m tests.bench.bytes_kept [EVENTS]`.

In intake's tables with what a filing writes beside it, in those of stats, and on Kafka's disk.
Nothing is timed, so it may run on a busy machine.
"""

import asyncio
import sys
from pathlib import Path
from typing import LiteralString

import psycopg

from shared.postgres import new_pool
from shared.relay.sending import Sender
from shared.topics import PARTITIONS, topic_of
from tests.bench.filling import fill
from tests.bench.sample import in_helpings, lives
from tests.bench.stage import Stage, opened
from tests.intake.doors import fresh_intake
from tests.stats.folding import fold_in, fresh_stats

_TOPIC = topic_of("intake")
_SIZES: LiteralString = """
    select relname, pg_total_relation_size(oid) from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace
"""


def main() -> None:
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000
    with opened(quick=True, full=False) as stage:
        print(f"bytes an event, of {events}")  # noqa: T201
        for where, each in asyncio.run(measured(stage, events)).items():
            print(f"{where:40} {each:8,.0f}")  # noqa: T201


async def measured(stage: Stage, events: int) -> dict[str, float]:
    intake = fresh_intake(stage.postgres)
    fill(intake, events)
    ledger, rest = _divided(_sizes(intake.superuser_dsn), {"event", "ledger"})
    stats = fresh_stats(stage.postgres)
    async with new_pool(stats.dsn, name="bytes", size=2) as pool:
        for some in in_helpings(lives(events), 5000):
            await fold_in(pool, some)
    return {
        "ledger": ledger / events,
        "board, vault, receipt of a filing": rest / events,
        "stats": sum(_sizes(stats.superuser_dsn).values()) / events,
        "Kafka, one copy": await asyncio.to_thread(_on_topic, stage, await _sent(stage, events)),
    }


def _sizes(dsn: str) -> dict[str, int]:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("checkpoint")
        return dict(connection.execute(_SIZES).fetchall())


def _divided(sizes: dict[str, int], names: set[str]) -> tuple[int, int]:
    own = sum(size for name, size in sizes.items() if name in names)
    return own, sum(sizes.values()) - own


async def _sent(stage: Stage, events: int) -> int:
    stage.empty_topics(_TOPIC)
    async with Sender(stage.kafka.bootstrap, topic=_TOPIC, partitions=PARTITIONS) as sender:
        for some in in_helpings(lives(events), 5000):
            await sender.send(some)
    return events


def _on_topic(stage: Stage, events: int) -> float:
    segments = Path(stage.folder).rglob(f"{_TOPIC}-*/*.log")
    return sum(file.stat().st_size for file in segments) / events


if __name__ == "__main__":
    main()

"""The real tables of stats, and events put into them as the worker does, without a stream."""

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from services.stats.migrate import VERSIONS
from services.stats.stream.views import VIEWS, View
from shared import inbox
from shared.cloudevents import RecordedEvent
from shared.postgres import Pool, new_pool, transaction
from tests.migrated import migrated
from tests.parts import FreshDatabase, PostgresForTests
from tests.stats.lives import COUNTY


def fresh_stats(postgres: PostgresForTests) -> FreshDatabase:
    return migrated(postgres, "stats", VERSIONS)


@asynccontextmanager
async def stats_pool(postgres: PostgresForTests) -> AsyncIterator[Pool]:
    async with new_pool(fresh_stats(postgres).dsn, name="stats-test", size=4) as pool:
        yield pool


CASES, MEDIATIONS, GRIDS = VIEWS


async def fold_in(pool: Pool, events: Sequence[RecordedEvent], chunk: int = 1000) -> None:
    """Fold events of one service and move the inbox, a transaction for each chunk."""
    for start in range(0, len(events), chunk):
        some = events[start : start + chunk]
        fold = view_of(some[0].source).fold()
        last = defaultdict(int)
        for event in some:
            last[event.division] = event.sequence
        async with transaction(pool, COUNTY) as connection:
            before = await inbox.read(connection, fold.source, sorted(last))
            await fold.apply(connection, some)
            moved = {name: replace(before[name], next_seq=seq + 1) for name, seq in last.items()}
            await inbox.move(connection, fold.source, moved)


def without_last_zeros(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row of a rollup by what it counts: zeros at the end of its counts may stand there or not."""
    if not row or not isinstance(row[-1], list):
        return row
    counts = list(row[-1])
    while counts and not counts[-1]:
        counts.pop()
    return (*row[:-1], counts)


def view_of(source: str) -> View:
    """The view that the events of a service make."""
    return next(view for view in VIEWS if view.fold().source == source)

"""rules: events through all rules of early warnings, against the fold of stats over the same ones.

Both in this process and without a stream, in chunks of a thousand, with the inbox of each chunk in its
transaction, and with the collector of garbage as both workers set it when they start. Ours keeps the state of every subject and puts the due rows; what they ask for is carried
out afterwards and not measured. Each event is recorded when it happened, so that every rule judges it.
"""

import gc
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from services.grid.policies.early_warnings import shipped_early_warnings
from services.grid.stream.rule_fold import RuleFold
from shared import inbox
from shared.cloudevents import RecordedEvent
from shared.garbage_collection import tune_collector
from shared.office.following import Following
from shared.postgres import Pool, new_pool, transaction
from shared.streaming import Fold
from tests.bench.cores import Cores
from tests.bench.figures import Reach, Result, alternate
from tests.bench.sample import lives
from tests.bench.stage import COUNTY, Stage, Stopwatch
from tests.grid.doors import fresh_grid
from tests.stats.folding import fresh_stats, view_of

_CHUNK = 1000
_SOURCE = "/intake"


async def bench(stage: Stage) -> list[Result]:
    found = lives(int(stage.sized(40_000, 8_000)))
    events = [replace(each, recorded_at=each.occurred_at) for each in found]

    costs: dict[str, list[float]] = defaultdict(list)

    async def ours() -> float:
        following = Following(service="grid", source=_SOURCE)
        fold = RuleFold(following=following, policy=shipped_early_warnings())
        async with new_pool(fresh_grid(stage.postgres).dsn, name="bench", size=1) as pool:
            with _costing(stage, "ours", len(events), costs):
                return await _folded(pool, fold, events)

    async def floor() -> float:
        async with new_pool(fresh_stats(stage.postgres).dsn, name="bench", size=1) as pool:
            with _costing(stage, "floor", len(events), costs):
                return await _folded(pool, view_of(_SOURCE).fold(), events)

    with _collecting_as_workers():
        runs = await alternate(ours, floor)
    side = {name: statistics.median(each) for name, each in costs.items()}
    return [Result("rules", "events/s", Reach(0.5), runs, side)]


@contextmanager
def _costing(
    stage: Stage, name: str, events: int, costs: dict[str, list[float]]
) -> Iterator[None]:
    """Microseconds of processor time an event; they say more than the clock on a busy machine."""
    cores, before = Cores(postgres=stage.postgres.part.process.pid), time.process_time()
    yield
    python = (time.process_time() - before) / events * 1e6
    costs[f"{name}_python_us"].append(python)
    costs[f"{name}_us"].append(python + cores.micros_each(events)["postgres_us"])


@contextmanager
def _collecting_as_workers() -> Iterator[None]:
    before = gc.get_threshold()
    tune_collector()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


async def _folded(pool: Pool, fold: Fold, events: Sequence[RecordedEvent]) -> float:
    watch = Stopwatch()
    for start in range(0, len(events), _CHUNK):
        await _fold(pool, fold, events[start : start + _CHUNK])
    return len(events) / watch.seconds


async def _fold(pool: Pool, fold: Fold, chunk: Sequence[RecordedEvent]) -> None:
    last = defaultdict(int)
    for event in chunk:
        last[event.division] = event.sequence
    async with transaction(pool, COUNTY) as connection:
        before = await inbox.read(connection, fold.source, sorted(last))
        await fold.apply(connection, chunk)
        moved = {name: replace(before[name], next_seq=seq + 1) for name, seq in last.items()}
        await inbox.move(connection, fold.source, moved)

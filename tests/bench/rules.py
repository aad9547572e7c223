"""rules: events through all rules of early warnings, against the fold of stats over the same ones.

Both in this process and without a stream, in chunks of a thousand, with the inbox of each chunk in its
transaction. Ours keeps the state of every subject and puts the due rows; what they ask for is carried
out afterwards and not measured. Each event is recorded when it happened, so that every rule judges it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from services.grid.policies.early_warnings import shipped_early_warnings
from services.grid.stream.rule_fold import RuleFold
from shared import inbox
from shared.cloudevents import RecordedEvent
from shared.office.following import Following
from shared.postgres import Pool, new_pool, transaction
from shared.streaming import Fold
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

    async def ours() -> float:
        following = Following(service="grid", source=_SOURCE)
        fold = RuleFold(following=following, policy=shipped_early_warnings())
        async with new_pool(fresh_grid(stage.postgres).dsn, name="bench", size=1) as pool:
            return await _folded(pool, fold, events)

    async def floor() -> float:
        async with new_pool(fresh_stats(stage.postgres).dsn, name="bench", size=1) as pool:
            return await _folded(pool, view_of(_SOURCE).fold(), events)

    return [Result("rules", "events/s", Reach(0.5), await alternate(ours, floor))]


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

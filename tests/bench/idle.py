"""idle: what a system in which nobody does anything costs, in hundredths of a core.

Every server and worker is up and has read what there is. The floor is PostgreSQL and Kafka alone,
before any of them was started. Processor time depends little on what else the machine does.
"""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

from shared.topics import TOPICS
from tests.bench.doors import follower, grid, intake, mediation, stats, stats_worker
from tests.bench.figures import Reach, Result, Run
from tests.bench.filling import fill
from tests.bench.issuer import issuing
from tests.bench.stage import Stage, Stopwatch
from tests.bench.whole_system import cores_of
from tests.grid.doors import fresh_grid
from tests.intake.doors import fresh_intake
from tests.mediation.doors import fresh_mediation
from tests.stats.folding import fresh_stats

_CASES = 300
_PARTS = ("postgres", "kafka")
_AIM = 5


async def bench(stage: Stage) -> list[Result]:
    stage.empty_topics(*TOPICS)
    settling, seconds = stage.sized(60, 30), stage.sized(60, 20)
    await asyncio.sleep(settling)
    bare = await _shares(stage, seconds)
    with _everything(stage):
        await asyncio.sleep(settling)
        shares = await _shares(stage, seconds)
    services = sum(share for name, share in shares.items() if name not in _PARTS)
    beside = {**shares, "services": services, **{f"bare_{name}": bare[name] for name in bare}}
    runs = [Run(sum(shares.values()), sum(bare.values()))]
    return [Result("idle", "% of a core", Reach(_AIM, "at most", "ours"), runs, beside)]


async def _shares(stage: Stage, seconds: float) -> Mapping[str, float]:
    cores, watch = cores_of(stage), Stopwatch()
    await asyncio.sleep(seconds)
    return {name: spent / watch.seconds * 100 for name, spent in cores.seconds().items()}


@contextmanager
def _everything(stage: Stage) -> Iterator[None]:
    kept, gridded = fresh_intake(stage.postgres), fresh_grid(stage.postgres)
    mediated, counted = fresh_mediation(stage.postgres), fresh_stats(stage.postgres)
    fill(kept, _CASES)
    bootstrap = stage.kafka.bootstrap
    with ExitStack() as stack:
        enter = stack.enter_context
        issuer = enter(issuing(stage.port())).issuer
        enter(intake(stage, kept.dsn, issuer=issuer, bootstrap=bootstrap))
        enter(grid(stage, gridded.dsn, issuer=issuer, bootstrap=bootstrap))
        enter(mediation(stage, mediated.dsn, issuer=issuer, bootstrap=bootstrap))
        enter(stats(stage, counted.dsn, issuer=issuer))
        for service, database in (("intake", kept), ("grid", gridded), ("mediation", mediated)):
            enter(follower(stage, service, database.dsn, issuer=issuer))
        enter(stats_worker(stage, counted.dsn))
        yield

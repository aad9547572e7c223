"""Whole stores gone while everything runs."""

import asyncio
import shutil
from random import Random

import psutil

from shared.testing.waiters import eventually
from tests.chaos.faults.fault import Fault, Townships
from tests.chaos.ground import Ground

_NOTICED_SECONDS = 60.0


async def _lose_kafka(ground: Ground, _: Random, __: Townships) -> None:
    """Over when the broker has noticed: until then it acknowledges what it no longer keeps."""
    lost = await ground.pid("kafka")
    # the broker may write while we delete: what stays behind is no log folder any more
    await asyncio.to_thread(shutil.rmtree, ground.run.kafka.folder / "data", ignore_errors=True)
    await eventually(lambda: not psutil.pid_exists(lost), within=_NOTICED_SECONDS, every=0.1)


async def _drop_stats(ground: Ground, chance: Random, _: Townships) -> None:
    with ground.database("postgres") as postgres:
        postgres.execute("drop database stats with (force)")
    await asyncio.sleep(chance.uniform(1, 4))
    await ground.operate("up", "--detach")


LOST = (
    Fault(
        "delete kafka",
        "Kafka's data folder deleted while it runs",
        "the broker starts on a fresh folder with fresh topics, the relays send everything again",
        _lose_kafka,
        needs=("kafka",),
    ),
    Fault(
        "drop stats",
        "the database of stats dropped while its worker and API run",
        "`concord up` makes it anew, the worker fills it from the topics",
        _drop_stats,
        needs=("postgres",),
    ),
)

"""A full disk, below PostgreSQL and Kafka at once."""

import asyncio
from random import Random

from tests.chaos import small_disk
from tests.chaos.faults.fault import Fault, Townships
from tests.chaos.ground import Ground

_SPARE = 64 << 10
_FULL_SECONDS = 12.0


async def _fill_the_disk(ground: Ground, _: Random, __: Townships) -> None:
    place = ground.run.path.parent
    small_disk.fill(place, _SPARE)
    try:
        await asyncio.sleep(_FULL_SECONDS)
    finally:
        small_disk.empty(place)


DISK = (
    Fault(
        "disk full",
        f"no room on the disk of PostgreSQL, Kafka and logs for {_FULL_SECONDS:.0f} s",
        "commands are answered 503; both are started again until there is room",
        _fill_the_disk,
        needs_small_disk=True,
    ),
)

"""The registry in memory, by county: a command that needs it makes no query while it is fresh."""

import time
from collections.abc import Callable

from services.intake.domain.registry import Registry
from services.intake.store.registry_rows import mark_of, registry_of
from shared.county_snapshots import CountySnapshots
from shared.postgres import Pool


class RegistrySnapshots(CountySnapshots[Registry]):
    """The registries of one process."""

    def __init__(self, pool: Pool, *, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` is for tests."""
        super().__init__(clock=clock)
        self._pool = pool

    async def mark(self, county: str) -> int:
        """A number that grows with every event of the registry."""
        return await mark_of(self._pool, county)

    async def read(self, county: str) -> Registry:
        """All units and posts."""
        return await registry_of(self._pool, county)

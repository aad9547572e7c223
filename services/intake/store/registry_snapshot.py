"""The registry in memory: a county's snapshot, looked at again at most once a second.

A command that needs the registry makes no query while the last look is fresh. A look asks for one
number; only where that has grown are units and posts read again. What another process recorded is
therefore known here after a second at the latest.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from services.intake.domain.registry import Registry
from services.intake.store.registry_rows import mark_of, registry_of
from shared.divisions import county_of
from shared.postgres import Pool

EVERY = 1.0
"""Seconds between two looks."""


@dataclass(frozen=True, slots=True)
class _Seen:
    registry: Registry
    mark: int
    at: float
    """When the last look began: what was recorded later may not be in it."""


class RegistrySnapshots:
    """The snapshots of one process, by county."""

    def __init__(self, pool: Pool, *, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` is for tests."""
        self._pool, self._clock = pool, clock
        self._seen: dict[str, _Seen] = {}
        self._looking = asyncio.Lock()

    async def of(self, division: str) -> Registry:
        """The registry of the county in which the division lies."""
        county = county_of(division)
        fresh = self._fresh(county)
        if fresh is not None:
            return fresh
        async with self._looking:
            # who waited here finds what the one before has read
            fresh = self._fresh(county)
            return fresh if fresh is not None else await self._look(county)

    def forget(self, division: str) -> None:
        """Look again before the next command: this process itself has recorded something."""
        self._seen.pop(county_of(division), None)

    def _fresh(self, county: str) -> Registry | None:
        seen = self._seen.get(county)
        if seen is None or self._clock() - seen.at >= EVERY:
            return None
        return seen.registry

    async def _look(self, county: str) -> Registry:
        at, seen = self._clock(), self._seen.get(county)
        # the number first: what is recorded between the two reads is read again by the next look
        mark = await mark_of(self._pool, county)
        known = seen is not None and seen.mark == mark
        registry = seen.registry if seen and known else await registry_of(self._pool, county)
        self._seen[county] = _Seen(registry, mark, at)
        return registry

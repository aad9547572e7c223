"""What a process has in memory of each county, looked at again at most once a second.

While the last look is fresh nothing is asked. A look asks for one number; only where that has grown
is everything read again. What another process recorded is therefore known after a second at the latest.
"""

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from shared.divisions import county_of

T = TypeVar("T")

EVERY = 1.0
"""Seconds between two looks."""


@dataclass(frozen=True, slots=True)
class _Seen(Generic[T]):
    content: T
    mark: int | None
    at: float
    """When the last look began: what was recorded later may not be in it."""


class CountySnapshots(ABC, Generic[T]):
    """The snapshots of one process, by county."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` is for tests."""
        self._clock = clock
        self._seen: dict[str, _Seen[T]] = {}
        self._looking = asyncio.Lock()

    @abstractmethod
    async def mark(self, county: str) -> int | None:
        """A number that grows with every change; None where there is nothing."""

    @abstractmethod
    async def read(self, county: str) -> T:
        """All of it."""

    async def of(self, division: str) -> T:
        """What is known of the county in which the division lies."""
        county = county_of(division)
        fresh = self._fresh(county)
        if fresh is None:
            async with self._looking:
                # who waited here finds what the one before has read
                fresh = self._fresh(county) or await self._look(county)
        return fresh.content

    def forget(self, division: str) -> None:
        """Look again before the next question: this process itself has recorded something."""
        self._seen.pop(county_of(division), None)

    def _fresh(self, county: str) -> _Seen[T] | None:
        seen = self._seen.get(county)
        return None if seen is None or self._clock() - seen.at >= EVERY else seen

    async def _look(self, county: str) -> _Seen[T]:
        at, seen = self._clock(), self._seen.get(county)
        # the number first: what is recorded between the two reads is read again by the next look
        mark = await self.mark(county)
        known = seen is not None and seen.mark == mark
        content = seen.content if seen and known else await self.read(county)
        self._seen[county] = _Seen(content, mark, at)
        return self._seen[county]

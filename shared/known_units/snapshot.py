"""The known units in memory, looked at again at most once a second.

A look asks for one number; only where that has grown are units and posts read again. What intake
records is therefore known here a second after it was followed.
"""

import asyncio
import time
from collections.abc import Callable
from typing import LiteralString

from psycopg import OperationalError

from shared.known_units.concerned_units import KnownPost, KnownUnit, KnownUnits
from shared.postgres import Pool, rows, transaction

EVERY = 1.0
"""Seconds between two looks."""
_MARK: LiteralString = """
    select greatest((select max(seq) from known_unit), (select max(seq) from known_post)) as mark
"""
_UNITS: LiteralString = """
    select unit_id, of_division, code, unit_type, parent, successor from known_unit
"""
_POSTS: LiteralString = """
    select of_division, code, unit, portfolio_units, ended_on from known_post
"""


class KnownUnitsSnapshot:
    """What one process knows of a county's units and posts."""

    def __init__(self, pool: Pool, *, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` is for tests."""
        self._pool, self._clock = pool, clock
        self._looking = asyncio.Lock()
        self._at: float | None = None
        self._mark: int | None = None
        self.known = KnownUnits()
        """As of the last look; nothing before the first."""

    async def look(self, county: str) -> None:
        """Read what has changed, unless the last look is fresh."""
        if self._is_fresh():
            return
        async with self._looking:
            # who waited here finds what the one before has read
            if not self._is_fresh():
                await self._read_or_keep(county)

    async def _read_or_keep(self, county: str) -> None:
        """Keep what is known while the database does not answer; raise where nothing is.

        Whoever goes on to a record asks the same database.
        """
        at = self._clock()
        try:
            await self._read(county)
        except OperationalError:
            if self._at is None:
                raise
            self._at = at

    def _is_fresh(self) -> bool:
        return self._at is not None and self._clock() - self._at < EVERY

    async def _read(self, county: str) -> None:
        at = self._clock()
        async with transaction(self._pool, county) as connection:
            # the number first: what is written between the two reads is read again by the next look
            [found] = await rows(connection, _MARK, {})
            if found["mark"] != self._mark:
                units = await rows(connection, _UNITS, {})
                posts = await rows(connection, _POSTS, {})
                self.known = KnownUnits.of(
                    (
                        KnownUnit(
                            unit_id=each["unit_id"],
                            place=(each["of_division"], each["code"]),
                            unit_type=each["unit_type"],
                            parent=each["parent"],
                            successor=each["successor"],
                        )
                        for each in units
                    ),
                    (
                        KnownPost(
                            place=(each["of_division"], each["code"]),
                            unit=each["unit"],
                            portfolio_units=each["portfolio_units"],
                            ended_on=each["ended_on"],
                        )
                        for each in posts
                    ),
                )
        self._mark, self._at = found["mark"], at

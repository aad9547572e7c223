"""The known units in memory: what intake records is known here a second after it was followed."""

import time
from collections.abc import Callable
from typing import Any, LiteralString

from psycopg import OperationalError

from shared.county_snapshots import CountySnapshots
from shared.known_units.concerned_units import KnownPost, KnownUnit, KnownUnits
from shared.postgres import Pool, rows, transaction

_MARK: LiteralString = """
    select greatest((select max(seq) from known_unit), (select max(seq) from known_post)) as mark
"""
_UNITS: LiteralString = """
    select unit_id, of_division, code, unit_type, parent, successor from known_unit
"""
_POSTS: LiteralString = """
    select of_division, code, unit, portfolio_units, ended_on from known_post
"""


class KnownUnitsSnapshot(CountySnapshots[KnownUnits]):
    """What one process knows of its county's units and posts."""

    def __init__(self, pool: Pool, *, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` is for tests."""
        super().__init__(clock=clock)
        self._pool = pool
        self._looked = False
        self.known = KnownUnits()
        """As of the last look; nothing before the first."""

    async def look(self, county: str) -> None:
        """Read what has changed, unless the last look is fresh.

        While the database does not answer, what is known stays; where nothing is, this raises. Whoever
        goes on to a record asks the same database.
        """
        try:
            self.known, self._looked = await self.of(county), True
        except OperationalError:
            if not self._looked:
                raise

    async def mark(self, county: str) -> int | None:
        """The place of the last event that changed a row."""
        async with transaction(self._pool, county) as connection:
            [found] = await rows(connection, _MARK, {})
        return None if found["mark"] is None else int(found["mark"])

    async def read(self, county: str) -> KnownUnits:
        """All units and posts."""
        async with transaction(self._pool, county) as connection:
            units = await rows(connection, _UNITS, {})
            posts = await rows(connection, _POSTS, {})
        return KnownUnits.of(map(_unit, units), map(_post, posts))


def _unit(row: dict[str, Any]) -> KnownUnit:
    return KnownUnit(
        unit_id=row["unit_id"],
        place=(row["of_division"], row["code"]),
        unit_type=row["unit_type"],
        parent=row["parent"],
        successor=row["successor"],
    )


def _post(row: dict[str, Any]) -> KnownPost:
    return KnownPost(
        place=(row["of_division"], row["code"]),
        unit=row["unit"],
        portfolio_units=row["portfolio_units"],
        ended_on=row["ended_on"],
    )

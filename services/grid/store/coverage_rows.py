"""What coverage is made of: grids of a township, who serves them, and where patrols were done."""

from dataclasses import dataclass
from datetime import date
from typing import LiteralString

from psycopg.rows import class_row

from services.grid.domain.coverage import CoveredGrid, Time
from shared.contracts.grid_codes import GridKind
from shared.postgres import Connection, Pool, rows, transaction

_GRIDS: LiteralString = """
    select grid_code, grid_kind, valid_from, last_day from grid_board
    where division_code = %(division)s and valid_from <= %(last)s
      and (last_day is null or last_day >= %(first)s)
    order by grid_code
"""
_SERVED: LiteralString = """
    select grid_code, first_day, last_day from grid_assignment
    where division_code = %(division)s and first_day <= %(last)s
      and (last_day is null or last_day >= %(first)s)
"""
_PATROLLED: LiteralString = """
    select distinct grid_code, on_day from patrol_board
    where division_code = %(division)s and on_day >= %(first)s and on_day <= %(last)s
      and not voided
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRows:
    """The rows of one township in a period."""

    grids: list[CoveredGrid]
    served: list[Time]
    patrolled: frozenset[tuple[str, date]]


async def rows_of(pool: Pool, division: str, *, first: date, last: date) -> CoverageRows:
    """One reading of the three tables."""
    async with transaction(pool, division) as connection:
        return await rows_in(connection, division, first=first, last=last)


async def rows_in(
    connection: Connection, division: str, *, first: date, last: date
) -> CoverageRows:
    """The same on an open connection, within its scope."""
    named = {"division": division, "first": first, "last": last}
    grids = [
        CoveredGrid(**row | {"grid_kind": GridKind.of(row["grid_kind"])})
        for row in await rows(connection, _GRIDS, named)
    ]
    async with connection.cursor(row_factory=class_row(Time)) as cursor:
        await cursor.execute(_SERVED, named)
        served = await cursor.fetchall()
    done = await rows(connection, _PATROLLED, named)
    patrolled = frozenset((row["grid_code"], row["on_day"]) for row in done)
    return CoverageRows(grids=grids, served=served, patrolled=patrolled)

"""The patrol board: one row a patrol, written in the transaction that appends its events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, LiteralString

from psycopg import sql

from services.grid.domain.patrol import Patrol
from shared.board import Board, Descending, Division, Equals, Key, Moves, Unless, Within
from shared.divisions import GridCode, VillageCode, division_of, village_of
from shared.handling import Written
from shared.ledger import Statement
from shared.office.history import Days
from shared.postgres import Pool, rows, transaction

_PATROLLED: LiteralString = """
    select distinct grid_code from patrol_board
    where division_code = %(division)s and on_day = %(day)s and grid_code = any(%(grids)s)
      and not voided
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolLine:
    """A patrol as the list shows it."""

    division: Division
    patrol_id: Key[str]
    grid_code: Annotated[str, Equals(GridCode)]
    village_code: Annotated[str, Equals(VillageCode)]
    worker_ref: str
    on_day: date
    done_at: Annotated[datetime, Within(Days)]
    found: bool
    households_visited: int | None
    voided: Moves[bool]
    version: Moves[int]


PATROLS = Board(
    "patrol_board",
    shows=PatrolLine,
    filters=(Unless("voided_too", sql.SQL("not voided"), "Those that were voided as well"),),
    orders={
        "newest": Descending(
            by=("division", "done_at", "patrol_id"),
            says="township by township, the newest first",
        )
    },
)


async def patrolled_on(
    pool: Pool, division: str, day: date, grids: Sequence[str]
) -> frozenset[str]:
    """Those of the grids that were patrolled that day."""
    named = {"division": division, "day": day, "grids": list(grids)}
    async with transaction(pool, division) as connection:
        found = await rows(connection, _PATROLLED, named)
    return frozenset(row["grid_code"] for row in found)


def view_writes(written: Sequence[Written[Patrol]]) -> list[Statement]:
    """Writes the board along with events of one ledger."""
    rows = [row for each in written if (row := _row(each))]
    return PATROLS.upsert(division_of(written[0].new[0].stream_id), rows)


def _row(written: Written[Patrol]) -> dict[str, object] | None:
    done = written.state.done
    if done is None:
        return None
    return {
        "patrol_id": done.patrol_id,
        "grid_code": done.grid_code,
        "village_code": village_of(done.grid_code),
        "worker_ref": done.worker_ref,
        "on_day": done.on,
        # fixed by the first event of the stream: that of a voiding is not written
        "done_at": written.new[0].occurred_at,
        "found": done.found,
        "households_visited": done.households_visited,
        "voided": written.state.voided is not None,
        "version": written.state.version,
    }

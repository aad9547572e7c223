"""The grid board: one row a grid, and one row an assignment, written with the grid's events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from psycopg import sql

from services.grid.domain.grid import Grid
from services.grid.store import assignments, rhythm_rows
from shared.board import Ascending, Board, Computed, Division, Equals, Flag, Key, Moves, Where
from shared.contracts.grid_codes import GridKind
from shared.divisions import GridCode, Identifier, VillageCode, division_of, village_of
from shared.handling import Written
from shared.ledger import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class GridLine:
    """A grid as the list shows it."""

    division: Division
    grid_id: Key[str]
    grid_code: Annotated[str, Equals(GridCode)]
    village_code: Annotated[str, Equals(VillageCode)]
    name: Annotated[
        str | None,
        Computed(
            "select coalesce("
            "(select name from corrected_place_name as named"
            " where named.division_code = grid_board.division_code"
            " and named.code = grid_board.grid_code and named.digest = grid_board.title_digest),"
            " (select name from place_name as named"
            " where named.division_code = grid_board.division_code"
            " and named.code = grid_board.grid_code))"
        ),
    ]
    grid_kind: Annotated[Moves[str], Equals(GridKind)]
    within: str | None
    boundary_digest: Moves[str | None]
    valid_from: Moves[date]
    last_day: Moves[date | None]
    ended_how: Moves[str | None]
    successors: Moves[list[str]]
    version: Moves[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow(GridLine):
    """A grid as the table has it: also under which digest its corrected name is kept."""

    title_digest: Moves[str | None]


GRIDS = Board(
    "grid_board",
    shows=GridLine,
    keeps=GridRow,
    filters=(
        Flag("undissolved", sql.SQL("last_day is null"), "Those that are not dissolved"),
        Where(
            "worker_id",
            Identifier,
            "exists (select from grid_assignment as served"
            " where served.division_code = grid_board.division_code"
            " and served.grid_id = grid_board.grid_id and served.worker_id = %(worker_id)s"
            " and (served.last_day is null or served.last_day >= served.first_day))",
        ),
    ),
    orders={"code": Ascending(by=("division", "grid_code"), says="by their codes")},
)


def view_writes(written: Sequence[Written[Grid]]) -> list[Statement]:
    """Writes the board and who serves, along with events of one ledger."""
    rows = [row for each in written if (row := _row(each.state))]
    division = division_of(written[0].new[0].stream_id)
    return [
        *GRIDS.upsert(division, rows),
        *assignments.view_writes(division, written),
        *rhythm_rows.beginning(written),
    ]


def _row(grid: Grid) -> dict[str, object] | None:
    defined, dissolved = grid.defined, grid.dissolved
    if defined is None:
        return None
    return {
        "grid_id": defined.grid_id,
        "grid_code": defined.grid_code,
        "village_code": village_of(defined.grid_code),
        "title_digest": grid.title_digest,
        "grid_kind": defined.grid_kind,
        "within": defined.within,
        "boundary_digest": grid.boundary_digest,
        "valid_from": defined.valid_from,
        "last_day": dissolved and dissolved.last_day,
        "ended_how": dissolved and dissolved.how,
        "successors": dissolved.successors if dissolved else (),
        "version": grid.version,
    }

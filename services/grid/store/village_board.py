"""The village board: one row a village, written in the transaction that appends its events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from psycopg import sql

from services.grid.domain.village import Village
from shared.board import Ascending, Board, Computed, Division, Equals, Flag, Key, Moves
from shared.contracts.grid_codes import VillageKind
from shared.divisions import VillageCode, division_of
from shared.handling import Written
from shared.ledger import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageLine:
    """A village as the list shows it."""

    division: Division
    village_id: Key[str]
    village_code: Annotated[str, Equals(VillageCode)]
    name: Annotated[
        str | None,
        Computed(
            "select coalesce("
            "(select name from corrected_place_name as named"
            " where named.division_code = village_board.division_code"
            " and named.code = village_board.village_code and named.digest = village_board.title_digest),"
            " (select name from place_name as named"
            " where named.division_code = village_board.division_code"
            " and named.code = village_board.village_code))"
        ),
    ]
    village_kind: Annotated[Moves[str], Equals(VillageKind)]
    valid_from: Moves[date]
    last_day: Moves[date | None]
    ended_how: Moves[str | None]
    successors: Moves[list[str]]
    version: Moves[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageRow(VillageLine):
    """A village as the table has it: also under which digest its corrected name is kept."""

    title_digest: Moves[str | None]


VILLAGES = Board(
    "village_board",
    shows=VillageLine,
    keeps=VillageRow,
    filters=(Flag("undissolved", sql.SQL("last_day is null"), "Those that are not dissolved"),),
    orders={"code": Ascending(by=("division", "village_code"), says="by their codes")},
)


def view_writes(written: Sequence[Written[Village]]) -> list[Statement]:
    """Writes the board along with events of one ledger."""
    rows = [row for each in written if (row := _row(each.state))]
    return VILLAGES.upsert(division_of(written[0].new[0].stream_id), rows)


def _row(village: Village) -> dict[str, object] | None:
    registered, dissolved = village.registered, village.dissolved
    if registered is None:
        return None
    return {
        "village_id": registered.village_id,
        "village_code": registered.village_code,
        "title_digest": village.title_digest,
        "village_kind": registered.village_kind,
        "valid_from": registered.valid_from,
        "last_day": dissolved and dissolved.last_day,
        "ended_how": dissolved and dissolved.how,
        "successors": dissolved.successors if dissolved else (),
        "version": village.version,
    }

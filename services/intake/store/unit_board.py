"""The units of a county: one row a unit, written in the transaction that appends its events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from psycopg import sql

from services.intake.domain.units import UnitFile
from shared.board import Ascending, Board, Equals, Key, Moves, Named, Unless
from shared.contracts.unit_codes import UnitType
from shared.contracts.words import UnitRef
from shared.divisions import ScopeCode, division_of
from shared.handling import Written
from shared.ledger import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """A unit as the list shows it."""

    county: Annotated[str, Named("division_code")]
    """The ledger in which it is registered."""
    unit_id: Key[str]
    division: Annotated[str, Named("of_division"), Equals(ScopeCode)]
    """The township or county whose unit it is."""
    code: Annotated[str, Equals(UnitRef)]
    unit_type: Annotated[Moves[str], Equals(UnitType)]
    title: Moves[str]
    parent: Moves[str | None]
    valid_from: Moves[date]
    ended_on: Moves[date | None]
    end_why: Moves[str | None]
    successor: Moves[str | None]
    leaves_open: Moves[bool | None]
    version: Moves[int]


UNITS = Board(
    "unit_board",
    shows=UnitLine,
    filters=(Unless("ended", sql.SQL("ended_on is null"), "Those that have ended as well"),),
    orders={"registration": Ascending(by=("county", "unit_id"), says="as they were registered")},
)


def view_writes(written: Sequence[Written[UnitFile]]) -> list[Statement]:
    """Writes the board along with events of one ledger."""
    rows = [row for each in written if (row := _row(each.state))]
    return UNITS.upsert(division_of(written[0].new[0].stream_id), rows)


def _row(unit: UnitFile) -> dict[str, object] | None:
    registered, ended = unit.registered, unit.ended
    if registered is None:
        return None
    return {
        "unit_id": registered.unit_id,
        "of_division": registered.division,
        "code": registered.code,
        "unit_type": registered.unit_type,
        "title": registered.title,
        "parent": registered.parent,
        "valid_from": registered.valid_from,
        "ended_on": ended and ended.on,
        "end_why": ended and ended.why,
        "successor": ended and ended.successor,
        "leaves_open": ended and ended.leaves_open,
        "version": unit.version,
    }

"""Visits to higher levels that were reported back: one row a report, by day alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from psycopg import sql

from services.intake.domain.higher_visit import HigherVisit
from shared.board import Board, Descending, Division, Equals, Key, Moves, Unless
from shared.contracts.higher_visit_codes import VisitedLevel
from shared.divisions import division_of
from shared.handling import Written
from shared.ledger import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class HigherVisitLine:
    """A report as the list shows it."""

    division: Division
    higher_visit_id: Key[str]
    visited: Annotated[str, Equals(VisitedLevel)]
    on_day: date
    batches: int
    person_times: int
    past_next_office: bool
    voided: Moves[bool]
    version: Moves[int]


HIGHER_VISITS = Board(
    "higher_visit_board",
    shows=HigherVisitLine,
    filters=(Unless("voided_too", sql.SQL("not voided"), "Those that are void as well"),),
    orders={
        "newest": Descending(
            by=("division", "on_day", "higher_visit_id"),
            says="township by township, the latest day first",
        )
    },
)


def view_writes(written: Sequence[Written[HigherVisit]]) -> list[Statement]:
    """Writes the board along with events of one ledger."""
    rows = [row for each in written if (row := _row(each.state))]
    return HIGHER_VISITS.upsert(division_of(written[0].new[0].stream_id), rows)


def _row(visit: HigherVisit) -> dict[str, object] | None:
    reported = visit.reported
    if reported is None:
        return None
    return {
        "higher_visit_id": reported.higher_visit_id,
        "visited": reported.visited,
        "on_day": reported.on,
        "batches": reported.batches,
        "person_times": reported.person_times,
        "past_next_office": reported.past_next_office,
        "voided": visit.voided is not None,
        "version": visit.version,
    }

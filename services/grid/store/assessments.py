"""Monthly assessments: one row a month of which one was held or missed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.grid.domain.assessment import Assessment
from shared.board import Board, Descending, Division, Key, Moves
from shared.divisions import division_of
from shared.handling import Written
from shared.ledger import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentLine:
    """A month as the list shows it."""

    division: Division
    assessment_id: Key[str]
    month: str
    held: Moves[int]
    last_on: Moves[date | None]
    missed: Moves[bool]
    version: Moves[int]


ASSESSMENTS = Board(
    "assessment_board",
    shows=AssessmentLine,
    orders={
        "newest": Descending(
            by=("division", "month", "assessment_id"),
            says="township by township, the newest first",
        )
    },
)


def view_writes(written: Sequence[Written[Assessment]]) -> list[Statement]:
    """Writes the board along with events of one ledger."""
    rows = [row for each in written if (row := _row(each.state))]
    return ASSESSMENTS.upsert(division_of(written[0].new[0].stream_id), rows)


def _row(assessment: Assessment) -> dict[str, object] | None:
    known = assessment.held[0] if assessment.held else assessment.missed
    if known is None:
        return None
    return {
        "assessment_id": known.assessment_id,
        "month": known.month,
        "held": len(assessment.held),
        "last_on": assessment.last_on,
        "missed": assessment.missed is not None,
        "version": assessment.version,
    }

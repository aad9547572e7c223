"""Weekly reports: one row a week that was filed or missed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.grid.domain.weekly_report import WeeklyReport
from shared.board import Board, Descending, Division, Key, Moves
from shared.divisions import division_of
from shared.handling import Written
from shared.ledger import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyReportLine:
    """A week as the list shows it."""

    division: Division
    weekly_report_id: Key[str]
    week: str
    filed_at: Moves[datetime | None]
    missed: Moves[bool]
    version: Moves[int]


WEEKLY_REPORTS = Board(
    "weekly_report_board",
    shows=WeeklyReportLine,
    orders={
        "newest": Descending(
            by=("division", "week", "weekly_report_id"),
            says="township by township, the newest first",
        )
    },
)


def view_writes(written: Sequence[Written[WeeklyReport]]) -> list[Statement]:
    """Writes the board along with events of one ledger."""
    rows = [row for each in written if (row := _row(each.state))]
    return WEEKLY_REPORTS.upsert(division_of(written[0].new[0].stream_id), rows)


def _row(report: WeeklyReport) -> dict[str, object] | None:
    known = report.filed or report.missed
    if known is None:
        return None
    return {
        "weekly_report_id": known.weekly_report_id,
        "week": known.week,
        "filed_at": report.filed_at,
        "missed": report.missed is not None,
        "version": report.version,
    }

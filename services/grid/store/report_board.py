"""The report board: one row a report, written in the transaction that appends its events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from services.grid.domain.report import Report, ReportState
from services.grid.domain.report.report_file import OPEN_STATES
from services.grid.store import report_terms
from shared.board import (
    Ascending,
    Board,
    Descending,
    Division,
    Equals,
    Flag,
    Key,
    Moves,
    Within,
    among,
)
from shared.contracts.case_codes import Category
from shared.contracts.report_codes import (
    ConvertedTo,
    LadderLevel,
    ReportCategory,
    ReportSource,
    ReportTopic,
    Urgency,
)
from shared.contracts.words import UnitRef
from shared.divisions import GridCode, Identifier, VillageCode, division_of, village_of
from shared.handling import Written
from shared.ledger import Statement
from shared.office.history import Days


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """A report as the list shows it: nothing of what was said, and nobody of whom."""

    division: Division
    report_id: Key[str]
    matter_id: Annotated[str, Equals(Identifier)]
    state: Annotated[Moves[str], Equals(ReportState)]
    level: Annotated[Moves[str], Equals(LadderLevel)]
    category: Annotated[str, Equals(ReportCategory)]
    topic: Annotated[str, Equals(ReportTopic)]
    matter_category: Annotated[str, Equals(Category)]
    urgency: Annotated[str, Equals(Urgency)]
    source: Annotated[str, Equals(ReportSource)]
    grid_code: Annotated[str, Equals(GridCode)]
    village_code: Annotated[str, Equals(VillageCode)]
    submitted_at: Annotated[datetime, Within(Days)]
    to_unit: Annotated[Moves[str | None], Equals(UnitRef)]
    on_site: Moves[bool | None]
    result: Moves[str | None]
    converted_to: Annotated[Moves[str | None], Equals(ConvertedTo)]
    """To what it was converted last, and under which id that is found."""
    record_id: Moves[str | None]
    outcome: Moves[str | None]
    """What was noted last of that record."""
    due_at: Moves[datetime | None]
    """By when the step is due that goes on."""
    missed: Moves[int]
    version: Moves[int]


OPEN = Flag(
    "open",
    among("state", *OPEN_STATES),
    "Only reports that go on: neither rejected nor closed",
)
REPORTS = Board(
    "report_board",
    shows=ReportLine,
    filters=(OPEN,),
    orders={
        "newest": Descending(
            by=("division", "submitted_at", "report_id"),
            says="township by township, the newest first",
        ),
        "due": Ascending(
            by=("due_at", "report_id"),
            only=OPEN,
            says="only open ones, the soonest due first, those without a term last",
        ),
    },
)


def view_writes(written: Sequence[Written[Report]]) -> list[Statement]:
    """Writes the board, and a due row for each term, along with events of one ledger."""
    rows = [row for each in written if (row := _row(each))]
    division = division_of(written[0].new[0].stream_id)
    return [*REPORTS.upsert(division, rows), *report_terms.rows_for(written)]


def _row(written: Written[Report]) -> dict[str, object] | None:
    report = written.state
    submitted = report.submitted
    if submitted is None:
        return None
    return {
        **_converted(report),
        "report_id": submitted.report_id,
        "matter_id": submitted.matter_id,
        "state": report.state,
        "level": report.level,
        "category": submitted.category,
        "topic": submitted.topic,
        "matter_category": submitted.matter_category,
        "urgency": submitted.urgency,
        "source": submitted.source,
        "grid_code": submitted.grid_code,
        "village_code": village_of(submitted.grid_code),
        # fixed by the first event of the stream: those of later ones are not written
        "submitted_at": written.new[0].occurred_at,
        "to_unit": report.to_unit,
        "on_site": report.handled and report.handled.on_site,
        "result": report.handled and report.handled.result,
        "due_at": report.term and report.term.due_at,
        "missed": report.missed,
        "version": report.version,
    }


def _converted(report: Report) -> dict[str, object]:
    last, note = report.conversions[-1:], report.last_note
    return {
        "converted_to": last[0].fact.to if last else None,
        "record_id": note.record_id if note else last[0].record_id if last else None,
        "outcome": note and note.outcome,
    }

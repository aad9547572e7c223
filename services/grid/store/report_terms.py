"""The terms of reports as due rows: each is put with the event that begins it.

A row whose step was done in time has no effect; so a term is never moved or cancelled.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from services.grid.domain.report import Report
from shared.contracts.event import Event
from shared.contracts.grid_reports import (
    GridReportEscalated,
    GridReportOutcomeNoted,
    GridReportSubmitted,
    StepBegun,
)
from shared.divisions import division_of
from shared.due import DueRow, put
from shared.handling import Written
from shared.ledger import NewEvent, Statement

_OF_A_LEVEL = GridReportSubmitted | GridReportEscalated | GridReportOutcomeNoted
"""Events with which the time of a level begins."""
STEP_KIND, LEVEL_KIND = "report-step", "report-level"


def rows_for(written: Sequence[Written[Report]]) -> list[Statement]:
    """What puts the rows of the terms that begin with these events."""
    rows = [
        row
        for each in written
        for event, new in zip(each.events, each.new, strict=True)
        for row in _rows(event, new)
    ]
    return [put(rows)] if rows else []


def _rows(event: Event, new: NewEvent) -> Iterator[DueRow]:
    if isinstance(event, StepBegun) and event.due_at is not None:
        yield _row(STEP_KIND, new, event.due_at)
    if isinstance(event, _OF_A_LEVEL) and event.level_due_at:
        yield _row(LEVEL_KIND, new, event.level_due_at)


def _row(kind: str, new: NewEvent, due_at: datetime) -> DueRow:
    return DueRow(
        division=division_of(new.stream_id),
        kind=kind,
        key=new.event_id,
        due_at=due_at,
        payload={"report_id": new.stream_id},
        causation_id=new.event_id,
    )

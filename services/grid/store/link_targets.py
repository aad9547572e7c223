"""A record to which signals are linked was rejected or voided, or counts with another matter: a due
row, due at once, which is put with the event that says so.

A signal that is linked meanwhile is found as well: the row is handled after the record says so.
"""

from collections.abc import Sequence
from datetime import datetime

from services.grid.domain.report import Report
from shared.cloudevents import RecordedEvent
from shared.contracts.case_handling_codes import FilingFact
from shared.contracts.event import Event
from shared.contracts.grid_reports import GridReportMatterMoved, GridReportRejected
from shared.contracts.intake import FilingCorrected, FilingVoided
from shared.contracts.signal_codes import LinkedTo
from shared.divisions import division_of
from shared.due import DueRow, put
from shared.handling import Written
from shared.ledger import Statement
from shared.postgres import Connection

KIND = "link-target"


async def of_case(_: Connection, recorded: RecordedEvent, event: Event) -> Sequence[DueRow]:
    """The row of a case that is void, or counts with another matter."""
    match event:
        case FilingVoided(case_id=case_id):
            pass
        case FilingCorrected(case_id=case_id) if FilingFact.REPEAT_OF in event.changed:
            pass
        case _:
            return ()
    return [_row(LinkedTo.CASE, case_id, recorded.event_id, recorded.occurred_at)]


def rows_for(written: Sequence[Written[Report]]) -> list[Statement]:
    """What puts the rows of reports that are rejected, or count with another matter."""
    rows = [
        _row(LinkedTo.REPORT, new.stream_id, new.event_id, new.occurred_at)
        for each in written
        for event, new in zip(each.events, each.new, strict=True)
        if isinstance(event, GridReportRejected | GridReportMatterMoved)
    ]
    return [put(rows)] if rows else []


def _row(kind: LinkedTo, record_id: str, event_id: str, at: datetime) -> DueRow:
    return DueRow(
        division=division_of(record_id),
        kind=KIND,
        key=event_id,
        due_at=at,
        payload={"target": kind.value, "id": record_id},
        causation_id=event_id,
    )

"""What the answer to an order means for the report from which it was opened: a due row, due at once."""

from collections.abc import Iterator, Sequence

from services.grid.domain.signal import Signal
from services.grid.domain.signal.outcome import outcome_of
from shared.contracts.report_codes import ReportOutcome
from shared.contracts.signals import WorkOrderAnswered, WorkOrderVoided
from shared.divisions import division_of
from shared.due import DueRow, put
from shared.handling import Written
from shared.ledger import NewEvent, Statement

KIND = "order-outcome"


def rows_for(written: Sequence[Written[Signal]]) -> list[Statement]:
    """What puts the rows of the orders that these events answer or void."""
    rows = [row for each in written for row in _rows(each)]
    return [put(rows)] if rows else []


def rows_of_conversion(signal: Signal, converted: Sequence[NewEvent]) -> list[Statement]:
    """What puts the row of a report that is converted to an order which is answered already."""
    if signal.answered is None or not converted:
        return []
    return [put([_row(signal, signal.answered, converted[0])])]


def _rows(written: Written[Signal]) -> Iterator[DueRow]:
    opened = written.state.opened
    if opened is None or opened.report_id is None:
        return
    for event, new in zip(written.events, written.new, strict=True):
        if isinstance(event, WorkOrderAnswered | WorkOrderVoided):
            yield _row(written.state, event, new)


def _row(signal: Signal, ended: WorkOrderAnswered | WorkOrderVoided, cause: NewEvent) -> DueRow:
    report_id = signal.opened and signal.opened.report_id
    return DueRow(
        division=division_of(cause.stream_id),
        kind=KIND,
        key=cause.event_id,
        due_at=cause.occurred_at,
        payload={
            "report_id": report_id,
            "order_id": ended.order_id,
            "outcome": _outcome(ended).value,
        },
        causation_id=cause.event_id,
    )


def _outcome(ended: WorkOrderAnswered | WorkOrderVoided) -> ReportOutcome:
    if isinstance(ended, WorkOrderVoided):
        return ReportOutcome.VOIDED
    return outcome_of(ended.result)

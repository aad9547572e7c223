"""What the answer to an order means for the report from which it was opened: a due row, due at once."""

from collections.abc import Iterator, Sequence

from services.grid.domain.signal import Signal
from services.grid.domain.signal.outcome import outcome_of
from shared.contracts.signals import WorkOrderAnswered
from shared.divisions import division_of
from shared.due import DueRow, put
from shared.handling import Written
from shared.ledger import NewEvent, Statement

KIND = "order-outcome"


def rows_for(written: Sequence[Written[Signal]]) -> list[Statement]:
    """What puts the rows of the orders that these events answer."""
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
        if isinstance(event, WorkOrderAnswered):
            yield _row(written.state, event, new)


def _row(signal: Signal, answered: WorkOrderAnswered, cause: NewEvent) -> DueRow:
    report_id = signal.opened and signal.opened.report_id
    return DueRow(
        division=division_of(cause.stream_id),
        kind=KIND,
        key=cause.event_id,
        due_at=cause.occurred_at,
        payload={
            "report_id": report_id,
            "order_id": answered.order_id,
            "outcome": outcome_of(answered.result).value,
        },
        causation_id=cause.event_id,
    )

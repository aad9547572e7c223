"""What the answer to an order means for the report from which it was opened: a due row, due at once."""

from collections.abc import Iterator, Sequence

from services.grid.domain.signal import Signal
from services.grid.domain.signal.outcome import outcome_of
from shared.contracts.signals import WorkOrderAnswered
from shared.divisions import division_of
from shared.due import DueRow, put
from shared.handling import Written
from shared.ledger import Statement

KIND = "order-outcome"


def rows_for(written: Sequence[Written[Signal]]) -> list[Statement]:
    """What puts the rows of the orders that these events answer."""
    rows = [row for each in written for row in _rows(each)]
    return [put(rows)] if rows else []


def _rows(written: Written[Signal]) -> Iterator[DueRow]:
    opened = written.state.opened
    if opened is None or opened.report_id is None:
        return
    for event, new in zip(written.events, written.new, strict=True):
        if isinstance(event, WorkOrderAnswered):
            yield DueRow(
                division=division_of(new.stream_id),
                kind=KIND,
                key=new.event_id,
                due_at=new.occurred_at,
                payload={
                    "report_id": opened.report_id,
                    "order_id": opened.order_id,
                    "outcome": outcome_of(event.result).value,
                },
                causation_id=new.event_id,
            )

"""The days in which a receiver may object, as due rows: the matter is taken when they are over."""

from datetime import datetime

from shared.divisions import division_of
from shared.due import DueRow, put
from shared.ledger import Statement

KIND = "remit"


def row_for(
    case_id: str, *, due_at: datetime, correlation_id: str | None, causation_id: str
) -> Statement:
    """What puts the row of a receiver's case; `causation_id` is the event that passed it on."""
    row = DueRow(
        division=division_of(case_id),
        kind=KIND,
        key=case_id,
        due_at=due_at,
        payload={"case_id": case_id},
        correlation_id=correlation_id,
        causation_id=causation_id,
    )
    return put([row])

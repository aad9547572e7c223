"""Stated withdrawals as due rows: each falls due when the days to take it back are over."""

from collections.abc import Sequence
from datetime import datetime

from shared.contracts.case_handling import WithdrawalStated
from shared.divisions import division_of
from shared.due import DueRow, put
from shared.ledger import NewEvent, Statement

KIND = "withdrawal"


def rows_for(
    new: Sequence[NewEvent], *, takes_effect_at: datetime, correlation_id: str | None
) -> list[Statement]:
    """What puts the row of a withdrawal among these events."""
    return [
        put(
            [
                DueRow(
                    division=division_of(each.stream_id),
                    kind=KIND,
                    key=each.event_id,
                    due_at=takes_effect_at,
                    payload={"case_id": each.stream_id},
                    correlation_id=correlation_id,
                    causation_id=each.event_id,
                )
            ]
        )
        for each in new
        if each.kind == WithdrawalStated.kind
    ]

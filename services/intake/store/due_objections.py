"""Objections that a sender has not decided, as due rows: they go to the common superior then."""

from collections.abc import Sequence
from datetime import datetime

from shared.contracts.transfers import RemitObjected
from shared.divisions import division_of
from shared.due import DueRow, put
from shared.ledger import NewEvent, Statement

KIND = "objection"


def rows_for(
    new: Sequence[NewEvent], *, decided_by: datetime, correlation_id: str | None
) -> list[Statement]:
    """What puts the row of an objection among these events."""
    rows = [
        DueRow(
            division=division_of(each.stream_id),
            kind=KIND,
            key=each.event_id,
            due_at=decided_by,
            payload={"case_id": each.stream_id},
            correlation_id=correlation_id,
            causation_id=each.event_id,
        )
        for each in new
        if each.kind == RemitObjected.kind
    ]
    return [put(rows)] if rows else []

"""Copies of an erased file in other ledgers, as a due row of the ledger in which it was erased."""

from collections.abc import Sequence
from datetime import datetime

from shared.divisions import division_of
from shared.due import DueRow, put
from shared.ledger import Statement
from shared.office.erasing import Erasing

KIND = "erase-copies"


def row_for(
    asked: Erasing, *, homes: Sequence[str], due_at: datetime, correlation_id: str | None
) -> Statement:
    """What puts the row; it names the matters, and whoever is erased by a random reference only."""
    row = DueRow(
        division=division_of(asked.person_ref),
        kind=KIND,
        key=asked.person_ref,
        due_at=due_at,
        payload={"homes": list(homes), "reason": asked.reason, "by_role": asked.by_role},
        correlation_id=correlation_id,
    )
    return put([row])

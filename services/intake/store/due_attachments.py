"""Files of a case whose matter was passed on, as a due row of the receiver's ledger."""

from collections.abc import Sequence
from datetime import datetime

from shared.contracts.case_handling import AttachmentAdded
from shared.divisions import division_of
from shared.due import DueRow, put
from shared.ledger import Statement

KIND = "copy-attachments"


def row_for(
    case_id: str,
    attached: Sequence[AttachmentAdded],
    *,
    due_at: datetime,
    correlation_id: str | None,
    causation_id: str,
) -> list[Statement]:
    """What puts the row, where there are files; each is named by its case and digest."""
    if not attached:
        return []
    row = DueRow(
        division=division_of(case_id),
        kind=KIND,
        key=case_id,
        due_at=due_at,
        payload={
            "case_id": case_id,
            "attached": [[each.case_id, each.digest, each.of.value] for each in attached],
        },
        correlation_id=correlation_id,
        causation_id=causation_id,
    )
    return [put([row])]

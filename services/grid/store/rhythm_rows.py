"""The due rows of weekly reports and assessments: one begins a township, and each puts the next.

A township begins with the first grid that is recorded, whenever that was valid: what a backfill states
of earlier years is not missed.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString

from services.grid.domain.grid import Grid
from shared.contracts.grid import GridDefined, GridWorkerAssigned
from shared.divisions import division_of
from shared.due import DueRow, put
from shared.handling import Written
from shared.ledger import Statement
from shared.postgres import Pool, rows, transaction

KIND = "rhythm"
BEGIN = "begin"
_RECORDED: LiteralString = """
    select recorded_at from event
    where division_code = %(division)s and event_id = %(event_id)s
"""


def beginning(written: Sequence[Written[Grid]]) -> list[Statement]:
    """Puts the township's first row, which is there already but for the first grid."""
    for each in written:
        for event, new in zip(each.events, each.new, strict=True):
            if isinstance(event, GridDefined | GridWorkerAssigned):
                row = DueRow(
                    division=division_of(new.stream_id),
                    kind=KIND,
                    key=BEGIN,
                    due_at=new.occurred_at,
                    causation_id=new.event_id,
                )
                return [put([row])]
    return []


async def recorded_at(pool: Pool, row: DueRow) -> datetime | None:
    """When the event was recorded with which the row was put; None for a row without one."""
    named = {"division": row.division, "event_id": row.causation_id}
    async with transaction(pool, row.division) as connection:
        found = await rows(connection, _RECORDED, named)
    return found[0]["recorded_at"] if found else None

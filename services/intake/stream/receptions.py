"""A scheduled reception is missed by itself: its due row records it, unless it is on record."""

from collections.abc import Callable
from datetime import datetime

from services.intake.domain.reception_policy import RECEPTIONS
from services.intake.domain.receptions import (
    RECEPTION,
    MissReception,
    ReceptionCommand,
)
from services.intake.store import reception_board
from services.intake.store.due_receptions import KIND
from shared.due import DueRow, DueRunner
from shared.due.commands import DueCommand, commands_when_due
from shared.ledger import Ledger

SERVICE = "intake"


def missing_receptions(
    ledger: Ledger, *, county: str, now: Callable[[], datetime | None] = lambda: None
) -> DueRunner:
    """Records what was not held by its day; any number of processes may run one."""
    return commands_when_due(
        ledger,
        RECEPTION,
        reception_board.view_writes,
        _missed,
        service=SERVICE,
        county=county,
        kind=KIND,
        now=now,
    )


def _missed(row: DueRow) -> DueCommand[ReceptionCommand]:
    command = MissReception(due_at=row.due_at, policy_version=RECEPTIONS.version)
    return DueCommand(stream_id=row.key, command=command)

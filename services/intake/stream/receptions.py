"""A scheduled reception is missed by itself: its due row records it, unless it is on record."""

from collections.abc import Callable
from datetime import datetime

from services.intake.domain.reception_policy import RECEPTIONS
from services.intake.domain.receptions import (
    RECEPTION,
    MissReception,
    ReceptionCommand,
    ReceptionFile,
)
from services.intake.store import reception_board
from services.intake.store.due_receptions import KIND
from shared.due import DueRow, DueRunner
from shared.due.commands import DueCommand, DueCommandsInBulk
from shared.handling import Handling
from shared.ledger import Ledger

SERVICE = "intake"


def missing_receptions(
    ledger: Ledger, *, county: str, now: Callable[[], datetime | None] = lambda: None
) -> DueRunner:
    """Records what was not held by its day; any number of processes may run one."""
    receptions: Handling[ReceptionCommand, ReceptionFile] = Handling(
        ledger=ledger,
        decider=RECEPTION,
        answer=lambda _: None,
        view_writes=reception_board.view_writes,
    )
    handler = DueCommandsInBulk(
        handling=receptions, command_of=_missed, service=SERVICE, county=county
    )
    return DueRunner(
        ledger.pool, handler.handle, service=SERVICE, county=county, kind=KIND, now=now
    )


def _missed(row: DueRow) -> DueCommand[ReceptionCommand]:
    command = MissReception(due_at=row.due_at, policy_version=RECEPTIONS.version)
    return DueCommand(stream_id=row.key, command=command)

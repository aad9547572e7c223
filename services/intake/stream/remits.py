"""The days to object are over: the receiver of a matter holds it, by a due row of its case."""

from collections.abc import Callable
from datetime import datetime

from services.intake.domain.case import CASE, CaseCommand
from services.intake.domain.case.remit import LapseRemit
from services.intake.store import case_board
from services.intake.store.due_remits import KIND
from shared.due import DueRow, DueRunner
from shared.due.commands import DueCommand, commands_when_due
from shared.ledger import Ledger

SERVICE = "intake"


def lapsing_remits(
    ledger: Ledger, *, county: str, now: Callable[[], datetime | None] = lambda: None
) -> DueRunner:
    """Takes what nobody objected to in time; any number of processes may run one."""
    return commands_when_due(
        ledger,
        CASE,
        case_board.view_writes,
        _lapse,
        service=SERVICE,
        county=county,
        kind=KIND,
        now=now,
    )


def _lapse(row: DueRow) -> DueCommand[CaseCommand]:
    return DueCommand(stream_id=row.payload["case_id"], command=LapseRemit())

"""A stated withdrawal takes effect by itself: its due row becomes the end of the case.

The end happens at the moment in which the days were over, however late it is recorded. Where the
withdrawal was taken back, or the case came to another end before, the row has no effect.
"""

from collections.abc import Callable
from datetime import datetime

from services.intake.domain.case import CASE, CaseCommand, CaseFile
from services.intake.domain.case.withdrawal import EndStatedWithdrawal
from services.intake.store import case_board
from services.intake.store.due_withdrawals import KIND
from shared.due import DueRow, DueRunner
from shared.due.commands import DueCommand, DueCommandsInBulk
from shared.handling import Handling
from shared.ledger import Ledger

SERVICE = "intake"


def ending_withdrawals(
    ledger: Ledger, *, county: str, now: Callable[[], datetime | None] = lambda: None
) -> DueRunner:
    """Ends the cases whose withdrawal takes effect; any number of processes may run one."""
    return DueRunner(
        ledger.pool,
        ends_of(ledger, county).handle,
        service=SERVICE,
        county=county,
        kind=KIND,
        now=now,
    )


def ends_of(ledger: Ledger, county: str) -> DueCommandsInBulk[CaseCommand, CaseFile]:
    """The handler of the rows."""
    cases: Handling[CaseCommand, CaseFile] = Handling(
        ledger=ledger, decider=CASE, answer=lambda _: None, view_writes=case_board.view_writes
    )
    return DueCommandsInBulk(handling=cases, command_of=_end_of, service=SERVICE, county=county)


def _end_of(row: DueRow) -> DueCommand[CaseCommand]:
    return DueCommand(
        stream_id=row.payload["case_id"], command=EndStatedWithdrawal(statement_id=row.key)
    )

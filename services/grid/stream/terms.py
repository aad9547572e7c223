"""Terms of reports that are over: a due row becomes a command, which has no effect where the step
was done in time.

It happens at the moment in which the term was over, however late it is recorded.
"""

from collections.abc import Callable
from datetime import datetime

from services.grid.domain.report import REPORT, Report, ReportCommand
from services.grid.domain.report.escalating import MissTerm, StepUp
from services.grid.domain.report.terms import TermsPolicy
from services.grid.store import report_board
from services.grid.store.report_terms import LEVEL_KIND, STEP_KIND
from shared.due import DueRow, DueRunner
from shared.due.commands import DueCommand, DueCommandsInBulk
from shared.handling import Handling
from shared.ledger import Ledger

SERVICE = "grid"
Now = Callable[[], datetime | None]


def runners(
    ledger: Ledger, *, county: str, policy: TermsPolicy, now: Now = lambda: None
) -> tuple[DueRunner, ...]:
    """One runner for the terms of steps, one for those of levels; any number of processes may run."""
    return tuple(
        DueRunner(
            ledger.pool,
            handler_of(kind, ledger, county=county, policy=policy).handle,
            service=SERVICE,
            county=county,
            kind=kind,
            now=now,
        )
        for kind in (STEP_KIND, LEVEL_KIND)
    )


def handler_of(
    kind: str, ledger: Ledger, *, county: str, policy: TermsPolicy
) -> DueCommandsInBulk[ReportCommand, Report]:
    """The handler of the rows of that kind."""
    reports: Handling[ReportCommand, Report] = Handling(
        ledger=ledger,
        decider=REPORT,
        answer=lambda _: None,
        view_writes=report_board.view_writes,
    )

    def command_of(row: DueRow) -> DueCommand[ReportCommand]:
        command: ReportCommand = (
            MissTerm(began_with=row.key)
            if kind == STEP_KIND
            else StepUp(began_with=row.key, policy=policy)
        )
        return DueCommand(stream_id=row.payload["report_id"], command=command)

    return DueCommandsInBulk(
        handling=reports, command_of=command_of, service=SERVICE, county=county
    )

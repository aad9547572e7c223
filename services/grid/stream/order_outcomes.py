"""Notes on a report what became of the work order to which it was converted.

The order is grid's own record: its answer puts a due row, which becomes the note. Where the order was
answered before its report is converted to it, the conversion puts that row.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from services.grid.domain.report import REPORT, Report, ReportCommand
from services.grid.domain.report.conversion import COMES_BACK
from services.grid.domain.report.converting import noting
from services.grid.domain.report.terms import TermsPolicy
from services.grid.store import report_board
from services.grid.store.order_outcomes import KIND
from shared.contracts.report_codes import ReportOutcome
from shared.due import DueRow, DueRunner
from shared.handling import Handling, Prepared, Record
from shared.ledger import Ledger
from shared.office.due_commands import DueCommands, caused_by_row

SERVICE = "grid"
Now = Callable[[], datetime | None]


@dataclass(frozen=True, kw_only=True)
class OrderOutcomes:
    """Handles the rows of answered orders."""

    reports: Handling[ReportCommand, Report]
    county: str
    terms: TermsPolicy
    now: Now

    async def carry_out(self, row: DueRow) -> None:
        """Note the outcome on the report; one that was not converted to the order is left alone."""

        async def prepare(record: Record[Report]) -> Prepared[ReportCommand, Report] | None:
            if record.state.conversion_to(row.payload["order_id"]) is None:
                return None
            outcome = ReportOutcome.of(row.payload["outcome"])
            command = noting(
                record.state,
                record_id=row.payload["order_id"],
                outcome=outcome,
                ended=outcome not in COMES_BACK,
                terms=self.terms,
                at=self.now() or datetime.now(UTC),
            )
            return Prepared(command=command, at=max(row.due_at, _last(record, row.due_at)))

        request = caused_by_row(
            row, prepare, row.payload["report_id"], service=SERVICE, county=self.county
        )
        await self.reports.handle(request)


def _last(record: Record[Report], otherwise: datetime) -> datetime:
    """Nothing comes of a conversion before it was made, whatever day the answer states."""
    return record.history[-1].occurred_at if record.history else otherwise


def order_outcome_runner(
    ledger: Ledger, *, county: str, terms: TermsPolicy, now: Now = lambda: None
) -> DueRunner:
    """The runner of these rows; any number of processes may run one."""
    reports: Handling[ReportCommand, Report] = Handling(
        ledger=ledger,
        decider=REPORT,
        answer=lambda _: None,
        view_writes=report_board.view_writes,
    )
    outcomes = OrderOutcomes(reports=reports, county=county, terms=terms, now=now)
    return DueRunner(
        ledger.pool,
        DueCommands(carry_out=outcomes.carry_out),
        service=SERVICE,
        county=county,
        kind=KIND,
        now=now,
    )

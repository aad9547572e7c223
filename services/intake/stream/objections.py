"""An objection that its sender leaves undecided goes to the common superior, by a due row [R24].

The row looks at the sender's case first: a decision that is recorded there counts, also where the
receiver has not learned of it yet.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from services.intake.domain.case import CASE, CaseCommand, CaseFile
from services.intake.domain.case.remit import SettleObjection
from services.intake.store import case_board
from services.intake.store.due_objections import KIND
from shared.contracts.transfer_codes import ReturnReason
from shared.due import DueRow, DueRunner
from shared.handling import Handling, Prepared, Record
from shared.ledger import Ledger
from shared.office.due_commands import DueCommands, caused_by_row

SERVICE = "intake"


@dataclass(frozen=True, kw_only=True)
class UndecidedObjections:
    """Carries out the rows."""

    cases: Handling[CaseCommand, CaseFile]
    county: str

    async def settle(self, row: DueRow) -> None:
        """Return the receiver's case, whose matter then goes up; nothing where it was decided."""
        case_id = row.payload["case_id"]
        request = caused_by_row(
            row, partial(self._prepare, row), case_id, service=SERVICE, county=self.county
        )
        await self.cases.handle(request)

    async def _prepare(
        self, row: DueRow, record: Record[CaseFile]
    ) -> Prepared[CaseCommand, CaseFile] | None:
        remit = record.state.remit
        if remit is None or remit.came_from is None:
            return None
        sender = (await self.cases.read(self.county, remit.came_from)).state
        decided = sender.transfers.decided
        if decided is not None and decided.objection == row.key:
            return None
        command = SettleObjection(returned=ReturnReason.UNDECIDED)
        return Prepared(command=command, at=row.due_at)


def settling_objections(
    ledger: Ledger, *, county: str, now: Callable[[], datetime | None] = lambda: None
) -> DueRunner:
    """Passes on what no sender decided in time; any number of processes may run one."""
    cases: Handling[CaseCommand, CaseFile] = Handling(
        ledger=ledger, decider=CASE, answer=lambda _: None, view_writes=case_board.view_writes
    )
    undecided = UndecidedObjections(cases=cases, county=county)
    return DueRunner(
        ledger.pool,
        DueCommands(carry_out=undecided.settle),
        service=SERVICE,
        county=county,
        kind=KIND,
        now=now,
    )

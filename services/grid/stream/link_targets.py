"""Links follow the records to which signals are linked: undone where those are rejected or voided, made
anew where those count with another matter. A converted report follows its case likewise.

What is done is read from the record as it is when the row is handled, so that no order of rows
and no repetition matters.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from services.grid.domain.report import REPORT, Report, ReportCommand
from services.grid.domain.report.moving import MoveMatter
from services.grid.domain.signal import SIGNAL, Signal, SignalCommand
from services.grid.domain.signal.linking import FollowTarget, LoseTarget, Target
from services.grid.store import report_board, signal_board
from services.grid.store.conversions import reports_of_cases
from services.grid.store.followed_cases import states_of_cases
from services.grid.store.link_targets import KIND
from services.grid.store.linked_signals import linked_to
from shared.contracts.signal_codes import LinkedTo, SignalUnlinkReason
from shared.due import DueRow, DueRunner
from shared.handling import CausedBy, CommandRequest, Handling, Prepare, Prepared, Record
from shared.ledger import Author, Ledger
from shared.office.due_commands import DueCommands

C = TypeVar("C")
S = TypeVar("S")
SERVICE = "grid"
Now = Callable[[], datetime | None]


@dataclass(frozen=True, kw_only=True)
class LinkTargets:
    """Handles the rows of records to which signals may be linked."""

    ledger: Ledger
    reports: Handling[ReportCommand, Report]
    signals: Handling[SignalCommand, Signal]
    county: str

    async def carry_out(self, row: DueRow) -> None:
        """Bring the links to the record, and the report converted to it, to where it is now."""
        target_id = row.payload["id"]
        if row.payload["target"] == LinkedTo.CASE:
            command = await self._of_case(row, target_id)
        else:
            command = await self._of_report(target_id)
        if command is None:
            return
        for signal_id in await linked_to(self.ledger.pool, row.division, target_id):
            await self.signals.handle(self._request(row, signal_id, _prepare(row, command)))

    async def _of_case(self, row: DueRow, case_id: str) -> SignalCommand | None:
        found = await states_of_cases(self.ledger.pool, row.division, [case_id])
        if not found or (found[0].accusation and not found[0].voided):
            return None  # nothing is said of an accusation
        case = found[0]
        reports = await reports_of_cases(self.ledger.pool, self.county, [case_id])
        if case_id in reports:
            moved: ReportCommand = MoveMatter(
                record_id=case_id, matter_id=None if case.voided else case.matter_id
            )
            prepare: Prepare[Report, ReportCommand] = _prepare(row, moved)
            await self.reports.handle(self._request(row, reports[case_id], prepare))
        if case.voided:
            return LoseTarget(target_id=case_id, why=SignalUnlinkReason.TARGET_VOIDED)
        return FollowTarget(to=Target(kind=LinkedTo.CASE, id=case_id, matter_id=case.matter_id))

    async def _of_report(self, report_id: str) -> SignalCommand | None:
        report = (await self.reports.read(self.county, report_id)).state
        if report.rejected is not None:
            return LoseTarget(target_id=report_id, why=SignalUnlinkReason.TARGET_REJECTED)
        if report.known is None:
            return None
        return FollowTarget(
            to=Target(kind=LinkedTo.REPORT, id=report_id, matter_id=report.known.matter_id)
        )

    def _request(
        self, row: DueRow, stream_id: str, prepare: Prepare[S, C]
    ) -> CommandRequest[C, S]:
        """One row has a command for each stream, each under a key of its own."""
        return CommandRequest(
            stream_id=stream_id,
            author=Author(
                scope=self.county,
                actor_ref=f"policy:{SERVICE}",
                correlation_id=row.correlation_id,
            ),
            prepare=prepare,
            key=CausedBy(f"DUE {row.kind} {stream_id}", row.command_key),
            causation_id=row.causation_id,
        )


def _prepare(row: DueRow, command: C) -> Prepare[S, C]:
    async def prepare(record: Record[S]) -> Prepared[C, S]:
        """Nothing follows before what was recorded last, whatever day the cause states."""
        last = record.history[-1].occurred_at if record.history else row.due_at
        return Prepared(command=command, at=max(row.due_at, last))

    return prepare


def link_target_runner(ledger: Ledger, *, county: str, now: Now = lambda: None) -> DueRunner:
    """The runner of these rows; any number of processes may run one."""
    targets = LinkTargets(
        ledger=ledger,
        reports=Handling(
            ledger=ledger,
            decider=REPORT,
            answer=lambda _: None,
            view_writes=report_board.view_writes,
        ),
        signals=Handling(
            ledger=ledger,
            decider=SIGNAL,
            answer=lambda _: None,
            view_writes=signal_board.view_writes,
        ),
        county=county,
    )
    return DueRunner(
        ledger.pool,
        DueCommands(carry_out=targets.carry_out),
        service=SERVICE,
        county=county,
        kind=KIND,
        now=now,
    )

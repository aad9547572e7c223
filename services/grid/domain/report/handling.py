"""分派、退回、处置: a unit handles it, gives it back, or it is solved on the spot."""

from dataclasses import dataclass

from services.grid.domain.report.about import refuse_unit
from services.grid.domain.report.report_file import (
    Report,
    ReportHasGoneOn,
    ReportState,
    require_state,
    submitted,
)
from services.grid.domain.report.terms import Term, due, version
from shared.contracts.event import Event
from shared.contracts.grid_reports import (
    GridReportDispatched,
    GridReportHandled,
    GridReportReturned,
    GridReportSubmitted,
)
from shared.contracts.report_codes import HandlingResult, ReportReturnReason

_TO_DISPATCH = (ReportState.VALIDATED, ReportState.RETURNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchReport:
    """This unit has to handle it."""

    to_unit: str
    term: Term | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnReport:
    """The unit gives it back."""

    reason: ReportReturnReason
    words_digest: str | None = None
    term: Term | None = None
    """By when it has to be dispatched anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandleReport:
    """What the unit's handling came to."""

    result: HandlingResult
    words_digest: str | None = None
    term: Term | None = None
    """By when it has to be verified."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SolveOnSite:
    """It was solved on the spot, and no unit was asked."""

    result: HandlingResult
    words_digest: str | None = None
    term: Term | None = None


def dispatch(command: DispatchReport, report: Report) -> list[Event]:
    """To one unit at a time: another one has it after it came back. Never to one it is about."""
    if report.state is ReportState.DISPATCHED:
        if report.to_unit == command.to_unit:
            return []
        raise ReportHasGoneOn(state=report.state.value)
    known = require_state(report, *_TO_DISPATCH)
    refuse_unit(command.to_unit, known, report.unit_marks)
    term = command.term
    return [
        GridReportDispatched(
            matter_id=known.matter_id,
            report_id=known.report_id,
            due_at=due(term),
            terms_version=version(term),
            to_unit=command.to_unit,
        )
    ]


def give_back(command: ReturnReport, report: Report) -> list[Event]:
    """By the unit that has it."""
    before = report.returned
    if report.state is ReportState.RETURNED and before is not None:
        if (before.reason, before.words_digest) == (command.reason, command.words_digest):
            return []
        raise ReportHasGoneOn(state=report.state.value)
    known = require_state(report, ReportState.DISPATCHED)
    if report.to_unit is None:
        raise AssertionError("a dispatched report without a unit")
    term = command.term
    return [
        GridReportReturned(
            matter_id=known.matter_id,
            report_id=known.report_id,
            due_at=due(term),
            terms_version=version(term),
            by_unit=report.to_unit,
            reason=command.reason,
            words_digest=command.words_digest,
        )
    ]


def handle(command: HandleReport, report: Report) -> list[Event]:
    """By the unit that has it."""
    if _is_handled_so(command, report, on_site=False):
        return []
    known = require_state(report, ReportState.DISPATCHED)
    return [_handled(command, known, by_unit=report.to_unit)]


def solve_on_site(command: SolveOnSite, report: Report) -> list[Event]:
    """Before any unit has it."""
    if _is_handled_so(command, report, on_site=True):
        return []
    known = require_state(report, *_TO_DISPATCH)
    return [_handled(command, known, by_unit=None)]


def _is_handled_so(command: HandleReport | SolveOnSite, report: Report, *, on_site: bool) -> bool:
    submitted(report)
    handled = report.handled
    if report.state is not ReportState.HANDLED or handled is None:
        return False
    said = handled.on_site, handled.result, handled.words_digest
    return said == (on_site, command.result, command.words_digest)


def _handled(
    command: HandleReport | SolveOnSite, known: GridReportSubmitted, *, by_unit: str | None
) -> GridReportHandled:
    term = command.term
    return GridReportHandled(
        matter_id=known.matter_id,
        report_id=known.report_id,
        due_at=due(term),
        terms_version=version(term),
        on_site=isinstance(command, SolveOnSite),
        result=command.result,
        by_unit=by_unit,
        words_digest=command.words_digest,
    )

"""审核: a report is valid, or is rejected with the reason."""

from dataclasses import dataclass

from services.grid.domain.report.report_file import (
    Report,
    ReportHasGoneOn,
    ReportIsOver,
    ReportState,
    require_state,
    submitted,
)
from services.grid.domain.report.terms import Term, due, version
from shared.contracts.event import Event
from shared.contracts.grid_reports import GridReportRejected, GridReportValidated
from shared.contracts.report_codes import ReportRejection


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidateReport:
    """There is a matter, and it is the office's."""

    term: Term | None = None
    """By when it has to be dispatched or solved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectReport:
    """The report is not valid."""

    reason: ReportRejection
    words_digest: str | None = None


def validate(command: ValidateReport, report: Report) -> list[Event]:
    """Once; what was rejected stays so: a matter after all is reported anew."""
    known = submitted(report)
    if report.is_valid:
        return []
    require_state(report, ReportState.SUBMITTED)
    term = command.term
    return [
        GridReportValidated(
            matter_id=known.matter_id,
            report_id=known.report_id,
            due_at=due(term),
            terms_version=version(term),
        )
    ]


def reject(command: RejectReport, report: Report) -> list[Event]:
    """Once, for one reason."""
    known = submitted(report)
    stated = GridReportRejected(
        matter_id=known.matter_id,
        report_id=known.report_id,
        reason=command.reason,
        words_digest=command.words_digest,
        grid_code=known.grid_code,
        matter_category=known.matter_category,
        cause_ref=known.cause_ref,
    )
    if report.rejected is None:
        if report.is_valid:
            raise ReportHasGoneOn(state=report.state.value)
        return [stated]
    if (report.rejected.reason, report.rejected.words_digest) != (
        command.reason,
        command.words_digest,
    ):
        raise ReportIsOver(state=report.state.value)
    return []

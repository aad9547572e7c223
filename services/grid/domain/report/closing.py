"""核查、结案、评价: the feedback is verified, the report closed, and perhaps rated."""

from dataclasses import dataclass

from services.grid.domain.report.report_file import (
    Report,
    ReportNotReady,
    ReportState,
    require_state,
    submitted,
)
from services.grid.domain.report.terms import Term, due, version
from shared.contracts.event import Event
from shared.contracts.grid_reports import (
    GridReportClosed,
    GridReportRated,
    GridReportVerified,
)
from shared.contracts.report_codes import ReportGrade, ReportRater, VerifiedHow
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """Whether the feedback is true."""

    confirmed: bool
    how: VerifiedHow
    term: Term | None = None
    """By when it is closed or, where it is not confirmed, handled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseReport:
    """Nothing is left to do; with words where the matter ended elsewhere unsettled."""

    words_digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RateReport:
    """How content somebody said to be."""

    rater: ReportRater
    grade: ReportGrade


class ReportRatedOtherwise(Refusal):
    """The same rater has said otherwise before; what was said stays."""

    title = "The report is rated otherwise"


class ReportClosedWithoutWords(Refusal):
    """What ended elsewhere unsettled is closed with words that say why nothing is left to do."""

    status = 422
    title = "Say why nothing is left to do"


def verify(command: VerifyReport, report: Report) -> list[Event]:
    """Confirmed once; what is not confirmed is handled anew, by the same unit if there is one."""
    if report.state is ReportState.VERIFIED and command.confirmed:
        return []
    known = require_state(report, ReportState.HANDLED)
    term = command.term
    return [
        GridReportVerified(
            matter_id=known.matter_id,
            report_id=known.report_id,
            due_at=due(term),
            terms_version=version(term),
            confirmed=command.confirmed,
            how=command.how,
        )
    ]


def close(command: CloseReport, report: Report) -> list[Event]:
    """After it was verified; what ended elsewhere unsettled, with words and without verification."""
    closed = report.closed
    if closed is not None and command.words_digest in {None, closed.words_digest}:
        return []
    if report.ended_unsettled:
        known = submitted(report)
        if command.words_digest is None:
            raise ReportClosedWithoutWords(field="words")
    else:
        known = require_state(report, ReportState.VERIFIED)
    return [
        GridReportClosed(
            matter_id=known.matter_id,
            report_id=known.report_id,
            words_digest=command.words_digest,
        )
    ]


def rate(command: RateReport, report: Report) -> list[Event]:
    """After it was closed, once by each rater."""
    known = submitted(report)
    if report.closed is None:
        raise ReportNotReady(state=report.state.value)
    before = [each.grade for each in report.rated if each.rater is command.rater]
    if before == [command.grade]:
        return []
    if before:
        raise ReportRatedOtherwise(field="grade")
    return [
        GridReportRated(
            matter_id=known.matter_id,
            report_id=known.report_id,
            rater=command.rater,
            grade=command.grade,
        )
    ]

"""The state of a report: what its events come to, and what every step asks of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from services.grid.domain.report.conversion import Conversion
from shared.contracts.event import Code
from shared.contracts.grid_reports import (
    GridReportAttachmentAdded,
    GridReportClosed,
    GridReportHandled,
    GridReportOutcomeNoted,
    GridReportRated,
    GridReportRejected,
    GridReportReturned,
    GridReportSubmitted,
)
from shared.contracts.report_codes import LadderLevel, ReportStep
from shared.decider import Mark
from shared.keyed_marks import NO_MARKS, KeyedMarks
from shared.refusals import Refusal


class ReportState(Code):
    """The states of a report."""

    NOT_SUBMITTED = "not-submitted", "未上报"
    SUBMITTED = "submitted", "待审核"
    REJECTED = "rejected", "已驳回"
    VALIDATED = "validated", "已审核"
    DISPATCHED = "dispatched", "已分派"
    RETURNED = "returned", "已退回"
    CONVERTED = "converted", "已转办"
    HANDLED = "handled", "已处置"
    VERIFIED = "verified", "已核查"
    CLOSED = "closed", "已结案"


OPEN_STATES = (
    ReportState.SUBMITTED,
    ReportState.VALIDATED,
    ReportState.DISPATCHED,
    ReportState.RETURNED,
    ReportState.CONVERTED,
    ReportState.HANDLED,
    ReportState.VERIFIED,
)
"""The states of a report that goes on; two partial indexes list them as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningTerm:
    """The term of the step that goes on, and the event with which the step began."""

    step: ReportStep
    due_at: datetime
    began_with: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a report's events come to; facts are kept as they were published."""

    version: int = 0
    mark: Mark | None = None
    """Of the command or event that comes next."""
    unit_marks: KeyedMarks = field(default=NO_MARKS, compare=False, repr=False)
    """By which the unit that the report is about is named."""
    state: ReportState = ReportState.NOT_SUBMITTED
    submitted: GridReportSubmitted | None = None
    known: GridReportSubmitted | None = None
    """What was submitted, with what became otherwise since: with which matter it counts."""
    submitted_at: datetime | None = None
    rejected: GridReportRejected | None = None
    to_unit: str | None = None
    """The unit that handles it, or handled it last."""
    returned: GridReportReturned | None = None
    """How it came back last."""
    conversions: tuple[Conversion, ...] = ()
    conversion: Conversion | None = None
    """The one by which the matter is elsewhere, or ended there; None once it goes on otherwise."""
    outcomes: Mapping[str, GridReportOutcomeNoted] = field(default_factory=dict)
    """By record, what was noted of it last."""
    handled: GridReportHandled | None = None
    closed: GridReportClosed | None = None
    rated: tuple[GridReportRated, ...] = ()
    attached: tuple[GridReportAttachmentAdded, ...] = ()
    level: LadderLevel = LadderLevel.GRID
    term: RunningTerm | None = None
    level_term: RunningTerm | None = None
    missed: int = 0
    """How many terms were not kept."""

    @property
    def is_open(self) -> bool:
        """Whether anything is left to do before it is closed."""
        return self.state in OPEN_STATES

    @property
    def is_valid(self) -> bool:
        """Whether it was checked and found to be of a matter."""
        return self.state not in {
            ReportState.NOT_SUBMITTED,
            ReportState.SUBMITTED,
            ReportState.REJECTED,
        }

    @property
    def is_converted(self) -> bool:
        """Whether a case, a mediation or a work order has the matter now."""
        return self.state is ReportState.CONVERTED

    @property
    def ended_unsettled(self) -> bool:
        """Whether the matter ended elsewhere without a settlement, and the desk has it again."""
        return self.state is ReportState.RETURNED and self.conversion is not None

    def conversion_to(self, record_id: str) -> Conversion | None:
        """The conversion that is, or was, taken up or declined under this id."""
        return next((each for each in self.conversions if record_id in each.record_ids), None)

    @property
    def last_note(self) -> GridReportOutcomeNoted | None:
        """What was noted last of what the report was converted to last."""
        last = self.conversions[-1].record_ids if self.conversions else ()
        notes = [each for record_id, each in self.outcomes.items() if record_id in last]
        return notes[-1] if notes else None

    @property
    def goes_on_with(self) -> ReportStep:
        """The step that begins where the feedback is not confirmed."""
        return ReportStep.HANDLE if self.to_unit else ReportStep.DISPATCH


class ReportNotFound(Refusal):
    """There is no such report, or none that this token may see."""

    status = 404
    title = "No such report"


class ReportNotReady(Refusal):
    """The step before it has not been done: each follows the one before."""

    title = "The report is not as far yet"


class ReportHasGoneOn(Refusal):
    """The step was done already, in another way, or the report is past it."""

    title = "The report has gone on"


class ReportIsOver(Refusal):
    """The report was rejected or closed: nothing is left to do."""

    title = "The report is over"


def submitted(report: Report) -> GridReportSubmitted:
    """The report's first fact, with what became otherwise since; raises ReportNotFound."""
    if report.known is None:
        raise ReportNotFound
    return report.known


def going_on(report: Report) -> GridReportSubmitted:
    """The same, of a report that goes on; raises ReportIsOver."""
    known = submitted(report)
    if not report.is_open:
        raise ReportIsOver(state=report.state.value)
    return known


def require_state(report: Report, *allowed: ReportState) -> GridReportSubmitted:
    """The first fact of a report in one of these states.

    Raises ReportNotReady where it has not come to them, ReportHasGoneOn where it is past them.
    """
    known = going_on(report)
    if report.state not in allowed:
        order = list(ReportState)
        early = order.index(report.state) < min(map(order.index, allowed))
        raise (ReportNotReady if early else ReportHasGoneOn)(state=report.state.value)
    return known

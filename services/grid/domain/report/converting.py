"""转办: a valid report goes on as a case, a mediation or a work order, and what became of it is noted.

One term runs while it is converted, until somebody there does something: whoever has the matter
then keeps terms of their own. An outcome that settled or closed the matter begins the verification, and the
level's time anew. What nobody took up, or ended without a settlement, comes back to the desk: it
dispatches or converts the report again, or closes it with words.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from services.grid.domain.report.conversion import (
    COMES_BACK,
    FIRST_ACTS,
    GOES_ON,
    SETTLED,
    UNSETTLED,
)
from services.grid.domain.report.report_file import (
    Report,
    ReportHasGoneOn,
    ReportState,
    require_state,
    submitted,
)
from services.grid.domain.report.terms import Term, TermsPolicy, due, version
from shared.contracts.event import Event
from shared.contracts.grid_reports import GridReportConverted, GridReportOutcomeNoted
from shared.contracts.report_codes import ConvertedTo, ReportOutcome, ReportStep
from shared.divisions import village_of
from shared.refusals import Refusal

_TO_CONVERT = (ReportState.VALIDATED, ReportState.DISPATCHED, ReportState.RETURNED)
_NAMES = {
    ConvertedTo.CASE: (False, False),
    ConvertedTo.MEDIATION: (True, False),
    ConvertedTo.WORK_ORDER: (False, True),
}
"""Whether a committee is named, and whether a work order."""


_MOVES: Mapping[ReportState, Container[ReportState]] = {
    ReportState.CONVERTED: (ReportState.HANDLED, ReportState.RETURNED),
    ReportState.HANDLED: (ReportState.CONVERTED, ReportState.RETURNED),
    ReportState.VERIFIED: (ReportState.CONVERTED, ReportState.RETURNED),
    ReportState.RETURNED: (ReportState.CONVERTED, ReportState.HANDLED),
}
"""Into which states an outcome moves the report."""
STEP_AFTER: Mapping[ReportState, ReportStep] = {
    ReportState.HANDLED: ReportStep.VERIFY,
    ReportState.RETURNED: ReportStep.DISPATCH,
}
"""The step that begins where an outcome moves the report into this state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertReport:
    """The matter goes on elsewhere; with the committee of a mediation, or the work order."""

    to: ConvertedTo
    committee_id: str | None = None
    order_id: str | None = None
    words_digest: str | None = None
    term: Term | None = None
    """By when somebody takes it up; a work order has a term of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteOutcome:
    """What became of the case, the mediation or the work order with this id."""

    record_id: str
    outcome: ReportOutcome
    ended: bool
    step_term: Term | None = None
    """By when it has to be verified, or dispatched anew."""
    level_term: Term | None = None


class ConversionNamesItsRecord(Refusal):
    """A mediation names its committee, a work order its own id, and a case neither."""

    status = 422
    title = "Name what the report is converted to"


class ReportNotConvertedToIt(Refusal):
    """The report was never converted to this record."""

    title = "The report was not converted to this record"


def may_be_converted(report: Report) -> bool:
    """Whether it is valid, and neither converted nor handled."""
    return report.state in _TO_CONVERT


def convert(command: ConvertReport, report: Report) -> list[Event]:
    """Of a report that is valid and not handled yet; one record at a time has the matter."""
    known = submitted(report)
    named = command.committee_id is not None, command.order_id is not None
    if named != _NAMES[command.to]:
        raise ConversionNamesItsRecord(field="to")
    converted = GridReportConverted(
        matter_id=known.matter_id,
        report_id=known.report_id,
        due_at=due(command.term),
        terms_version=version(command.term),
        to=command.to,
        matter_category=known.matter_category,
        village_code=village_of(known.grid_code),
        committee_id=command.committee_id,
        order_id=command.order_id,
        words_digest=command.words_digest,
        about_unit=known.about_unit,
        about_mark=known.about_mark,
        about_division=known.about_division,
        cause_ref=known.cause_ref,
    )
    if report.state is ReportState.CONVERTED and report.conversion is not None:
        before = report.conversion.fact
        term = {"due_at": before.due_at, "terms_version": before.terms_version}
        if before == converted.model_copy(update=term):
            return []
        raise ReportHasGoneOn(state=report.state.value)
    require_state(report, *_TO_CONVERT)
    return [converted]


def note(command: NoteOutcome, report: Report) -> list[Event]:
    """Also of an earlier conversion, and after the report was closed; only the last one moves it."""
    known = submitted(report)
    conversion = report.conversion_to(command.record_id)
    if conversion is None:
        raise ReportNotConvertedToIt
    before = report.outcomes.get(command.record_id)
    if before is not None and before.outcome is command.outcome:
        return []
    if command.outcome in FIRST_ACTS and _is_acted_on(before):
        return []
    begins = _step_begun(command, report) is not None
    term = command.step_term if begins else None
    level_term = command.level_term if begins else None
    return [
        GridReportOutcomeNoted(
            matter_id=known.matter_id,
            report_id=known.report_id,
            due_at=due(term),
            terms_version=version(term, level_term),
            to=conversion.fact.to,
            record_id=command.record_id,
            outcome=command.outcome,
            ended=command.ended,
            level_due_at=due(level_term),
        )
    ]


def _is_acted_on(noted: GridReportOutcomeNoted | None) -> bool:
    return noted is not None and noted.outcome is not ReportOutcome.TAKEN_UP


def is_taken_up(report: Report) -> bool:
    """Whether somebody acted on what the report is converted to; that it is registered is no act."""
    return report.is_converted and _is_acted_on(report.last_note)


def noting(
    report: Report,
    *,
    record_id: str,
    outcome: ReportOutcome,
    ended: bool,
    terms: TermsPolicy,
    at: datetime,
) -> NoteOutcome:
    """The command that notes an outcome, with the terms of what begins with it."""
    command = NoteOutcome(record_id=record_id, outcome=outcome, ended=ended)
    step = _step_begun(command, report)
    if step is None:
        return command
    return replace(
        command,
        step_term=terms.term(step, submitted(report).urgency, at),
        level_term=terms.level_term(report.level, at),
    )


def _step_begun(command: NoteOutcome, report: Report) -> ReportStep | None:
    state = moved_to(report, command.record_id, command.outcome, ended=command.ended)
    return STEP_AFTER.get(state) if state else None


def moved_to(
    report: Report, record_id: str, outcome: ReportOutcome, *, ended: bool
) -> ReportState | None:
    """The state into which an outcome moves the report; None where it stays as it is."""
    conversion = report.conversion
    if conversion is None or record_id not in conversion.record_ids:
        return None
    to = _where(outcome, ended=ended and (outcome in SETTLED or not report.ended_unsettled))
    return to if to in _MOVES.get(report.state, ()) else None


def _where(outcome: ReportOutcome, *, ended: bool) -> ReportState | None:
    if outcome in COMES_BACK | UNSETTLED:
        return ReportState.RETURNED
    if outcome in GOES_ON:
        return ReportState.CONVERTED
    return ReportState.HANDLED if ended else None

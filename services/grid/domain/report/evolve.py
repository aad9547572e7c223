"""Every event of a report, and what it changes in the state."""

from dataclasses import replace
from datetime import datetime

from services.grid.domain.report.conversion import COMES_BACK, Conversion
from services.grid.domain.report.converting import STEP_AFTER, is_taken_up, moved_to
from services.grid.domain.report.report_file import Report, ReportState, RunningTerm
from shared.contracts.event import Event
from shared.contracts.grid_reports import (
    GridReportAttachmentAdded,
    GridReportClosed,
    GridReportConverted,
    GridReportCorrected,
    GridReportDispatched,
    GridReportEscalated,
    GridReportHandled,
    GridReportMatterMoved,
    GridReportOutcomeNoted,
    GridReportRated,
    GridReportRejected,
    GridReportReturned,
    GridReportSubmitted,
    GridReportTermMissed,
    GridReportValidated,
    GridReportVerified,
)
from shared.contracts.report_codes import ReportField, ReportStep
from shared.decider import EventOfAnotherAggregate

ReportFact = (
    GridReportSubmitted
    | GridReportCorrected
    | GridReportValidated
    | GridReportRejected
    | GridReportDispatched
    | GridReportReturned
    | GridReportConverted
    | GridReportOutcomeNoted
    | GridReportMatterMoved
    | GridReportHandled
    | GridReportVerified
    | GridReportClosed
    | GridReportRated
    | GridReportAttachmentAdded
    | GridReportEscalated
    | GridReportTermMissed
)
"""Every event of a report's stream; each of them changes the state."""


def evolve(report: Report, event: Event) -> Report:
    """The report after an event; EventOfAnotherAggregate for one of another record."""
    if not isinstance(event, ReportFact):
        raise EventOfAnotherAggregate(f"{event.kind} is no event of a report")
    return replace(_after(report, event), version=report.version + 1)


def _after(report: Report, event: ReportFact) -> Report:  # noqa: C901, PLR0911, PLR0912
    match event:
        case GridReportSubmitted():
            return _submitted(report, event)
        case GridReportCorrected():
            now = {each.field: getattr(event, each.field) for each in event.changed}
            if ReportField.ABOUT_UNIT in event.changed:
                now["about_mark"] = event.about_mark
            return _knows(report, **now)
        case GridReportValidated():
            return _step(report, ReportState.VALIDATED, ReportStep.DISPATCH, event.due_at)
        case GridReportRejected():
            return replace(_over(report, ReportState.REJECTED), rejected=event)
        case GridReportDispatched(to_unit=unit):
            begun = _step(report, ReportState.DISPATCHED, ReportStep.HANDLE, event.due_at)
            return replace(begun, to_unit=unit, conversion=None)
        case GridReportReturned():
            begun = _step(report, ReportState.RETURNED, ReportStep.DISPATCH, event.due_at)
            return replace(begun, to_unit=None, returned=event)
        case GridReportConverted():
            return _converted(report, event)
        case GridReportOutcomeNoted():
            return _outcome_noted(report, event)
        case GridReportMatterMoved():
            return _knows(report, matter_id=event.matter_id)
        case GridReportHandled():
            begun = _step(report, ReportState.HANDLED, ReportStep.VERIFY, event.due_at)
            return replace(begun, handled=event, conversion=None)
        case GridReportVerified():
            return _verified(report, event)
        case GridReportClosed():
            return replace(_over(report, ReportState.CLOSED), closed=event)
        case GridReportRated():
            return replace(report, rated=(*report.rated, event))
        case GridReportAttachmentAdded():
            return replace(report, attached=(*report.attached, event))
        case GridReportEscalated(to_level=level):
            term = _term(report, ReportStep.LEVEL, event.level_due_at)
            return replace(report, level=level, level_term=term)
        case GridReportTermMissed():
            return _missed(report, event)


def _submitted(report: Report, event: GridReportSubmitted) -> Report:
    begun = _step(report, ReportState.SUBMITTED, ReportStep.CHECK, event.due_at)
    return replace(
        begun,
        submitted=event,
        known=event,
        submitted_at=report.mark.occurred_at if report.mark else None,
        level=event.level,
        level_term=_term(report, ReportStep.LEVEL, event.level_due_at),
    )


def _knows(report: Report, **otherwise: object) -> Report:
    """What is known of the report, with what is otherwise from now on."""
    known = report.known and report.known.model_copy(update=otherwise)
    return replace(report, known=known)


def _step(report: Report, state: ReportState, step: ReportStep, due_at: datetime | None) -> Report:
    return replace(report, state=state, term=_term(report, step, due_at))


def _term(report: Report, step: ReportStep, due_at: datetime | None) -> RunningTerm | None:
    if due_at is None:
        return None
    began_with = report.mark.event_id if report.mark else None
    return RunningTerm(step=step, due_at=due_at, began_with=began_with)


def _verified(report: Report, event: GridReportVerified) -> Report:
    if event.confirmed:
        return _step(report, ReportState.VERIFIED, ReportStep.CLOSE, event.due_at)
    state = ReportState.DISPATCHED if report.to_unit else ReportState.VALIDATED
    begun = _step(report, state, report.goes_on_with, event.due_at)
    return replace(begun, handled=None, conversion=None)


def _converted(report: Report, event: GridReportConverted) -> Report:
    """The term until somebody takes it up; no other runs while others have the matter."""
    cause = report.mark.event_id if report.mark else None
    conversion = Conversion(fact=event, conversion_id=cause)
    return replace(
        _step(report, ReportState.CONVERTED, ReportStep.TAKE_UP, event.due_at),
        level_term=None,
        to_unit=None,
        conversions=(*report.conversions, conversion),
        conversion=conversion,
    )


def _outcome_noted(report: Report, event: GridReportOutcomeNoted) -> Report:
    noted = replace(report, outcomes={**report.outcomes, event.record_id: event})
    match moved_to(report, event.record_id, event.outcome, ended=event.ended):
        case None:
            return replace(noted, term=None) if is_taken_up(noted) else noted
        case ReportState.CONVERTED as state:
            return _over(noted, state)
        case state:
            begun = _step(noted, state, STEP_AFTER[state], event.due_at)
    return replace(
        begun,
        level_term=_term(report, ReportStep.LEVEL, event.level_due_at),
        conversion=None if event.outcome in COMES_BACK else report.conversion,
    )


def _over(report: Report, state: ReportState) -> Report:
    """No term runs any more."""
    return replace(report, state=state, term=None, level_term=None)


def _missed(report: Report, event: GridReportTermMissed) -> Report:
    """A term is missed once: nothing of it runs any more."""
    missed = replace(report, missed=report.missed + 1)
    if event.step is ReportStep.LEVEL:
        return replace(missed, level_term=None)
    return replace(missed, term=None)

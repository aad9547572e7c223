"""升级: a report goes up a level, by hand or when the level's time is over; terms that were missed."""

from dataclasses import dataclass

from services.grid.domain.report.report_file import Report, ReportState, going_on, submitted
from services.grid.domain.report.terms import Term, TermsPolicy, due, version
from shared.contracts.event import Event
from shared.contracts.grid_reports import (
    GridReportEscalated,
    GridReportSubmitted,
    GridReportTermMissed,
)
from shared.contracts.report_codes import EscalationReason, LadderLevel
from shared.refusals import Refusal

_LEVELS = list(LadderLevel)


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalateReport:
    """A higher level is responsible from now on."""

    to_level: LadderLevel
    reason: EscalationReason
    level_term: Term | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepUp:
    """The time of a level is over, which began with this event."""

    began_with: str
    policy: TermsPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class MissTerm:
    """The term of a step is over, which began with this event."""

    began_with: str


class LevelNotLowered(Refusal):
    """A report that went up never goes down again."""

    title = "The level is not lowered"


def escalate(command: EscalateReport, report: Report) -> list[Event]:
    """From any open state, to a higher level; its time runs once the matter is the office's again."""
    known = going_on(report)
    if command.to_level is report.level:
        return []
    if _LEVELS.index(command.to_level) < _LEVELS.index(report.level):
        raise LevelNotLowered(field="to_level", level=report.level.value)
    is_elsewhere = report.state is ReportState.CONVERTED
    term = None if is_elsewhere else command.level_term
    return [_escalated(known, report, command.to_level, command.reason, term)]


def _escalated(
    known: GridReportSubmitted,
    report: Report,
    to_level: LadderLevel,
    reason: EscalationReason,
    term: Term | None,
) -> GridReportEscalated:
    return GridReportEscalated(
        matter_id=known.matter_id,
        report_id=known.report_id,
        from_level=report.level,
        to_level=to_level,
        reason=reason,
        level_due_at=due(term),
        terms_version=version(term),
    )


def step_up(command: StepUp, report: Report) -> list[Event]:
    """To the next level, unless the report is over or went up meanwhile.

    Above the highest level there is none: its term is missed.
    """
    known, term = submitted(report), report.level_term
    if not report.is_open or term is None or term.began_with != command.began_with:
        return []
    higher = [level for level in command.policy.ladder if _is_above(level, report.level)]
    if not higher:
        return [_missed(known, report, level=True)]
    to_level = min(higher, key=_LEVELS.index)
    time = EscalationReason.TIME_IS_OVER
    level_term = command.policy.level_term(to_level, term.due_at)
    return [_escalated(known, report, to_level, time, level_term)]


def _is_above(level: LadderLevel, other: LadderLevel) -> bool:
    return _LEVELS.index(level) > _LEVELS.index(other)


def miss(command: MissTerm, report: Report) -> list[Event]:
    """Unless the step was done in time, or the report is over."""
    known, term = submitted(report), report.term
    if not report.is_open or term is None or term.began_with != command.began_with:
        return []
    return [_missed(known, report, level=False)]


def _missed(known: GridReportSubmitted, report: Report, *, level: bool) -> GridReportTermMissed:
    term = report.level_term if level else report.term
    if term is None:
        raise AssertionError("no term is running")
    return GridReportTermMissed(
        matter_id=known.matter_id,
        report_id=known.report_id,
        step=term.step,
        due_at=term.due_at,
    )

"""The numbers of a week or a month: of each report, in which of them it is counted.

A number is the length of the list of what is counted in it, so that nothing else is ever shown for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from services.grid.domain.period import Period
from services.grid.domain.report import REPORT, Report
from shared.contracts.event import Event
from shared.contracts.grid_reports import (
    GridReportClosed,
    GridReportConverted,
    GridReportCorrected,
    GridReportHandled,
    GridReportRejected,
    GridReportSubmitted,
    GridReportTermMissed,
    GridReportValidated,
)
from shared.contracts.report_codes import ReportCategory, Urgency
from shared.contracts.weekly_report_codes import PeriodFigure

OF_PATROLS = (
    PeriodFigure.PATROLS_DUE,
    PeriodFigure.PATROLS_DONE,
    PeriodFigure.DAYS_WITHOUT_WORKER,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """An event of a report, and when it happened."""

    event: Event
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedReport:
    """A report, and in which numbers of the period it is counted."""

    report_id: str
    category: ReportCategory
    urgency: Urgency
    counted: AbstractSet[PeriodFigure]


def counted_report(
    facts: Sequence[Fact], period: Period, *, now: datetime
) -> CountedReport | None:
    """A report by its events in their order; None where it is counted in nothing.

    What is open and overdue at the end of a period that goes on is judged at `now`. The state at the
    end is that after the steps that had taken effect by then: a step that is dated before the one
    that it follows took effect with that one.
    """
    first = facts[0].event
    if not isinstance(first, GridReportSubmitted):
        return None
    done = {
        figure for fact in facts if period.holds(fact.at) for figure in _figures_of(fact.event)
    }
    until = min(period.ends, now)
    # a term that was recorded as missed is over all the same
    steps = (each for each in facts if not isinstance(each.event, GridReportTermMissed))
    at_end = REPORT.fold(each.event for each in takewhile(lambda step: step.at < until, steps))
    # without its first event nothing was open then
    counted = done | (set(_at_end(at_end, until)) if facts[0].at < until else set())
    if not counted:
        return None
    return CountedReport(
        report_id=first.report_id,
        category=_category(facts) or first.category,
        urgency=first.urgency,
        counted=counted,
    )


def _category(facts: Sequence[Fact]) -> ReportCategory | None:
    """As it was corrected last."""
    corrections = [fact.event for fact in facts if isinstance(fact.event, GridReportCorrected)]
    return next((each.category for each in reversed(corrections) if each.category), None)


def _figures_of(event: Event) -> Iterator[PeriodFigure]:
    match event:
        case GridReportSubmitted():
            yield PeriodFigure.SUBMITTED
        case GridReportValidated():
            yield PeriodFigure.VALIDATED
        case GridReportRejected():
            yield PeriodFigure.REJECTED
        case GridReportHandled(on_site=on_site):
            yield PeriodFigure.SOLVED_ON_SITE if on_site else PeriodFigure.HANDLED
        case GridReportConverted():
            yield PeriodFigure.CONVERTED
        case GridReportClosed():
            yield PeriodFigure.CLOSED
        case _:
            return


def _at_end(report: Report, until: datetime) -> Iterator[PeriodFigure]:
    if not report.is_open:
        return
    yield PeriodFigure.OPEN_AT_END
    if report.term is not None and report.term.due_at < until:
        yield PeriodFigure.OVERDUE_AT_END


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolDays:
    """Days of grids in the period, up to yesterday."""

    due: int
    done: int
    without_worker: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodNumbers:
    """All numbers of a period."""

    figures: Mapping[PeriodFigure, int]
    by_category: Mapping[ReportCategory, int]
    by_urgency: Mapping[Urgency, int]


def numbers(reports: Sequence[CountedReport], patrols: PatrolDays) -> PeriodNumbers:
    """The lengths of the lists, and the days of patrols; categories and urgencies without any lack."""
    figures = {
        figure: sum(figure in each.counted for each in reports)
        for figure in PeriodFigure
        if figure not in OF_PATROLS
    }
    submitted = [each for each in reports if PeriodFigure.SUBMITTED in each.counted]
    categories = [each.category for each in submitted]
    urgencies = [each.urgency for each in submitted]
    return PeriodNumbers(
        figures=figures
        | {
            PeriodFigure.PATROLS_DUE: patrols.due,
            PeriodFigure.PATROLS_DONE: patrols.done,
            PeriodFigure.DAYS_WITHOUT_WORKER: patrols.without_worker,
        },
        by_category={
            each: categories.count(each) for each in ReportCategory if each in categories
        },
        by_urgency={each: urgencies.count(each) for each in Urgency if each in urgencies},
    )

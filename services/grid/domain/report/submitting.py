"""上报: somebody tells the office of a matter in a grid."""

from dataclasses import dataclass

from services.grid.domain.report.about import about
from services.grid.domain.report.report_file import Report
from services.grid.domain.report.terms import Term, due, version
from shared.contracts.event import Event
from shared.contracts.grid_reports import GridReportSubmitted
from shared.contracts.report_codes import (
    LadderLevel,
    ReportSource,
    ReportTopic,
    Urgency,
    category_of,
    matter_category_of,
)
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitReport:
    """What, where, how urgent; the words and the persons are in the vault."""

    matter_id: str
    report_id: str
    grid_code: str
    topic: ReportTopic
    urgency: Urgency
    source: ReportSource
    words_digest: str
    persons: tuple[str, ...] = ()
    worker_ref: str | None = None
    term: Term | None = None
    """By when it has to be checked."""
    level_term: Term | None = None
    about_unit: str | None = None
    about_division: str | None = None
    about_a_worker: bool = False
    cause_ref: str | None = None
    """The organisation that caused the matter."""


class ReportSubmittedOtherwise(Refusal):
    """The report is on record already, with another content."""

    title = "The report is submitted otherwise"


def submit(command: SubmitReport, report: Report) -> list[Event]:
    """A report is submitted once."""
    term, level_term = command.term, command.level_term
    stated = GridReportSubmitted(
        matter_id=command.matter_id,
        report_id=command.report_id,
        due_at=due(term),
        terms_version=version(term, level_term),
        grid_code=command.grid_code,
        category=category_of(command.topic),
        topic=command.topic,
        matter_category=matter_category_of(command.topic),
        urgency=command.urgency,
        source=command.source,
        words_digest=command.words_digest,
        persons=command.persons,
        level=LadderLevel.GRID,
        worker_ref=command.worker_ref,
        level_due_at=due(level_term),
        **about(report.unit_marks, command.about_unit),
        about_division=command.about_division,
        about_a_worker=command.about_a_worker or None,
        cause_ref=command.cause_ref,
    )
    if report.submitted is None:
        return [stated]
    if report.submitted != stated:
        raise ReportSubmittedOtherwise(report_id=command.report_id)
    return []

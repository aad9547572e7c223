"""更正: whom a report is about, its place or its topic was stated wrongly, or becomes known later."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.grid.domain.report.about import units_meant
from services.grid.domain.report.report_file import Report, ReportState, submitted
from services.grid.domain.report.terms import Term, due, version
from shared.contracts.event import Event
from shared.contracts.grid_reports import (
    GridReportCorrected,
    GridReportReturned,
    GridReportSubmitted,
)
from shared.contracts.report_codes import ReportCorrectionReason, ReportField, ReportReturnReason
from shared.divisions import division_of

_COUNTED_BY = frozenset({ReportField.GRID_CODE, ReportField.TOPIC, ReportField.MATTER_CATEGORY})


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectReport:
    """The facts by their names, as they are; None for what is not so."""

    facts: Mapping[ReportField, str | bool | None]
    why: ReportCorrectionReason
    words_digest: str | None = None
    term: Term | None = None
    """By when it is dispatched anew, where the unit that has it is the one that it is about."""


def correct(command: CorrectReport, report: Report) -> list[Event]:
    """What differs, at any time; the unit that the report is about has it no longer."""
    known = submitted(report)
    changed = {
        name: value for name, value in command.facts.items() if value != getattr(known, name.field)
    }
    if not changed:
        return []
    corrected = GridReportCorrected.model_validate(
        {
            "matter_id": known.matter_id,
            "report_id": known.report_id,
            "changed": tuple(sorted(changed)),
            "why": command.why,
            "words_digest": command.words_digest,
            **{name.field: value for name, value in changed.items()},
            **_counted_until_now(changed, known, report),
        }
    )
    now = {name.field: value for name, value in changed.items()}
    return [corrected, *_taken_from(command, known.model_copy(update=now), report)]


def _counted_until_now(
    changed: Iterable[ReportField], known: GridReportSubmitted, report: Report
) -> dict[str, object]:
    """What rules of early warnings need to count the report elsewhere since its submission."""
    if _COUNTED_BY.isdisjoint(changed) or report.state is ReportState.REJECTED:
        return {}
    return {
        "was_grid_code": known.grid_code,
        "was_topic": known.topic,
        "was_matter_category": known.matter_category,
        "cause_ref": known.cause_ref,
        "submitted_at": report.submitted_at,
    }


def _taken_from(command: CorrectReport, known: GridReportSubmitted, report: Report) -> list[Event]:
    """The desk has a report that its unit may not have any more."""
    unit = report.to_unit
    if report.state is not ReportState.DISPATCHED or unit is None:
        return []
    if (division_of(known.report_id), unit) not in units_meant(known):
        return []
    return [
        GridReportReturned(
            matter_id=known.matter_id,
            report_id=known.report_id,
            due_at=due(command.term),
            terms_version=version(command.term),
            by_unit=unit,
            reason=ReportReturnReason.ABOUT_THE_UNIT,
        )
    ]

"""更正: whom a report is about, its place or its topic was stated wrongly, or becomes known later."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.grid.domain.report.about import about, is_meant, name_of
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
        name: value for name, value in command.facts.items() if not _is_known(name, value, report)
    }
    if not changed:
        return []
    now: dict[str, object] = {name.field: value for name, value in changed.items()}
    if ReportField.ABOUT_UNIT in changed:
        code = command.facts[ReportField.ABOUT_UNIT]
        now |= about(report.unit_marks, str(code) if code else None)
    corrected = GridReportCorrected.model_validate(
        {
            "matter_id": known.matter_id,
            "report_id": known.report_id,
            "changed": tuple(sorted(changed)),
            "why": command.why,
            "words_digest": command.words_digest,
            **now,
            **_counted_until_now(changed, known, report),
        }
    )
    return [corrected, *_taken_from(command, known.model_copy(update=now), report)]


def _is_known(name: ReportField, value: str | bool | None, report: Report) -> bool:
    """Whether that is on record; of the unit that the report is about events have the mark."""
    known = submitted(report)
    if name is not ReportField.ABOUT_UNIT or known.about_mark is None:
        return bool(value == getattr(known, name.field))
    return isinstance(value, str) and name_of(known) in report.unit_marks.names_of_unit(value)


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
    if not is_meant((division_of(known.report_id), unit), known, report.unit_marks):
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

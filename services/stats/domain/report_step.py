"""The steps of a grid report (上报): what the figures need of the events about it."""

from typing import Any, NamedTuple

from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event
from shared.contracts.grid_reports import (
    GridReportCorrected,
    GridReportEvent,
    GridReportSubmitted,
)
from shared.contracts.report_codes import ReportField
from shared.divisions import village_of
from shared.folding.step import Step, step_of


class Reported(NamedTuple):
    """What a report is counted by, and the unit that it is about."""

    category: str
    """Of a case about the same matter, so that one filter narrows reports, cases and mediations."""
    village_code: str
    report_category: str
    """The first level of the reports' own category tree."""
    urgency: str
    report_source: str
    about_unit: str | None = None
    """Its mark, or its code where the report is older."""
    about_division: str | None = None
    """None where the unit of the township or that of the county may be meant."""
    matter_id: str | None = None


class ReportStated(NamedTuple):
    """What a step states, each only where its event has it; the first fields are those of Reported."""

    category: str | None = None
    village_code: str | None = None
    report_category: str | None = None
    urgency: str | None = None
    report_source: str | None = None
    about_unit: str | None = None
    about_division: str | None = None
    matter_id: str | None = None
    corrected: str | None = None
    """Of a correction: the names of the fields of Reported that are otherwise, parted by spaces."""


_CORRECTED = {
    ReportField.MATTER_CATEGORY: "category",
    ReportField.GRID_CODE: "village_code",
    ReportField.CATEGORY: "report_category",
    ReportField.ABOUT_UNIT: "about_unit",
    ReportField.ABOUT_DIVISION: "about_division",
}


def report_steps(event: RecordedEvent, data: Event) -> list[Step]:
    """The step that an event is, none when it is about no report; raises EntityElsewhere."""
    match data:
        case GridReportSubmitted():
            return [step_of(event, data.report_id, stated=_reported(data))]
        case GridReportCorrected():
            return [step_of(event, data.report_id, stated=_corrected(data))]
        case GridReportEvent():
            return [step_of(event, data.report_id)]
        case _:
            return []


def corrected_by(step: Step) -> dict[str, Any]:
    """The fields of Reported that a correction changes."""
    names = (step.stated.corrected or "").split() if step.stated else ()
    return {name: getattr(step.stated, name) for name in names}


def _reported(data: GridReportSubmitted) -> ReportStated:
    return ReportStated(
        category=data.matter_category.value,
        village_code=village_of(data.grid_code),
        report_category=data.category.value,
        urgency=data.urgency.value,
        report_source=data.source.value,
        about_unit=data.about_mark or data.about_unit,
        about_division=data.about_division,
        matter_id=data.matter_id,
    )


def _corrected(data: GridReportCorrected) -> ReportStated:
    changed = [_CORRECTED[each] for each in data.changed if each in _CORRECTED]
    return ReportStated(
        category=data.matter_category and data.matter_category.value,
        village_code=data.grid_code and village_of(data.grid_code),
        report_category=data.category and data.category.value,
        about_unit=data.about_mark or data.about_unit,
        about_division=data.about_division,
        corrected=" ".join(changed),
    )

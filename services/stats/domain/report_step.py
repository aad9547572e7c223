"""The steps of a grid report (上报): what the figures need of the events about it."""

from typing import NamedTuple

from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event
from shared.contracts.grid_reports import GridReportEvent, GridReportSubmitted
from shared.divisions import village_of
from shared.folding.step import Step, step_of


class Reported(NamedTuple):
    """What a report is counted by, as its submission states it."""

    category: str
    """Of a case about the same matter, so that one filter narrows reports, cases and mediations."""
    village_code: str
    report_category: str
    """The first level of the reports' own category tree."""
    urgency: str
    report_source: str


def report_steps(event: RecordedEvent, data: Event) -> list[Step]:
    """The step that an event is, none when it is about no report; raises EntityElsewhere."""
    match data:
        case GridReportSubmitted():
            return [step_of(event, data.report_id, stated=_reported(data))]
        case GridReportEvent():
            return [step_of(event, data.report_id)]
        case _:
            return []


def _reported(data: GridReportSubmitted) -> Reported:
    return Reported(
        category=data.matter_category.value,
        village_code=village_of(data.grid_code),
        report_category=data.category.value,
        urgency=data.urgency.value,
        report_source=data.source.value,
    )

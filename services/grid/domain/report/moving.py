"""并入: a report counts with the matter of the case to which it was converted last."""

from dataclasses import dataclass

from services.grid.domain.report.report_file import Report, submitted
from shared.contracts.event import Event
from shared.contracts.grid_reports import GridReportMatterMoved


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveMatter:
    """The case with this id counts with this matter; None where the case is void."""

    record_id: str
    matter_id: str | None


def move(command: MoveMatter, report: Report) -> list[Event]:
    """Also after the report was closed; a void case leaves it its own matter."""
    known = submitted(report)
    last = report.conversions[-1].record_ids if report.conversions else ()
    if report.submitted is None or command.record_id not in last:
        return []
    matter_id = command.matter_id or report.submitted.matter_id
    if matter_id == known.matter_id:
        return []
    return [
        GridReportMatterMoved(
            matter_id=matter_id,
            report_id=known.report_id,
            was_matter_id=known.matter_id,
            record_id=command.record_id,
        )
    ]

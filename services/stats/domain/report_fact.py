"""The fact of a grid report: how it was checked, and which event made each part.

submitted ─► validated | rejected, whichever came first; a correction says by what it counts, and
which unit it is about; the rest of its way changes nothing here
"""

from typing import NamedTuple

from services.stats.domain.report_step import Reported, corrected_by
from shared.contracts.grid_reports import (
    GridReportCorrected,
    GridReportRejected,
    GridReportSubmitted,
    GridReportValidated,
)
from shared.folding.occurrence import Occurrence
from shared.folding.step import Step, occurrence_of


class ReportFact(NamedTuple):
    """One report (件)."""

    division: str
    report_id: str
    reported: Reported
    submitted: Occurrence
    validated: Occurrence | None = None
    rejected: Occurrence | None = None

    @property
    def is_checked(self) -> bool:
        """Whether somebody has said that it is valid, or that it is not."""
        return self.validated is not None or self.rejected is not None


def evolve(fact: ReportFact | None, step: Step) -> ReportFact | None:
    """The fact after a step; a report whose submission is not known counts nowhere."""
    if fact is None:
        if step.kind != GridReportSubmitted.kind:
            return None
        reported = Reported(*step.stated[: len(Reported._fields)])
        return ReportFact(step.division, step.entity_id, reported, occurrence_of(step))
    match step.kind:
        case GridReportCorrected.kind:
            return fact._replace(reported=fact.reported._replace(**corrected_by(step)))
        case GridReportValidated.kind if not fact.is_checked:
            return fact._replace(validated=occurrence_of(step))
        case GridReportRejected.kind if not fact.is_checked:
            return fact._replace(rejected=occurrence_of(step))
        case _:
            return fact

"""The measure of grid reports: those that were checked and found to be of a matter."""

from services.stats.domain.measures.definition import (
    Count,
    Kind,
    Listed,
    Measure,
    Name,
    ReportTreatment,
    Unit,
)
from services.stats.domain.measures.grid_words import GRID_STANDARD
from services.stats.domain.report_subject import valid_of
from shared.contracts.report_codes import ReportCategory

REPORT_MEASURES = (
    Measure(
        id="valid_grid_reports",
        name=Name("网格有效上报件数", "valid grid reports"),
        formula=Count("valid_grid_reports"),
        unit=Unit.MATTER,
        cohort="validated in the period, whenever they were submitted and whatever became of them",
        treatment=ReportTreatment(
            rejected="left out and listed by the day of the rejection",
            not_yet_checked="left out until it is checked",
            converted="counted once here; the case, mediation or work order counts as its own",
            repeated="each report counts: a duplicate is one that the office rejected as such",
        ),
        excluded=(Listed("rejected", "rejected_grid_reports", Name("驳回", "rejected")),),
        kinds=tuple(
            Kind(each.value, each.label, Count(valid_of(each))) for each in ReportCategory
        ),
        basis=GRID_STANDARD,
    ),
)

"""A report about a unit or a worker: those see nothing of it, and the unit is never given it [R30, R46].

A unit is named by its code. Where its division is not stated, the report may mean the unit of that
code in the township or in the county, and both are kept from it. Which worker is meant is in the
words alone, so that a report about one is kept from all workers.
"""

from services.grid.domain.report.report_file import Report
from shared.contracts.grid_reports import GridReportSubmitted
from shared.divisions import county_of, division_of
from shared.refusals import Refusal

Place = tuple[str, str]
"""A division, and the code of a unit there."""


class ReportGoesOneLevelUp(Refusal):
    """The report is about this unit: the desk, the township's leader or the county decides on it, never the unit itself [R30, R46]."""

    title = "The unit does not handle a report about itself"


def units_meant(submitted: GridReportSubmitted) -> frozenset[Place]:
    """The units that the report may be about."""
    code = submitted.about_unit
    if code is None:
        return frozenset()
    if submitted.about_division is not None:
        return frozenset({(submitted.about_division, code)})
    division = division_of(submitted.report_id)
    return frozenset({(division, code), (county_of(division), code)})


def refuse_unit(unit: str, submitted: GridReportSubmitted, *, field: str = "to_unit") -> None:
    """Raise ReportGoesOneLevelUp where a unit of the report's township may be the one it is about."""
    if (division_of(submitted.report_id), unit) in units_meant(submitted):
        raise ReportGoesOneLevelUp(field=field)


def is_kept_from(report: Report, *, unit: Place | None, is_worker: bool) -> bool:
    """Whether somebody of that unit, or a grid worker, sees nothing of the report."""
    known = report.known
    if known is None:
        return False
    return unit in units_meant(known) or (is_worker and known.about_a_worker is True)

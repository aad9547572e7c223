"""A report about a unit or a worker: those see nothing of it, and the unit is never given it [R30, R46].

A unit is named by the mark of its code, or by the code where the report is older or the county has
no key. Where its division is not stated, the report may mean the unit of that code in the township or
in the county, and both are kept from it. Which worker is meant is in the words alone, so that a
report about one is kept from all workers.
"""

from collections.abc import Collection
from typing import TypedDict

from services.grid.domain.report.report_file import Report
from shared.contracts.grid_reports import GridReportSubmitted
from shared.divisions import county_of, division_of
from shared.keyed_marks import KeyedMarks
from shared.refusals import Refusal

Place = tuple[str, str]
"""A division, and the code of a unit there, or its mark."""


class About(TypedDict):
    """How an event names the unit: by its code alone where the county has no key for marks."""

    about_unit: str | None
    about_mark: str | None


def about(marks: KeyedMarks, code: str | None) -> About:
    """The unit as an event names it."""
    mark = None if code is None else marks.of_unit(code)
    return About(about_unit=None if mark else code, about_mark=mark)


def name_of(submitted: GridReportSubmitted) -> str | None:
    """The mark of the unit that the report is about, or its code."""
    return submitted.about_mark or submitted.about_unit


class ReportGoesOneLevelUp(Refusal):
    """The report is about this unit: the desk, the township's leader or the county decides on it, never the unit itself [R30, R46]."""

    title = "The unit does not handle a report about itself"


def units_meant(submitted: GridReportSubmitted) -> frozenset[Place]:
    """The units that the report may be about."""
    name = name_of(submitted)
    if name is None:
        return frozenset()
    if submitted.about_division is not None:
        return frozenset({(submitted.about_division, name)})
    division = division_of(submitted.report_id)
    return frozenset({(division, name), (county_of(division), name)})


def is_meant(place: Place, submitted: GridReportSubmitted, marks: KeyedMarks) -> bool:
    """Whether the report may be about the unit of that division and code."""
    division, code = place
    named = {(division, name) for name in marks.names_of_unit(code)}
    return not named.isdisjoint(units_meant(submitted))


def refuse_unit(
    unit: str, submitted: GridReportSubmitted, marks: KeyedMarks, *, field: str = "to_unit"
) -> None:
    """Raise ReportGoesOneLevelUp where a unit of the report's township may be the one it is about."""
    if is_meant((division_of(submitted.report_id), unit), submitted, marks):
        raise ReportGoesOneLevelUp(field=field)


def is_kept_from(report: Report, *, units: Collection[Place], is_worker: bool) -> bool:
    """Whether somebody whom these units concern, or a grid worker, sees nothing of the report."""
    known = report.known
    if known is None:
        return False
    of_unit = any(is_meant(unit, known, report.unit_marks) for unit in units)
    return of_unit or (is_worker and known.about_a_worker is True)

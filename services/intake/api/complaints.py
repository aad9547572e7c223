"""A complaint about a unit as events have it, by a mark, and as intake keeps it, by the unit's code."""

from typing import TypedDict

from services.intake.api.office import Office
from services.intake.domain.case import CaseFile
from services.intake.domain.registry import PETITION_OFFICE
from services.intake.store import complained_units
from services.intake.store.complained_units import ComplainedUnit
from shared.keyed_marks import KeyedMarks
from shared.ledger import Statement


class Complaint(TypedDict):
    """How an event names the unit: by its code alone where the county has no key for marks."""

    complained_unit: str | None
    complained_mark: str | None


def complaint_of(marks: KeyedMarks, code: str | None) -> Complaint:
    """The unit as an event names it."""
    mark = None if code is None else marks.of_unit(code)
    return Complaint(complained_unit=None if mark else code, complained_mark=mark)


async def complaint_about(office: Office, scope: str, case: CaseFile) -> ComplainedUnit | None:
    """The unit by its code; None for none, and for a mark that is of no unit of the registry.

    A case that was opened for a report of grid is known by the mark alone.
    """
    filed = case.required
    if filed.complained_mark is None:
        code, division = filed.complained_unit, filed.complained_division
        return None if code is None else ComplainedUnit(code, division)
    known = await complained_units.complained_unit(office.pool, scope, filed.case_id)
    if known is not None:
        return known
    registry = await office.registry(scope)
    for code in (PETITION_OFFICE, *(code for _, code in registry.units)):
        if office.marks.of_unit(code) == filed.complained_mark:
            return ComplainedUnit(code, filed.complained_division)
    return None


def kept_complaint(case_id: str, code: str | None, division: str | None) -> list[Statement]:
    """The row by which intake knows the unit; none where a filing complains of nobody."""
    return [] if code is None else [complained_units.keep(case_id, code, division)]

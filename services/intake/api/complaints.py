"""A complaint about a unit as events have it, by a mark, and as intake keeps it, by the unit's code."""

from typing import TypedDict

from services.intake.store import complained_units
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


def kept_complaint(case_id: str, code: str | None, division: str | None) -> list[Statement]:
    """The row by which intake knows the unit; none where a filing complains of nobody."""
    return [] if code is None else [complained_units.keep(case_id, code, division)]

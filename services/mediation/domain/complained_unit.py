"""The unit that the matter of a dispute complains of: it sees nothing of the dispute [R30].

A unit is named by its code. Where its division is not stated, it is a unit of the division that has
the report or the case, or of the county; in the township of the committee the unit of that code may
be meant as well, but for the petition office, which is then always the one of the first.
"""

from collections.abc import Iterable

from shared.contracts.mediation import MediationApplied, MediationNotTakenUp
from shared.divisions import county_of, division_of
from shared.keyed_marks import NO_MARKS, KeyedMarks

Place = tuple[str, str]
"""A division, and the code of a unit there or its mark."""
_PETITION_OFFICE = "petition-office"


def units_meant(
    fact: MediationApplied | MediationNotTakenUp, marks: KeyedMarks = NO_MARKS
) -> frozenset[Place]:
    """The units that the first fact of a dispute may complain of."""
    known = (fact.matter_id, fact.case_id, fact.report_id)
    return units_named(
        fact.complained_mark or fact.complained_unit,
        fact.complained_division,
        mediation_id=fact.mediation_id,
        homes=[each for each in known if each is not None],
        marks=marks,
    )


def units_named(
    code: str | None,
    division: str | None,
    *,
    mediation_id: str,
    homes: Iterable[str],
    marks: KeyedMarks = NO_MARKS,
) -> frozenset[Place]:
    """The units that a complaint may mean; `homes` are ids of the matter, its case or its report.

    A unit is named by the mark of its code, or by the code itself.
    """
    if code is None:
        return frozenset()
    if division is not None:
        return frozenset({(division, code)})
    divisions = {division_of(each) for each in homes}
    if code not in marks.names_of_unit(_PETITION_OFFICE):
        divisions.add(division_of(mediation_id))
    divisions |= {county_of(each) for each in divisions}
    return frozenset((each, code) for each in divisions)

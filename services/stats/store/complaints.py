"""Columns of a fact by which it is kept from the unit complained of, named by its mark or its code.

Where the complaint states no division, the unit of that code is meant in the township of the fact, in
that of first filing, or in their county.
"""

from typing import LiteralString

from services.stats.domain.case_step import TO_DISCIPLINE
from shared.contracts.case_holding import CaseRouted
from shared.folding.tables import Column

COMPLAINED = (Column("complained", "text"), Column("complained_division", "text"))
_DIVISIONS: LiteralString = """
    case when complained_division is not null then array[complained_division]
        else array[division_code, left(division_code, 6){home}] end
"""
_COMPLAINS: LiteralString = f"""
    complained is not null and (%(unit)s::text is null
        or exists (select from unnest({_DIVISIONS}) as place
            where place || '/' || complained = any(%(own)s::text[])))
"""
COMPLAINS_OF_UNIT: LiteralString = _COMPLAINS.replace("{home}", ", home_division")
"""Of a case."""
DISPUTE_COMPLAINS_OF_UNIT: LiteralString = _COMPLAINS.replace("{home}", "")
# Where the division of the unit is not stated, that of the township or that of the county is meant.
ABOUT_UNIT: LiteralString = """
    about_unit is not null and (%(unit)s::text is null or exists (select from unnest(
        case when about_division is null then array[division_code, left(division_code, 6)]
             else array[about_division] end) as place
        where place || '/' || about_unit = any(%(own)s::text[])))
"""
"""Of a report."""


def _in_matter(fact: LiteralString, complains: LiteralString) -> LiteralString:
    return f"""
        exists (select from (select * from {fact}
                where division_code = warning_fact.division_code
                  and matter_id = warning_fact.matter_id) as one
            where {complains})
    """


RECOGNISED_AS_ACCUSATION: LiteralString = f"""
    exists (select from case_step as step
            where step.division_code = case_fact.division_code and step.case_id = case_fact.case_id
              and step.kind = '{CaseRouted.kind}' and step.detail = '{TO_DISCIPLINE}')
"""
"""Of a case: the discipline lane has it, and nobody finds it any more."""

MATTER_COMPLAINS_OF_UNIT: LiteralString = " or ".join(
    (
        _in_matter("case_fact", COMPLAINS_OF_UNIT),
        _in_matter("mediation_fact", DISPUTE_COMPLAINS_OF_UNIT),
        _in_matter("report_fact", ABOUT_UNIT),
    )
)
"""Of a warning about one matter."""

"""SQL by which a warning about a unit concerns the unit that has its case now, after a hand-over as well.

A term is that of one case; any other warning about a unit is about the cases of its matter. Who has a
case is looked up when it is asked, since a hand-over may come after the warning.
"""

from typing import LiteralString

from shared.divisions import division_of
from shared.postgres import Pool, rows, transaction

_OF_ITS_CASE: LiteralString = """
    warning_board.unit is not null and filed.division_code = warning_board.division_code
    and not filed.voided
    and case when warning_board.subject_kind = 'agency-clock'
        then filed.case_id = warning_board.subject
        else filed.matter_id = warning_board.matter_id end
"""
HAS_ITS_CASE: LiteralString = f"""
    exists (select from followed_case as filed
        where {_OF_ITS_CASE} and filed.held_by = any(%(units)s::text[]))
"""
"""Of the warning board: one of `units` has the case."""
_HOLDERS: LiteralString = f"""
    select filed.held_by from warning_board cross join followed_case as filed
    where warning_board.division_code = %(division)s
      and warning_board.warning_id = %(warning_id)s
      and {_OF_ITS_CASE} and filed.held_by is not null
"""


async def holders(pool: Pool, scope: str, warning_id: str) -> frozenset[str]:
    """The units that have the case of a warning now; of a warning that is about no unit none."""
    named = {"division": division_of(warning_id), "warning_id": warning_id}
    async with transaction(pool, scope) as connection:
        return frozenset(row["held_by"] for row in await rows(connection, _HOLDERS, named))

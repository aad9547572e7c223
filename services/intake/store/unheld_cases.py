"""The open cases that nobody holds: under units that ended, with posts that are vacant or ended."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString

from psycopg.rows import class_row

from services.intake.domain.complained_unit import NOTHING_HIDDEN, HiddenComplaints
from services.intake.domain.registry import Place
from services.intake.store.case_board import NOT_OF_OWN_UNIT, OPEN_STATES
from shared.http import PageRequest
from shared.postgres import Pool, scoped_read

_UNHELD: LiteralString = f"""
    select division_code as division, case_id, number, state, due_at,
           at_division as unit_division, at_unit as unit, handler as post
    from case_board
    where (state = any(%(states)s) or on_its_way)
      and ((at_division, at_unit) in (select * from unnest(%(in_units)s::text[], %(units)s::text[]))
        or (division_code, handler) in (select * from unnest(%(in_posts)s::text[], %(posts)s::text[])))
      and (%(sees_all)s::boolean or ({NOT_OF_OWN_UNIT.sql}))
      and (division_code, case_id) > (%(after_division)s::text, %(after_case)s::text)
    order by division_code, case_id limit %(limit)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnheldCase:
    """An open case, with the unit and post to which it was given."""

    division: str
    case_id: str
    number: str
    state: str
    due_at: datetime | None
    unit_division: str | None
    unit: str | None
    post: str | None


async def unheld_cases(
    pool: Pool,
    scope: str,
    *,
    units: Collection[Place],
    posts: Collection[Place],
    hidden: HiddenComplaints | None,
    paging: PageRequest,
) -> list[UnheldCase]:
    """The lines of a page within a scope, and one more where another page follows.

    Complaints that are hidden from whoever asks are left out.
    """
    after = paging.after_as(str, str) or ("", "")
    if not (units or posts):
        return []
    named = {
        "states": list(OPEN_STATES),
        "in_units": [division for division, _ in units],
        "units": [code for _, code in units],
        "in_posts": [division for division, _ in posts],
        "posts": [code for _, code in posts],
        "sees_all": hidden is None,
        **(hidden or NOTHING_HIDDEN).named(),
        "after_division": after[0],
        "after_case": after[1],
        "limit": paging.fetch,
    }
    async with (
        scoped_read(pool, scope) as connection,
        connection.cursor(row_factory=class_row(UnheldCase)) as cursor,
    ):
        await cursor.execute(_UNHELD, named)
        return await cursor.fetchall()

"""The grids that lie in a village, and go on after a day."""

from datetime import date
from typing import LiteralString

from shared.divisions import township_of
from shared.ledger import Statement
from shared.postgres import Pool, rows, transaction

_BEYOND: LiteralString = """
    division_code = %(division)s and village_code = %(village_code)s
    and (last_day is null or last_day > %(day)s)
"""
_FIRST: LiteralString = f"""
    select grid_code from grid_board where {_BEYOND} order by grid_code limit 1
"""

# No stream has version -1, so the check fails for every grid that is found.
_REQUIRE_NONE: LiteralString = f"""
    select ledger_require_versions_v1(%(division)s::text, json_object_agg(grid_id, -1))
    from grid_board where {_BEYOND}
"""


async def grid_beyond(pool: Pool, village_code: str, day: date) -> str | None:
    """The code of a grid of the village that goes on after the day."""
    async with transaction(pool, township_of(village_code)) as connection:
        found = await rows(connection, _FIRST, _named(village_code, day))
    return found[0]["grid_code"] if found else None


def require_none_beyond(village_code: str, day: date) -> Statement:
    """A conflict of the append if a grid was drawn in the village meanwhile."""
    return Statement(_REQUIRE_NONE, _named(village_code, day))


def _named(village_code: str, day: date) -> dict[str, object]:
    return {"division": township_of(village_code), "village_code": village_code, "day": day}

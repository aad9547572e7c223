"""The grids that lie in a village and go on after a day, or began before one; those within a grid."""

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
_BEFORE: LiteralString = """
    division_code = %(division)s and village_code = %(village_code)s and valid_from < %(day)s
"""
_WITHIN: LiteralString = """
    division_code = %(division)s and within = %(grid_code)s
"""
_FIRST_BEFORE: LiteralString = f"""
    select grid_code from grid_board where {_BEFORE} order by grid_code limit 1
"""
_FIRST_WITHIN: LiteralString = f"""
    select grid_code from grid_board where {_WITHIN} order by grid_code limit 1
"""
_REQUIRE_NONE_BEFORE: LiteralString = f"""
    select ledger_require_versions_v1(%(division)s::text, json_object_agg(grid_id, -1))
    from grid_board where {_BEFORE}
"""
_REQUIRE_NONE_WITHIN: LiteralString = f"""
    select ledger_require_versions_v1(%(division)s::text, json_object_agg(grid_id, -1))
    from grid_board where {_WITHIN}
"""


async def grid_before(pool: Pool, village_code: str, day: date) -> str | None:
    """The code of a grid of the village that is valid before the day."""
    async with transaction(pool, township_of(village_code)) as connection:
        found = await rows(connection, _FIRST_BEFORE, _named(village_code, day))
    return found[0]["grid_code"] if found else None


def require_none_before(village_code: str, day: date) -> Statement:
    """A conflict of the append if such a grid was drawn meanwhile."""
    return Statement(_REQUIRE_NONE_BEFORE, _named(village_code, day))


async def grid_within(pool: Pool, grid_code: str) -> str | None:
    """The code of a micro grid that lies in this grid."""
    named = {"division": township_of(grid_code), "grid_code": grid_code}
    async with transaction(pool, township_of(grid_code)) as connection:
        found = await rows(connection, _FIRST_WITHIN, named)
    return found[0]["grid_code"] if found else None


def require_none_within(grid_code: str) -> Statement:
    """A conflict of the append if one was drawn meanwhile."""
    named = {"division": township_of(grid_code), "grid_code": grid_code}
    return Statement(_REQUIRE_NONE_WITHIN, named)


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

"""The registry as the boards have it: read whole for the snapshot, row by row for a command."""

from collections.abc import Mapping
from typing import Any, LiteralString

from services.intake.domain.registry import Post, Registry, Unit
from shared.contracts.case_codes import Category
from shared.contracts.unit_codes import UnitType
from shared.postgres import Pool, rows, transaction

_MARK: LiteralString = """
    select (select coalesce(sum(version), 0) from unit_board where division_code = %(county)s)
         + (select coalesce(sum(version), 0) from post_board where division_code = %(county)s)
        as mark
"""
_UNIT: LiteralString = """
    select unit_id, of_division, code, unit_type, title, parent, valid_from, ended_on, successor,
           version
    from unit_board where division_code = %(county)s
"""
_POST: LiteralString = """
    select post_id, of_division, code, unit, leads, valid_from, portfolio,
           portfolio_units, holder, held_since,
           vacated_on, substitute, substitute_since, substitute_until, ended_on, successor, version
    from post_board where division_code = %(county)s
"""
_UNIT_AT: LiteralString = f"{_UNIT} and of_division = %(division)s and code = %(code)s"
_UNIT_BY_ID: LiteralString = f"{_UNIT} and unit_id = %(unit_id)s"
_POST_AT: LiteralString = f"{_POST} and of_division = %(division)s and code = %(code)s"


async def mark_of(pool: Pool, county: str) -> int:
    """A number that grows with every event of the county's registry."""
    async with transaction(pool, county) as connection:
        (found,) = await rows(connection, _MARK, {"county": county})
    return int(found["mark"])


async def registry_of(pool: Pool, county: str) -> Registry:
    """All units and posts of a county."""
    async with transaction(pool, county) as connection:
        units = await rows(connection, _UNIT, {"county": county})
        posts = await rows(connection, _POST, {"county": county})
    return Registry.of(map(_unit, units), map(_post, posts))


async def unit_at(pool: Pool, county: str, *, division: str, code: str) -> Unit | None:
    """One unit."""
    named = {"county": county, "division": division, "code": code}
    return await _one_unit(pool, county, _UNIT_AT, named)


async def unit_by_id(pool: Pool, county: str, unit_id: str) -> Unit | None:
    """One unit."""
    return await _one_unit(pool, county, _UNIT_BY_ID, {"county": county, "unit_id": unit_id})


async def post_at(pool: Pool, county: str, *, division: str, code: str) -> Post | None:
    """One post."""
    named = {"county": county, "division": division, "code": code}
    async with transaction(pool, county) as connection:
        found = await rows(connection, _POST_AT, named)
    return _post(found[0]) if found else None


async def _one_unit(
    pool: Pool, county: str, query: LiteralString, named: Mapping[str, object]
) -> Unit | None:
    async with transaction(pool, county) as connection:
        found = await rows(connection, query, named)
    return _unit(found[0]) if found else None


def _unit(row: Mapping[str, Any]) -> Unit:
    return Unit(
        unit_id=row["unit_id"],
        division=row["of_division"],
        code=row["code"],
        unit_type=UnitType.of(row["unit_type"]),
        title=row["title"],
        valid_from=row["valid_from"],
        parent=row["parent"],
        ended_on=row["ended_on"],
        successor=row["successor"],
        version=row["version"],
    )


def _post(row: Mapping[str, Any]) -> Post:
    return Post(
        post_id=row["post_id"],
        division=row["of_division"],
        code=row["code"],
        unit=row["unit"],
        leads=row["leads"],
        valid_from=row["valid_from"],
        portfolio=tuple(map(Category.of, row["portfolio"] or ())),
        portfolio_units=tuple(row["portfolio_units"] or ()),
        holder=row["holder"],
        held_since=row["held_since"],
        vacated_on=row["vacated_on"],
        substitute=row["substitute"],
        substitute_since=row["substitute_since"],
        substitute_until=row["substitute_until"],
        ended_on=row["ended_on"],
        successor=row["successor"],
        version=row["version"],
    )

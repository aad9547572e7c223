"""The cases that are open with units and posts."""

from collections.abc import Collection
from typing import LiteralString

from services.intake.domain.registry import Place
from services.intake.store.case_board import OPEN_STATES
from shared.postgres import Pool, rows, transaction

_OF_UNITS: LiteralString = """
    select count(*) as known from case_board
    where (state = any(%(states)s) or on_its_way) and (at_division, at_unit) in (
        select * from unnest(%(divisions)s::text[], %(codes)s::text[]))
"""
_OF_POSTS: LiteralString = """
    select count(*) as known from case_board
    where state = any(%(states)s) and (division_code, handler) in (
        select * from unnest(%(divisions)s::text[], %(codes)s::text[]))
"""


async def of_units(pool: Pool, scope: str, units: Collection[Place]) -> int:
    """How many cases are open with these units: accepted, forwarded to them, or on their way."""
    return await _count(pool, scope, _OF_UNITS, units)


async def of_posts(pool: Pool, scope: str, posts: Collection[Place]) -> int:
    """How many cases are open whose handlers are these posts."""
    return await _count(pool, scope, _OF_POSTS, posts)


async def _count(pool: Pool, scope: str, query: LiteralString, places: Collection[Place]) -> int:
    named = {
        "states": list(OPEN_STATES),
        "divisions": [division for division, _ in places],
        "codes": [code for _, code in places],
    }
    async with transaction(pool, scope) as connection:
        (found,) = await rows(connection, query, named)
    return int(found["known"])

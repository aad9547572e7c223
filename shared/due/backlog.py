"""What waits though it is due, of several kinds at once: why runners work, and what gauges show."""

from collections.abc import Mapping
from datetime import datetime
from typing import LiteralString

from shared.postgres import Pool, scoped_read

# Until a table is first analysed, all its indexes look the same to the planner. Only the index of
# waiting rows gives them in order.
_IN_ORDER: LiteralString = "select set_config('enable_sort', 'off', true)"
_LATENESS: LiteralString = """
    with asked as (
        select kind, coalesce(moment, clock_timestamp()) as moment
        from unnest(%s::text[], %s::timestamptz[]) as each (kind, moment)
    )
    select asked.kind, extract(epoch from asked.moment - min(oldest.due_at))::float
    from asked
    join due_lease l on l.kind = asked.kind
    cross join lateral (
        select r.due_at from due_row r
        where r.division_code = l.division_code and r.kind = l.kind and r.state = 'waiting'
        order by r.due_at limit 1) oldest
    group by asked.kind, asked.moment
    having min(oldest.due_at) <= asked.moment
"""
_PARKED: LiteralString = """
    select kind, count(*) from due_row where state = 'parked' and kind = any(%s::text[])
    group by kind
"""


async def lateness(
    pool: Pool, county: str, moments: Mapping[str, datetime | None]
) -> dict[str, float]:
    """By kind: for how many seconds its oldest row is due, where one is.

    A kind's moment decides what is due; None leaves that to the database's clock.
    """
    async with scoped_read(pool, county) as connection:
        await connection.execute(_IN_ORDER)
        cursor = await connection.execute(_LATENESS, (list(moments), list(moments.values())))
        return dict(await cursor.fetchall())


async def parked(pool: Pool, county: str, kinds: list[str]) -> dict[str, int]:
    """By kind: how many rows were tried too often, where some were."""
    async with scoped_read(pool, county) as connection:
        cursor = await connection.execute(_PARKED, (kinds,))
        return dict(await cursor.fetchall())

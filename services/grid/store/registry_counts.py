"""How many villages, grids and workers there are on a day; a worker of two grids is one person."""

from dataclasses import dataclass
from datetime import date
from typing import LiteralString

from psycopg.rows import class_row

from shared.postgres import Pool, transaction

_VALID: LiteralString = """
    division_code = %(division)s and valid_from <= %(day)s
    and (last_day is null or last_day >= %(day)s)
"""
_SERVING: LiteralString = """
    select assignment.grid_id, assignment.worker_id, worker.person_ref
    from grid_assignment as assignment
    join grid_worker_board as worker using (division_code, worker_id)
    where assignment.division_code = %(division)s and assignment.first_day <= %(day)s
      and (assignment.last_day is null or assignment.last_day >= %(day)s)
"""
_COUNTS: LiteralString = f"""
    with serving as ({_SERVING}), grids as (select * from grid_board where {_VALID}),
    workers as (
        select person_ref, employment from grid_worker_board
        where division_code = %(division)s and since <= %(day)s
          and (last_day is null or last_day >= %(day)s))
    select
        (select count(*) from village_board where {_VALID}) as villages,
        (select count(*) from grids) as grids,
        (select count(*) from grids where grid_kind = 'basic') as basic_grids,
        (select count(*) from grids where grid_kind = 'micro') as micro_grids,
        (select count(*) from grids where grid_kind = 'dedicated') as dedicated_grids,
        (select count(distinct person_ref) from workers) as grid_workers,
        (select count(distinct person_ref) from workers where employment = 'full-time')
            as full_time_workers,
        (select count(distinct person_ref) from workers where employment = 'part-time')
            as part_time_workers,
        (select count(distinct person_ref) from serving) as workers_serving,
        (select count(*) from (select distinct grid_id, person_ref from serving) as once)
            as workers_by_grid,
        (select count(*) from grids where grid_kind = 'basic'
            and not exists (select from serving where serving.grid_id = grids.grid_id))
            as basic_grids_without_worker
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryCounts:
    """The register of a township on a day."""

    villages: int
    grids: int
    basic_grids: int
    micro_grids: int
    dedicated_grids: int
    grid_workers: int
    """People, each once."""
    full_time_workers: int
    part_time_workers: int
    workers_serving: int
    """People who serve some grid, each once."""
    workers_by_grid: int
    """The same people, each once in each of their grids."""
    basic_grids_without_worker: int
    """The office's gap."""


async def counts_on(pool: Pool, division: str, day: date) -> RegistryCounts:
    """The counts of a township."""
    async with (
        transaction(pool, division) as connection,
        connection.cursor(row_factory=class_row(RegistryCounts)) as cursor,
    ):
        await cursor.execute(_COUNTS, {"division": division, "day": day})
        found = await cursor.fetchone()
    if found is None:
        raise AssertionError("a select without from gives one row")
    return found

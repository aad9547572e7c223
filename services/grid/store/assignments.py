"""The table `grid_assignment`: who serves which grid, from when until when.

One that was voided ends on the day before it begins: no day is in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import LiteralString

import orjson
from psycopg.rows import class_row

from services.grid.domain.grid import Grid
from shared.contracts.grid import (
    GridWorkerAssigned,
    GridWorkerAssignmentEnded,
    GridWorkerAssignmentVoided,
)
from shared.handling import Written
from shared.ledger import Statement
from shared.postgres import Pool, rows, transaction

_CHANGES = GridWorkerAssigned | GridWorkerAssignmentEnded | GridWorkerAssignmentVoided
_KEEP: LiteralString = """
    insert into grid_assignment
        (division_code, assignment_id, grid_id, grid_code, worker_id, duty, first_day, last_day)
    select %(division)s, assignment_id, grid_id, grid_code, worker_id, duty, first_day, last_day
    from json_to_recordset(%(assignments)s::json)
        as given (assignment_id text, grid_id text, grid_code text, worker_id text, duty text,
                  first_day date, last_day date)
    on conflict (division_code, grid_id, assignment_id)
    do update set last_day = excluded.last_day
"""
_BEYOND: LiteralString = """
    division_code = %(division)s and worker_id = %(worker_id)s
    and (last_day is null or (last_day > %(day)s and last_day >= first_day))
"""
_SERVED_BEYOND: LiteralString = f"select distinct grid_code from grid_assignment where {_BEYOND}"

# No stream has version -1, so the check fails for every assignment that is found.
_REQUIRE_NONE_BEYOND: LiteralString = f"""
    select ledger_require_versions_v1(%(division)s::text, json_object_agg(grid_id, -1))
    from grid_assignment where {_BEYOND}
"""
_SERVED_BY_POST: LiteralString = """
    select grid_code, grid_kind, assignment.worker_id, duty, first_day, assignment.last_day
    from grid_worker_post as known
    join grid_assignment as assignment using (division_code, worker_id)
    join grid_board as grid using (division_code, grid_id, grid_code)
    where known.division_code = %(division)s and known.post = any(%(posts)s)
    order by grid_code, first_day, assignment.worker_id
"""
_SERVED_BY: LiteralString = """
    select grid_code, grid_kind, worker_id, duty, first_day, assignment.last_day
    from grid_assignment as assignment
    join grid_board as grid using (division_code, grid_id, grid_code)
    where division_code = %(division)s and worker_id = any(%(workers)s)
    order by grid_code, first_day, worker_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A grid that a worker serves for a time."""

    grid_code: str
    grid_kind: str
    worker_id: str
    duty: str
    first_day: date
    last_day: date | None

    def covers(self, day: date) -> bool:
        """Whether the worker serves the grid that day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


def view_writes(division: str, written: Sequence[Written[Grid]]) -> list[Statement]:
    """Writes the assignments that these events began or ended."""
    found = {
        event.assignment_id: _row(each.state, event)
        for each in written
        for event in each.events
        if isinstance(event, _CHANGES)
    }
    if not found:
        return []
    given = orjson.dumps(list(found.values())).decode()
    return [Statement(_KEEP, {"division": division, "assignments": given})]


def _row(grid: Grid, event: _CHANGES) -> dict[str, object]:
    assignment = grid.assignment(event.assignment_id)
    if assignment is None:
        raise AssertionError("an assignment that its own grid does not know")
    return {
        "assignment_id": assignment.assignment_id,
        "grid_id": event.grid_id,
        "grid_code": event.grid_code,
        "worker_id": assignment.worker_id,
        "duty": assignment.duty,
        "first_day": assignment.first_day,
        "last_day": assignment.last_day,
    }


async def served_beyond(pool: Pool, division: str, worker_id: str, day: date) -> list[str]:
    """The codes of the grids that a worker serves after that day."""
    named = _beyond(division, worker_id, day)
    async with transaction(pool, division) as connection:
        found = await rows(connection, _SERVED_BEYOND, named)
    return sorted(row["grid_code"] for row in found)


def require_none_beyond(division: str, worker_id: str, day: date) -> Statement:
    """A conflict of the append if the worker was assigned beyond that day meanwhile."""
    return Statement(_REQUIRE_NONE_BEYOND, _beyond(division, worker_id, day))


def _beyond(division: str, worker_id: str, day: date) -> dict[str, object]:
    return {"division": division, "worker_id": worker_id, "day": day}


async def served_by_posts(pool: Pool, division: str, posts: Sequence[str]) -> list[Served]:
    """Every assignment of the workers who come as one of these posts, past ones too."""
    named = {"division": division, "posts": list(posts)}
    return await _served(pool, division, _SERVED_BY_POST, named)


async def served_by(pool: Pool, division: str, workers: Sequence[str]) -> list[Served]:
    """Every assignment of these workers, past ones too."""
    named = {"division": division, "workers": list(workers)}
    return await _served(pool, division, _SERVED_BY, named)


async def _served(
    pool: Pool, division: str, query: LiteralString, named: Mapping[str, object]
) -> list[Served]:
    async with (
        transaction(pool, division) as connection,
        connection.cursor(row_factory=class_row(Served)) as cursor,
    ):
        await cursor.execute(query, named)
        return await cursor.fetchall()

"""The register of workers: one row a worker, in the order of enrolment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, LiteralString

from psycopg import sql

from services.grid.domain.grid_worker import GridWorker
from shared.board import Ascending, Board, Computed, Division, Equals, Key, Moves, Unless
from shared.contracts.grid_codes import Employment
from shared.divisions import division_of
from shared.handling import Written
from shared.ledger import Statement
from shared.postgres import Pool, rows, transaction

_POST: LiteralString = """
    insert into grid_worker_post (division_code, worker_id, post)
    values (%(division)s, %(worker_id)s, %(post)s)
    on conflict (division_code, worker_id) do update set post = excluded.post
"""
_VERSION: LiteralString = """
    select version from grid_worker_board
    where division_code = %(division)s and worker_id = %(worker_id)s
      and since <= %(day)s and (last_day is null or last_day >= %(day)s)
"""
_POST_OF: LiteralString = """
    select post from grid_worker_post
    where division_code = %(division)s and worker_id = %(worker_id)s
"""
_COMING_AS: LiteralString = """
    select worker_id from grid_worker_post
    where division_code = %(division)s and post = any(%(posts)s)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerLine:
    """A worker as the register shows them."""

    division: Division
    worker_id: Key[str]
    person_ref: str
    employment: Annotated[Moves[str], Equals(Employment)]
    since: Moves[date]
    last_day: Moves[date | None]
    grids: Annotated[
        list[str],
        Computed(
            "select coalesce(array_agg(grid_code), '{}')"
            " from grid_assignment as served"
            " where served.division_code = grid_worker_board.division_code"
            " and served.worker_id = grid_worker_board.worker_id and served.last_day is null"
        ),
    ]
    version: Moves[int]


WORKERS = Board(
    "grid_worker_board",
    shows=WorkerLine,
    filters=(Unless("everyone", sql.SQL("last_day is null"), "Those who left as well"),),
    orders={
        "enrolment": Ascending(by=("division", "worker_id"), says="in the order of enrolment")
    },
)


def view_writes(written: Sequence[Written[GridWorker]]) -> list[Statement]:
    """Writes the register along with events of one ledger."""
    moved = [row for each in written if (row := _row(each.state))]
    return WORKERS.upsert(division_of(written[0].new[0].stream_id), moved)


def _row(worker: GridWorker) -> dict[str, object] | None:
    if worker.enrolled is None:
        return None
    return {
        "worker_id": worker.enrolled.worker_id,
        "person_ref": worker.enrolled.person_ref,
        "employment": worker.enrolled.employment,
        "since": worker.since,
        "last_day": worker.left and worker.left.last_day,
        "version": worker.version,
    }


def keep_post(worker_id: str, post: str) -> Statement:
    """The write of the post with which a worker logs in."""
    named = {"division": division_of(worker_id), "worker_id": worker_id, "post": post}
    return Statement(_POST, named)


async def version_on(pool: Pool, division: str, worker_id: str, day: date) -> int | None:
    """The version of a worker who is on the register that day; None where nobody is."""
    named = {"division": division, "worker_id": worker_id, "day": day}
    async with transaction(pool, division) as connection:
        found = await rows(connection, _VERSION, named)
    return found[0]["version"] if found else None


async def coming_as(pool: Pool, division: str, posts: Sequence[str]) -> frozenset[str]:
    """The workers who log in as one of these posts."""
    named = {"division": division, "posts": list(posts)}
    async with transaction(pool, division) as connection:
        found = await rows(connection, _COMING_AS, named)
    return frozenset(row["worker_id"] for row in found)


async def post_of(pool: Pool, division: str, worker_id: str) -> str | None:
    """The post as which the worker logs in."""
    named = {"division": division, "worker_id": worker_id}
    async with transaction(pool, division) as connection:
        found = await rows(connection, _POST_OF, named)
    return found[0]["post"] if found else None

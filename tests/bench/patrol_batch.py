"""patrol_batch: a day's patrols of three thousand grids in batches of fifty, over HTTP.

Ours is grid's server in its own process: token, role and scope, each line validated and decided for
itself, who served the grid that day, the patrols' streams, board and append. Thirty townships have
a hundred grids each, and a worker for each. No Kafka is near, as for `command_http`. The floor is
the same kind of server that puts the fifty lines of a request into a table by one INSERT.
"""

import itertools
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import uuid_utils

from services.grid.domain.grid import GridCommand
from services.grid.domain.grid.defining import DefineGrid
from services.grid.domain.grid.serving import AssignWorker
from services.grid.domain.grid_worker import EnrolWorker, WorkerCommand
from services.grid.domain.named_ids import grid_id
from shared.bulk_handling import StreamCommands, handle_all
from shared.contracts.grid_codes import Employment, GridDuty, GridKind
from shared.divisions import new_id
from shared.identity import Role
from shared.ledger import Author
from shared.refusals import Refusal
from shared.testing.tokens import TokenMaker
from tests.bench.doors import grid, listening
from tests.bench.figures import Reach, Result, alternate
from tests.bench.issuer import issuing
from tests.bench.stage import TOWNSHIPS, Stage
from tests.bench.wire import Caller, Line, post, rounds_a_second
from tests.grid.doors import fresh_grid, open_doors
from tests.parts import FreshDatabase

LINES = 8
BATCH = 50
_OF_A_TOWNSHIP = 100
_SINCE = date(2020, 1, 1)
_FLOOR_TABLE = """
    create table floor_patrol (
        division text, client_id text, grid_code text, done_at timestamptz, found boolean,
        households_visited integer, worker_id text, primary key (division, client_id));
    grant insert on floor_patrol to {role};
"""


@dataclass(frozen=True, slots=True)
class _Served:
    """A grid and who serves it."""

    grid_code: str
    worker_id: str


async def bench(stage: Stage) -> list[Result]:
    database, seconds = fresh_grid(stage.postgres), stage.sized(6, 3)
    served = await _set_up(database)
    with (
        issuing(stage.port()) as tokens,
        grid(stage, database.dsn, issuer=tokens.issuer) as ours,
        _floor(stage, database) as barest,
    ):
        requests = _batches(tokens, served)

        async def patrols_a_second(port: int) -> float:
            rate = await rounds_a_second(port, _sent(requests), lines=LINES, seconds=seconds)
            return rate * BATCH

        runs = await alternate(lambda: patrols_a_second(ours), lambda: patrols_a_second(barest))
    grids = len(TOWNSHIPS) * _OF_A_TOWNSHIP
    beside = {"day_seconds": grids / statistics.median(run.ours for run in runs)}
    return [Result("patrol_batch", "patrols/s", Reach(1000, "at least", "ours"), runs, beside)]


async def _set_up(database: FreshDatabase) -> dict[str, list[_Served]]:
    """The grids of every township, each served by a worker of its own; by division."""
    found: dict[str, list[_Served]] = {}
    async with open_doors(database) as doors:
        for division in TOWNSHIPS:
            found[division] = [
                _Served(f"{division}201{number:03}", new_id(division))
                for number in range(1, _OF_A_TOWNSHIP + 1)
            ]
            author = Author(scope=division, actor_ref="bench")
            at = datetime(2020, 1, 1, tzinfo=UTC)
            workers = [_enrolment(each, at) for each in found[division]]
            grids = [_grid(each, at) for each in found[division]]
            results, _ = await handle_all(doors.office.workers, division, workers, author)
            more, _ = await handle_all(doors.office.grids, division, grids, author)
            assert not any(isinstance(each, Refusal) for each in (*results, *more))
    return found


def _enrolment(served: _Served, at: datetime) -> StreamCommands[WorkerCommand]:
    enrol = EnrolWorker(
        worker_id=served.worker_id,
        employment=Employment.FULL_TIME,
        person_ref=new_id(served.grid_code[:9]),
        from_day=_SINCE,
    )
    return StreamCommands(stream_id=served.worker_id, commands=[(enrol, at)], begins=True)


def _grid(served: _Served, at: datetime) -> StreamCommands[GridCommand]:
    define = DefineGrid(grid_code=served.grid_code, kind=GridKind.BASIC, valid_from=_SINCE)
    assign = AssignWorker(
        assignment_id=new_id(served.grid_code[:9]),
        worker_id=served.worker_id,
        duty=GridDuty.RESPONSIBLE,
        first_day=_SINCE,
    )
    return StreamCommands(
        stream_id=grid_id(served.grid_code), commands=[(define, at), (assign, at)], begins=True
    )


@contextmanager
def _floor(stage: Stage, database: FreshDatabase) -> Iterator[int]:
    with psycopg.connect(database.owner_dsn) as connection:
        connection.execute(_FLOOR_TABLE.format(role=database.role).encode())
    port = stage.port()
    environment = {"FLOOR_DATABASE_URL": database.dsn, "FLOOR_PORT": str(port)}
    with listening(stage, "tests.bench.floor_server", port, **environment):
        yield port


def _batches(tokens: TokenMaker, served: dict[str, list[_Served]]) -> Iterator[bytes]:
    """Day after day every grid once, from one township after another."""
    headers = {
        code: {"Authorization": f"Bearer {tokens.token(Role.BACKFILL, code, expires_in=3600)}"}
        for code in served
    }
    for number in itertools.count():
        day = _SINCE + timedelta(days=number)
        for start in range(0, _OF_A_TOWNSHIP, BATCH):
            for division, grids in served.items():
                lines = [_line(each, day) for each in grids[start : start + BATCH]]
                path = f"/townships/{division}/patrols"
                yield post(path, {"patrols": lines}, **headers[division])


def _line(served: _Served, day: date) -> dict[str, Any]:
    return {
        "client_id": str(uuid_utils.uuid7()),
        "grid_code": served.grid_code,
        "done_at": f"{day.isoformat()}T09:00:00+08:00",
        "found": False,
        "households_visited": 3,
        "worker_id": served.worker_id,
    }


def _sent(requests: Iterator[bytes]) -> Caller:
    """Sends the next batch, of which every line has to be recorded."""

    async def send(line: Line) -> None:
        answer = await line.ask(next(requests))
        if answer.status != 200 or answer.json()["recorded"] != BATCH:
            raise AssertionError(answer.body[:2000].decode())

    return send

"""The routes by which a worker is assigned to a grid, taken over from, and ends there."""

from datetime import date

from fastapi import Response

from services.grid.api.grids import ByKeepers, GridContext, documented
from services.grid.domain.grid import Grid, GridCommand, GridNotFound
from services.grid.domain.grid.grid_file import GridWasDissolved
from services.grid.domain.grid.serving import (
    AssignmentHasEnded,
    AssignmentNotFound,
    AssignmentStatedOtherwise,
    AssignWorker,
    EndAssignment,
    GridNotYetValid,
    SubstituteNeedsALastDay,
    TakeOver,
    VoidAssignment,
    WorkerServesAlready,
)
from services.grid.domain.validity import EndsBeforeItBegan
from services.grid.store import grid_workers
from shared.contracts.grid_codes import GridDuty
from shared.contracts.mediation_codes import VoidReason
from shared.divisions import Identifier, new_id
from shared.handling import Prepared, Record
from shared.http import Router
from shared.office import Dated
from shared.office.occurrence_time import Day
from shared.refusals import Refusal

router = Router(tags=["grids"])


class WorkerNotOnRegister(Refusal):
    """Who serves a grid is on the township's register of workers from that day on."""

    status = 422
    title = "The worker is not on the register"


class AssignBody(Dated):
    """Who serves the grid from when on; a substitute until when."""

    assignment_id: Identifier | None = None
    """A new one unless it is stated."""
    worker_id: Identifier
    duty: GridDuty = GridDuty.RESPONSIBLE
    first_day: Day
    last_day: Day | None = None


class EndAssignmentBody(Dated):
    """The last day of an assignment."""

    assignment_id: Identifier
    last_day: Day


class VoidAssignmentBody(Dated):
    """Which assignment was none, and why it was recorded."""

    assignment_id: Identifier
    reason: VoidReason


class TakeOverBody(Dated):
    """Who serves in the place of an assignment from this day on."""

    assignment_id: Identifier
    successor_assignment_id: Identifier | None = None
    """A new one unless it is stated."""
    worker_id: Identifier
    first_day: Day


_OF_A_GRID = (GridNotFound, GridWasDissolved, EndsBeforeItBegan)
_NEW = (WorkerNotOnRegister, WorkerServesAlready, GridNotYetValid)


@router.post(
    "/grids/{grid_id}/assign",
    **documented(*_OF_A_GRID, *_NEW, SubstituteNeedsALastDay, AssignmentStatedOtherwise),
)
async def assign(body: AssignBody, context: ByKeepers) -> Response:
    """指派: a worker serves the grid; who serves two grids is in the record of each."""
    command = AssignWorker(
        assignment_id=body.assignment_id or new_id(context.division),
        worker_id=body.worker_id,
        duty=body.duty,
        first_day=body.first_day,
        last_day=body.last_day,
    )
    return await _with_worker(command, body, context)


@router.post(
    "/grids/{grid_id}/take-over",
    **documented(
        *_OF_A_GRID, *_NEW, AssignmentNotFound, AssignmentHasEnded, AssignmentStatedOtherwise
    ),
)
async def take_over(body: TakeOverBody, context: ByKeepers) -> Response:
    """接替: another worker serves in the place of one, who ends the day before."""
    command = TakeOver(
        assignment_id=body.assignment_id,
        successor_assignment_id=body.successor_assignment_id or new_id(context.division),
        worker_id=body.worker_id,
        first_day=body.first_day,
    )
    return await _with_worker(command, body, context)


async def _with_worker(
    command: AssignWorker | TakeOver, body: Dated, context: GridContext
) -> Response:
    async def prepare(record: Record[Grid]) -> Prepared[GridCommand, Grid]:
        # the grid first: who may not see it learns nothing of the register
        if record.state.defined is None:
            raise GridNotFound
        return Prepared(
            command=command,
            at=context.moment(body),
            looked_up=await _on_register(context, command.worker_id, command.first_day),
        )

    return await context.handle(prepare)


async def _on_register(context: GridContext, worker_id: str, day: date) -> dict[str, int]:
    """The version of a worker of the township; raises WorkerNotOnRegister."""
    pool = context.office.pool
    version = await grid_workers.version_on(pool, context.division, worker_id, day)
    if version is None:
        raise WorkerNotOnRegister(field="worker_id")
    return {worker_id: version}


@router.post("/grids/{grid_id}/void-assignment", **documented(GridNotFound, AssignmentNotFound))
async def void_assignment(body: VoidAssignmentBody, context: ByKeepers) -> Response:
    """An assignment was recorded that was none; it stays on record, and no day is in it."""
    command = VoidAssignment(assignment_id=body.assignment_id, reason=body.reason)
    return await context.handle_command(command, body)


@router.post(
    "/grids/{grid_id}/end-assignment",
    **documented(*_OF_A_GRID, AssignmentNotFound, AssignmentHasEnded),
)
async def end_assignment(body: EndAssignmentBody, context: ByKeepers) -> Response:
    """A worker serves the grid until this day; a grid that nobody serves is the office's gap."""
    command = EndAssignment(assignment_id=body.assignment_id, last_day=body.last_day)
    return await context.handle_command(command, body)

"""Who serves a grid: assigned for a time, taken over by a successor, or ended."""

from dataclasses import dataclass
from datetime import date, timedelta

from services.grid.domain.grid.grid_file import Assignment, Grid, GridNotFound, drawn
from services.grid.domain.validity import require_order
from shared.contracts.event import Event
from shared.contracts.grid import (
    GridDefined,
    GridWorkerAssigned,
    GridWorkerAssignmentEnded,
    GridWorkerAssignmentVoided,
)
from shared.contracts.grid_codes import GridDuty
from shared.contracts.mediation_codes import VoidReason
from shared.refusals import Refusal

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignWorker:
    """A worker serves the grid from a day on."""

    assignment_id: str
    worker_id: str
    duty: GridDuty
    first_day: date
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndAssignment:
    """A worker serves the grid until this day."""

    assignment_id: str
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver:
    """Another worker serves in the place of one, with the same duty, from a day on."""

    assignment_id: str
    successor_assignment_id: str
    worker_id: str
    first_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidAssignment:
    """The worker was recorded as serving the grid, and did not."""

    assignment_id: str
    reason: VoidReason


class AssignmentNotFound(Refusal):
    """The grid has no such assignment."""

    status = 422
    title = "No such assignment"


class AssignmentStatedOtherwise(Refusal):
    """The assignment is on record already, of another worker or for another time."""

    title = "The assignment is stated otherwise"


class AssignmentHasEnded(Refusal):
    """The assignment is over by then; nothing that has ended ends later."""

    title = "The assignment has ended"


class GridNotYetValid(Refusal):
    """Nobody serves a grid before it is valid."""

    status = 422
    title = "The grid is not valid yet"


class SubstituteNeedsALastDay(Refusal):
    """A substitute serves for a time: the last day is stated."""

    status = 422
    title = "The last day of the substitute is missing"


class WorkerServesAlready(Refusal):
    """The worker serves this grid already on some of these days."""

    title = "The worker serves the grid already"


def assign(command: AssignWorker, grid: Grid) -> list[Event]:
    """A worker serves a grid once on each day; several workers may share one."""
    defined = drawn(grid)
    if command.duty is GridDuty.SUBSTITUTE and command.last_day is None:
        raise SubstituteNeedsALastDay(field="last_day")
    require_order(command.first_day, command.last_day)
    stated = Assignment(
        assignment_id=command.assignment_id,
        worker_id=command.worker_id,
        duty=command.duty,
        first_day=command.first_day,
        last_day=command.last_day,
    )
    known = grid.assignment(command.assignment_id)
    if known is not None:
        return _same(known, stated)
    _require_free(stated, grid, defined)
    return [_assigned(defined, stated)]


def _same(known: Assignment, stated: Assignment) -> list[Event]:
    """Nothing follows from what is on record so already; raises AssignmentStatedOtherwise."""
    if known != stated:
        raise AssignmentStatedOtherwise
    return []


def _require_free(stated: Assignment, grid: Grid, defined: GridDefined) -> None:
    if stated.first_day < defined.valid_from:
        raise GridNotYetValid(field="first_day", valid_from=defined.valid_from.isoformat())
    for other in grid.assignments:
        same_worker = other.worker_id == stated.worker_id
        if same_worker and other.overlaps(stated.first_day, stated.last_day):
            raise WorkerServesAlready(assignment_id=other.assignment_id)


def _assigned(
    defined: GridDefined, stated: Assignment, *, takes_over_from: str | None = None
) -> GridWorkerAssigned:
    return GridWorkerAssigned(
        grid_id=defined.grid_id,
        grid_code=defined.grid_code,
        assignment_id=stated.assignment_id,
        worker_id=stated.worker_id,
        duty=stated.duty,
        first_day=stated.first_day,
        last_day=stated.last_day,
        takes_over_from=takes_over_from,
    )


def end(command: EndAssignment, grid: Grid) -> list[Event]:
    """An assignment ends, or ends earlier than was stated."""
    defined = drawn(grid)
    known = _known(command.assignment_id, grid)
    require_order(known.first_day, command.last_day)
    if known.last_day == command.last_day:
        return []
    return [ended(defined, known, command.last_day)]


def void(command: VoidAssignment, grid: Grid) -> list[Event]:
    """Once; whoever serves the grid in truth is assigned anew."""
    if grid.defined is None:
        raise GridNotFound
    known = _known(command.assignment_id, grid)
    if known.is_void:
        return []
    return [
        GridWorkerAssignmentVoided(
            grid_id=grid.defined.grid_id,
            grid_code=grid.defined.grid_code,
            assignment_id=known.assignment_id,
            worker_id=known.worker_id,
            reason=command.reason,
        )
    ]


def take_over(command: TakeOver, grid: Grid) -> list[Event]:
    """One worker ends on the day before the other begins; the last day of both is the same."""
    defined = drawn(grid)
    before = _known(command.assignment_id, grid)
    stated = Assignment(
        assignment_id=command.successor_assignment_id,
        worker_id=command.worker_id,
        duty=before.duty,
        first_day=command.first_day,
        last_day=before.last_day,
    )
    known = grid.assignment(stated.assignment_id)
    if known is not None:
        return _same(known, stated)
    require_order(before.first_day, command.first_day - _A_DAY)
    _require_free(stated, grid, defined)
    return [
        ended(defined, before, command.first_day - _A_DAY),
        _assigned(defined, stated, takes_over_from=before.assignment_id),
    ]


def _known(assignment_id: str, grid: Grid) -> Assignment:
    found = grid.assignment(assignment_id)
    if found is None:
        raise AssignmentNotFound(field="assignment_id")
    return found


def ended(defined: GridDefined, known: Assignment, last_day: date) -> GridWorkerAssignmentEnded:
    """The end of an assignment; raises AssignmentHasEnded where it is over before that day."""
    if known.last_day is not None and known.last_day <= last_day:
        raise AssignmentHasEnded(last_day=known.last_day.isoformat())
    return GridWorkerAssignmentEnded(
        grid_id=defined.grid_id,
        grid_code=defined.grid_code,
        assignment_id=known.assignment_id,
        worker_id=known.worker_id,
        last_day=last_day,
    )

"""Every event of a grid, and what it changes in the state."""

from dataclasses import replace

from services.grid.domain.grid.grid_file import Assignment, Grid
from shared.contracts.event import Event
from shared.contracts.grid import (
    GridBoundaryDrawn,
    GridDefined,
    GridDissolved,
    GridWorkerAssigned,
    GridWorkerAssignmentEnded,
)
from shared.decider import EventOfAnotherAggregate

GridFact = (
    GridDefined
    | GridBoundaryDrawn
    | GridWorkerAssigned
    | GridWorkerAssignmentEnded
    | GridDissolved
)
"""Every event of a grid's stream; each of them changes the state."""


def evolve(grid: Grid, event: Event) -> Grid:
    """The grid after an event; EventOfAnotherAggregate for one of another record."""
    if not isinstance(event, GridFact):
        raise EventOfAnotherAggregate(f"{event.kind} is no event of a grid")
    return replace(_after(grid, event), version=grid.version + 1)


def _after(grid: Grid, event: GridFact) -> Grid:
    match event:
        case GridDefined():
            return replace(grid, defined=event, boundary_digest=event.boundary_digest)
        case GridBoundaryDrawn():
            return replace(grid, boundary_digest=event.boundary_digest)
        case GridWorkerAssigned():
            return replace(grid, assignments=(*grid.assignments, _assignment(event)))
        case GridWorkerAssignmentEnded():
            return replace(grid, assignments=tuple(_ended(grid, event)))
        case GridDissolved():
            return replace(grid, dissolved=event)


def _assignment(event: GridWorkerAssigned) -> Assignment:
    return Assignment(
        assignment_id=event.assignment_id,
        worker_id=event.worker_id,
        duty=event.duty,
        first_day=event.first_day,
        last_day=event.last_day,
    )


def _ended(grid: Grid, event: GridWorkerAssignmentEnded) -> list[Assignment]:
    return [
        replace(each, last_day=event.last_day)
        if each.assignment_id == event.assignment_id
        else each
        for each in grid.assignments
    ]

"""Every event of a grid, and what it changes in the state."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from services.grid.domain.grid.grid_file import Assignment, Grid
from shared.contracts.event import Event
from shared.contracts.grid import (
    GridBoundaryDrawn,
    GridCorrected,
    GridDefined,
    GridDissolved,
    GridWorkerAssigned,
    GridWorkerAssignmentEnded,
    GridWorkerAssignmentVoided,
)
from shared.decider import EventOfAnotherAggregate

_A_DAY = timedelta(days=1)
GridFact = (
    GridDefined
    | GridCorrected
    | GridBoundaryDrawn
    | GridWorkerAssigned
    | GridWorkerAssignmentEnded
    | GridWorkerAssignmentVoided
    | GridDissolved
)
"""Every event of a grid's stream; each of them changes the state."""


def evolve(grid: Grid, event: Event) -> Grid:
    """The grid after an event; EventOfAnotherAggregate for one of another record."""
    if not isinstance(event, GridFact):
        raise EventOfAnotherAggregate(f"{event.kind} is no event of a grid")
    return replace(_after(grid, event), version=grid.version + 1)


def _after(grid: Grid, event: GridFact) -> Grid:  # noqa: PLR0911
    match event:
        case GridDefined():
            return replace(grid, defined=event, boundary_digest=event.boundary_digest)
        case GridCorrected():
            return _corrected(grid, event)
        case GridBoundaryDrawn():
            return replace(grid, boundary_digest=event.boundary_digest)
        case GridWorkerAssigned():
            return replace(grid, assignments=(*grid.assignments, _assignment(event)))
        case GridWorkerAssignmentEnded():
            return replace(
                grid, assignments=_until(grid, event.assignment_id, lambda _: event.last_day)
            )
        case GridWorkerAssignmentVoided():
            return replace(
                grid,
                assignments=_until(grid, event.assignment_id, lambda its: its.first_day - _A_DAY),
            )
        case GridDissolved():
            return replace(grid, dissolved=event)


def _corrected(grid: Grid, event: GridCorrected) -> Grid:
    if grid.defined is None:
        raise AssertionError("a correction of what was never defined")
    stated = {"grid_kind": event.grid_kind, "valid_from": event.valid_from}
    right = {name: value for name, value in stated.items() if value is not None}
    return replace(
        grid,
        defined=grid.defined.model_copy(update=right),
        title_digest=event.title_digest or grid.title_digest,
    )


def _assignment(event: GridWorkerAssigned) -> Assignment:
    return Assignment(
        assignment_id=event.assignment_id,
        worker_id=event.worker_id,
        duty=event.duty,
        first_day=event.first_day,
        last_day=event.last_day,
    )


def _until(
    grid: Grid, assignment_id: str, last_day: Callable[[Assignment], date]
) -> tuple[Assignment, ...]:
    """The assignments, one of them until another day."""
    return tuple(
        replace(each, last_day=last_day(each)) if each.assignment_id == assignment_id else each
        for each in grid.assignments
    )

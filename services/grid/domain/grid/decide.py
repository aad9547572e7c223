"""Every command of a grid, and the step that decides it."""

from services.grid.domain.grid.correcting import CorrectGrid, correct
from services.grid.domain.grid.defining import DefineGrid, DrawBoundary, define, draw
from services.grid.domain.grid.dissolving import DissolveGrid, dissolve
from services.grid.domain.grid.grid_file import Grid
from services.grid.domain.grid.serving import (
    AssignWorker,
    EndAssignment,
    TakeOver,
    VoidAssignment,
    assign,
    end,
    take_over,
    void,
)
from shared.contracts.event import Event

GridCommand = (
    DefineGrid
    | CorrectGrid
    | DrawBoundary
    | AssignWorker
    | EndAssignment
    | TakeOver
    | VoidAssignment
    | DissolveGrid
)


def decide(command: GridCommand, grid: Grid) -> list[Event]:  # noqa: C901, PLR0911
    """The events that follow; none where the record says so already. May raise a refusal."""
    match command:
        case DefineGrid():
            return define(command, grid)
        case CorrectGrid():
            return correct(command, grid)
        case DrawBoundary():
            return draw(command, grid)
        case AssignWorker():
            return assign(command, grid)
        case EndAssignment():
            return end(command, grid)
        case TakeOver():
            return take_over(command, grid)
        case VoidAssignment():
            return void(command, grid)
        case DissolveGrid():
            return dissolve(command, grid)

"""A grid comes to its end: who serves it ends with it, and what is open goes to the successors."""

from dataclasses import dataclass
from datetime import date

from services.grid.domain.grid.grid_file import Grid, GridNotFound
from services.grid.domain.grid.serving import ended
from services.grid.domain.validity import require_order, require_successors
from shared.contracts.event import Event
from shared.contracts.grid import GridDefined, GridDissolved
from shared.contracts.grid_codes import EndedHow
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class DissolveGrid:
    """The grid ends, and these take its place."""

    last_day: date
    how: EndedHow
    successors: frozenset[str]


class GridDissolvedOtherwise(Refusal):
    """The grid came to its end already, on another day or with other successors."""

    title = "The grid was dissolved otherwise"


class AssignmentBeginsLater(Refusal):
    """Somebody begins to serve the grid only after its last day: that assignment ends first."""

    title = "An assignment begins later"


def dissolve(command: DissolveGrid, grid: Grid) -> list[Event]:
    """The grid ends once, together with what reaches beyond its last day."""
    defined = grid.defined
    if defined is None:
        raise GridNotFound
    require_order(defined.valid_from, command.last_day)
    needed = command.how is not EndedHow.ABOLISHED
    require_successors(defined.grid_code, command.successors, needed=needed)
    dissolved = GridDissolved(
        grid_id=defined.grid_id,
        grid_code=defined.grid_code,
        last_day=command.last_day,
        how=command.how,
        successors=tuple(sorted(command.successors)),
    )
    if grid.dissolved is None:
        return [*_ends(defined, grid, command.last_day), dissolved]
    if grid.dissolved != dissolved:
        raise GridDissolvedOtherwise(last_day=grid.dissolved.last_day.isoformat())
    return []


def _ends(defined: GridDefined, grid: Grid, last_day: date) -> list[Event]:
    served = [a for a in grid.assignments if not a.is_void]
    beyond = [a for a in served if a.last_day is None or a.last_day > last_day]
    for each in beyond:
        if each.first_day > last_day:
            raise AssignmentBeginsLater(
                assignment_id=each.assignment_id, first_day=each.first_day.isoformat()
            )
    return [ended(defined, each, last_day) for each in beyond]

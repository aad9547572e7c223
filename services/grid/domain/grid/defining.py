"""划定: a grid is drawn, and its boundary perhaps drawn anew."""

from dataclasses import dataclass
from datetime import date

from services.grid.domain.grid.grid_file import Grid, drawn
from services.grid.domain.named_ids import grid_id
from services.grid.domain.validity import differing
from shared.contracts.event import Event
from shared.contracts.grid import GridBoundaryDrawn, GridDefined
from shared.contracts.grid_codes import GridKind
from shared.divisions import village_of
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class DefineGrid:
    """The grid with this code is valid from a day on."""

    grid_code: str
    kind: GridKind
    valid_from: date
    within: str | None = None
    boundary_digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawBoundary:
    """This is the boundary from now on."""

    boundary_digest: str


class GridDefinedOtherwise(Refusal):
    """The code is drawn already: as another kind, within another grid, with another boundary or from another day."""

    title = "The grid is defined otherwise"


class GridNamedOtherwise(Refusal):
    """The code is drawn already, under another name: correct the name."""

    title = "The grid has another name"


class OnlyMicroGridsLieWithin(Refusal):
    """A micro grid names the basic grid of the same village in which it lies; others name none."""

    status = 422
    title = "Only a micro grid lies within another"


def define(command: DefineGrid, grid: Grid) -> list[Event]:
    """A grid is defined once; its boundary may be drawn anew."""
    _require_within(command)
    defined = GridDefined(
        grid_id=grid_id(command.grid_code),
        grid_code=command.grid_code,
        grid_kind=command.kind,
        valid_from=command.valid_from,
        within=command.within,
        boundary_digest=command.boundary_digest,
    )
    if grid.defined is None:
        return [defined]
    if grid.defined != defined:
        first, *_ = differing(_said(defined), _said(grid.defined))
        raise GridDefinedOtherwise(grid_id=grid.defined.grid_id, field=first)
    return []


def _said(defined: GridDefined) -> dict[str, object]:
    return {
        "kind": defined.grid_kind,
        "valid_from": defined.valid_from,
        "within": defined.within,
        "boundary": defined.boundary_digest,
    }


def _require_within(command: DefineGrid) -> None:
    if command.within is None:
        return
    same_village = village_of(command.within) == village_of(command.grid_code)
    itself = command.within == command.grid_code
    if command.kind is not GridKind.MICRO or not same_village or itself:
        raise OnlyMicroGridsLieWithin(field="within")


def draw(command: DrawBoundary, grid: Grid) -> list[Event]:
    """The boundary of a grid that goes on."""
    defined = drawn(grid)
    if grid.boundary_digest == command.boundary_digest:
        return []
    return [
        GridBoundaryDrawn(
            grid_id=defined.grid_id,
            grid_code=defined.grid_code,
            boundary_digest=command.boundary_digest,
        )
    ]

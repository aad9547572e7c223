"""The routes by which a grid is drawn, drawn anew, and dissolved."""

from datetime import date
from typing import Annotated

from fastapi import Response
from pydantic import Field

from services.grid.api.command_answers import GridAnswer
from services.grid.api.geometry import Geometry
from services.grid.api.office import SERVICE, Grids, Office, TheOffice
from services.grid.api.place_codes import PlaceElsewhere, PlaceName, require_in
from services.grid.api.roles import KEEPING
from services.grid.domain.grid import Grid, GridCommand, GridNotFound
from services.grid.domain.grid.defining import (
    DefineGrid,
    DrawBoundary,
    GridDefinedOtherwise,
    GridNamedOtherwise,
    OnlyMicroGridsLieWithin,
)
from services.grid.domain.grid.dissolving import (
    AssignmentBeginsLater,
    DissolveGrid,
    GridDissolvedOtherwise,
)
from services.grid.domain.grid.grid_file import GridWasDissolved
from services.grid.domain.named_ids import grid_id, village_id
from services.grid.domain.validity import EndsBeforeItBegan, SuccessorMissing, SuccessorNotFound
from services.grid.store.boundaries import keep_boundary
from services.grid.store.place_name import called, keep_name
from shared.contracts.grid_codes import EndedHow, GridKind
from shared.divisions import GridCode, TownshipCode, in_scope, village_of
from shared.handling import Prepared, Record
from shared.http import EachOnce, Idempotency, Router
from shared.identity import Actor, requires
from shared.office import CommandContext, Dated, begin, command_context, command_documents
from shared.office.occurrence_time import Day
from shared.refusals import Refusal

documented = command_documents(GridAnswer)
Successors = Annotated[frozenset[GridCode], Field(max_length=50, fail_fast=True), EachOnce]


def _grids(office: Office) -> Grids:
    return office.grids


GridContext = CommandContext[Office, GridCommand, Grid]
ByKeepers = Annotated[GridContext, command_context("grid_id", _grids, *KEEPING)]

router = Router(tags=["grids"])


class VillageNotValid(Refusal):
    """A grid is drawn in a village that is on the register that day."""

    status = 422
    title = "The village is not on the register"


class BasicGridNotFound(Refusal):
    """The grid in which a micro grid lies is a basic one of the register."""

    status = 422
    title = "No such basic grid"


class DefineGridBody(Dated):
    """The code, which begins with that of the village, the name, and perhaps the boundary."""

    grid_code: GridCode
    name: PlaceName
    kind: GridKind
    valid_from: Day
    within: GridCode | None = None
    boundary: Geometry | None = None


class DrawBoundaryBody(Dated):
    """The boundary from now on; earlier ones stay on record."""

    boundary: Geometry


class DissolveGridBody(Dated):
    """The last day, and what takes the grid's place."""

    last_day: Day
    how: EndedHow
    successors: Successors = frozenset()


@router.post(
    "/townships/{division}/grids",
    status_code=201,
    **documented(
        GridDefinedOtherwise,
        GridNamedOtherwise,
        OnlyMicroGridsLieWithin,
        PlaceElsewhere,
        VillageNotValid,
        BasicGridNotFound,
    ),
)
async def define_grid(
    division: TownshipCode,
    body: DefineGridBody,
    actor: Annotated[Actor, requires(*KEEPING)],
    key: Idempotency,
    office: TheOffice,
) -> Response:
    """划定: a grid is drawn in a village, once under each code."""
    require_in(division, body.grid_code, field="grid_code")
    boundary = body.boundary.boundary() if body.boundary else None
    stream_id = grid_id(body.grid_code)
    command = DefineGrid(
        grid_code=body.grid_code,
        kind=body.kind,
        valid_from=body.valid_from,
        within=body.within,
        boundary_digest=boundary.digest if boundary else None,
    )

    async def prepare(record: Record[Grid]) -> Prepared[GridCommand, Grid]:
        await require_name(office, record.state, body.grid_code, body.name)
        return Prepared(
            command=command,
            at=body.moment(actor, now=office.now()),
            side_writes=[
                keep_name(body.grid_code, body.name),
                *([keep_boundary(stream_id, boundary)] if boundary else []),
            ],
            looked_up=await around(
                office, division, body.grid_code, within=body.within, day=body.valid_from
            ),
        )

    return await begin(
        office.grids,
        prepare,
        service=SERVICE,
        stream_id=stream_id,
        actor=actor,
        key=key,
        address="/grids/{grid_id}",
        begins=False,
    )


async def require_name(office: Office, grid: Grid, code: str, name: str) -> None:
    """Raise GridNamedOtherwise where the grid is on the register under another name."""
    if grid.defined is not None and await called(office.pool, code) != name:
        raise GridNamedOtherwise(grid_id=grid.defined.grid_id, field="name")


async def around(
    office: Office, division: str, grid_code: str, *, within: str | None, day: date
) -> dict[str, int]:
    """Versions of the village, and of the basic grid, in which a grid lies."""
    village = village_id(village_of(grid_code))
    known = await office.villages.read(division, village)
    if not known.state.is_valid_on(day):
        raise VillageNotValid(field="grid_code")
    found = {village: known.version}
    if within is not None and in_scope(division, within):
        basic = await office.grids.read(division, grid_id(within))
        defined = basic.state.defined
        if defined is None or defined.grid_kind is not GridKind.BASIC:
            raise BasicGridNotFound(field="within")
        found[defined.grid_id] = basic.version
    return found


@router.post("/grids/{grid_id}/draw-boundary", **documented(GridNotFound, GridWasDissolved))
async def draw_boundary(body: DrawBoundaryBody, context: ByKeepers) -> Response:
    """The boundary of a grid is drawn anew, or for the first time."""
    boundary = body.boundary.boundary()

    async def prepare(record: Record[Grid]) -> Prepared[GridCommand, Grid]:
        if record.state.defined is None:
            raise GridNotFound
        return Prepared(
            command=DrawBoundary(boundary_digest=boundary.digest),
            at=context.moment(body),
            side_writes=[keep_boundary(context.stream_id, boundary)],
        )

    return await context.handle(prepare)


@router.post(
    "/grids/{grid_id}/dissolve",
    **documented(
        GridNotFound,
        GridDissolvedOtherwise,
        AssignmentBeginsLater,
        EndsBeforeItBegan,
        SuccessorMissing,
        SuccessorNotFound,
    ),
)
async def dissolve_grid(body: DissolveGridBody, context: ByKeepers) -> Response:
    """合并、撤销: the grid ends, and who serves it ends there; what is open goes to the successors."""

    async def prepare(record: Record[Grid]) -> Prepared[GridCommand, Grid]:
        if record.state.defined is None:
            raise GridNotFound
        return Prepared(
            command=DissolveGrid(last_day=body.last_day, how=body.how, successors=body.successors),
            at=context.moment(body),
            looked_up=await _defined(context, body.successors),
        )

    return await context.handle(prepare)


async def _defined(context: GridContext, codes: frozenset[str]) -> dict[str, int]:
    """Versions of the grids of the own township; raises SuccessorNotFound where there is none."""
    found: dict[str, int] = {}
    for code in sorted(codes):
        if in_scope(context.division, code) and grid_id(code) != context.stream_id:
            known = await context.handling.read(context.division, grid_id(code))
            if known.state.defined is None:
                raise SuccessorNotFound(field="successors")
            found[grid_id(code)] = known.version
    return found

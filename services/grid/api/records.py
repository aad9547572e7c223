"""The routes by which one village, grid or worker is looked at, with its history."""

from typing import Annotated, Any

import orjson
from fastapi import Request, Response
from pydantic import BaseModel

from services.grid.api.command_answers import (
    GridAnswer,
    VillageAnswer,
    WorkerAnswer,
    grid_summary,
    village_summary,
    worker_summary,
)
from services.grid.api.office import SERVICE, TheOffice
from services.grid.api.register_probes import GRID_PROBES, VILLAGE_PROBES, WORKER_PROBES
from services.grid.api.roles import READING
from services.grid.domain.grid import GridNotFound
from services.grid.domain.grid_worker import GridWorkerNotFound
from services.grid.domain.village import VillageNotFound
from services.grid.store.boundaries import drawn_as
from shared.divisions import Identifier
from shared.http import AtLeast, Router, answered, refused_with
from shared.identity import Actor, requires
from shared.office import wait_to_show
from shared.office.actions import Action, actions_of
from shared.office.history import HistoryItem, with_history
from shared.refusals import Refusal

Reader = Annotated[Actor, requires(*READING)]

router = Router(tags=["register"])


class BoundaryNotDrawn(Refusal):
    """The grid is defined, and nobody has drawn its boundary."""

    status = 404
    title = "No boundary is drawn"


class VillageWithHistory(VillageAnswer):
    """The state of a village, with what may be done with it now, and its history."""

    actions: list[Action]
    history: list[HistoryItem]


class GridWithHistory(GridAnswer):
    """The state of a grid, with what may be done with it now, and its history."""

    actions: list[Action]
    history: list[HistoryItem]


class WorkerWithHistory(WorkerAnswer):
    """The state of a worker, with what may be done with it now, and its history."""

    actions: list[Action]
    history: list[HistoryItem]


class BoundaryShown(BaseModel):
    """The boundary as GeoJSON, and the digest of that text in the grid's events."""

    grid_code: str
    digest: str
    boundary: dict[str, Any]


@router.get(
    "/villages/{village_id}",
    response_model=VillageWithHistory,
    responses=refused_with(VillageNotFound),
)
async def one_village(
    request: Request, village_id: Identifier, actor: Reader, office: TheOffice, at_least: AtLeast
) -> Response:
    """One village and its history; another township's is as if there were none."""
    await wait_to_show(office, actor, at_least)
    history = await office.ledger.stream(actor.scope, village_id)
    record = office.villages.fold(history)
    if record.state.registered is None:
        raise VillageNotFound
    actions = await actions_of(
        request,
        office,
        actor,
        record,
        address="/villages/{village_id}",
        stream_id=village_id,
        probes=VILLAGE_PROBES,
    )
    shown = {**village_summary(record.state), "actions": actions}
    return with_history(SERVICE, shown, record, history)


@router.get(
    "/grids/{grid_id}", response_model=GridWithHistory, responses=refused_with(GridNotFound)
)
async def one_grid(
    request: Request, grid_id: Identifier, actor: Reader, office: TheOffice, at_least: AtLeast
) -> Response:
    """One grid, everybody who serves or served it, and its history."""
    await wait_to_show(office, actor, at_least)
    history = await office.ledger.stream(actor.scope, grid_id)
    record = office.grids.fold(history)
    if record.state.defined is None:
        raise GridNotFound
    actions = await actions_of(
        request,
        office,
        actor,
        record,
        address="/grids/{grid_id}",
        stream_id=grid_id,
        probes=GRID_PROBES,
    )
    shown = {**grid_summary(record.state), "actions": actions}
    return with_history(SERVICE, shown, record, history)


@router.get(
    "/grids/{grid_id}/boundary",
    response_model=BoundaryShown,
    responses=refused_with(GridNotFound, BoundaryNotDrawn),
)
async def boundary(
    grid_id: Identifier, actor: Reader, office: TheOffice, at_least: AtLeast
) -> Response:
    """The boundary that is drawn now."""
    await wait_to_show(office, actor, at_least)
    grid = (await office.grids.read(actor.scope, grid_id)).state
    if grid.defined is None:
        raise GridNotFound
    digest = grid.boundary_digest
    drawn = digest and await drawn_as(office.pool, actor.scope, grid_id, digest)
    if not drawn:
        raise BoundaryNotDrawn
    shown = {"grid_code": grid.defined.grid_code, "digest": digest}
    return answered(shown | {"boundary": orjson.Fragment(drawn)})


@router.get(
    "/grid-workers/{worker_id}",
    response_model=WorkerWithHistory,
    responses=refused_with(GridWorkerNotFound),
)
async def one_worker(
    request: Request, worker_id: Identifier, actor: Reader, office: TheOffice, at_least: AtLeast
) -> Response:
    """One worker and the history; another township's is as if there were none."""
    await wait_to_show(office, actor, at_least)
    history = await office.ledger.stream(actor.scope, worker_id)
    record = office.workers.fold(history)
    if record.state.enrolled is None:
        raise GridWorkerNotFound
    actions = await actions_of(
        request,
        office,
        actor,
        record,
        address="/grid-workers/{worker_id}",
        stream_id=worker_id,
        probes=WORKER_PROBES,
    )
    shown = {**worker_summary(record.state), "actions": actions}
    return with_history(SERVICE, shown, record, history)

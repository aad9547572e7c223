"""The import of tables of villages, of grids and of workers with the grids that they serve."""

from typing import Annotated

from fastapi import Response

from services.grid.api.grids import around
from services.grid.api.grids import require_name as require_grid_name
from services.grid.api.office import SERVICE, TheOffice
from services.grid.api.place_codes import require_in
from services.grid.api.register_rows import (
    GridRow,
    TableAnswer,
    TableBody,
    VillageRow,
    WorkerRow,
)
from services.grid.api.table_import import TableImport, Taken
from services.grid.api.villages import require_name as require_village_name
from services.grid.api.worker_rows import take_worker
from services.grid.domain.grid.defining import DefineGrid
from services.grid.domain.named_ids import (
    grid_id,
    village_id,
)
from services.grid.domain.village import RegisterVillage
from services.grid.store.boundaries import keep_boundary
from services.grid.store.place_name import keep_name
from shared.http import MIB, Position, Router, answered
from shared.identity import Actor, Role, requires

router = Router(tags=["import"])
BODY_SIZE = 8 * MIB
Backfill = Annotated[Actor, requires(Role.BACKFILL)]


@router.post("/villages/import", response_model=TableAnswer, max_body_size=BODY_SIZE)
async def import_villages(body: TableBody, actor: Backfill, office: TheOffice) -> Response:
    """A row is one village; the same row again is known, one that differs is rejected."""
    table = TableImport(office, actor, body.source)
    await table.take(body.rows, VillageRow, _village)
    return table_answer(body, table)


@router.post("/grids/import", response_model=TableAnswer, max_body_size=BODY_SIZE)
async def import_grids(body: TableBody, actor: Backfill, office: TheOffice) -> Response:
    """A row is one grid; the same row again is known, one that differs is rejected."""
    table = TableImport(office, actor, body.source)
    await table.take(body.rows, GridRow, _grid)
    return table_answer(body, table)


@router.post("/grid-workers/import", response_model=TableAnswer, max_body_size=BODY_SIZE)
async def import_workers(body: TableBody, actor: Backfill, office: TheOffice) -> Response:
    """A row is one worker, by the office's own number, and perhaps a grid; another row names another."""
    table = TableImport(office, actor, body.source)
    await table.take(body.rows, WorkerRow, take_worker)
    return table_answer(body, table)


def table_answer(body: TableBody, table: TableImport) -> Response:
    """How many rows of each kind, and each row's own result."""
    results = table.results(body.rows)
    outcomes = [each["outcome"] for each in results]
    names = ("registered", "extended", "known", "rejected")
    counts = {name: outcomes.count(name) for name in names}
    positions = [Position(SERVICE, *reached) for reached in table.positions.items()]
    return answered(counts | {"results": results}, *positions)


async def _village(table: TableImport, row: VillageRow) -> Taken:
    given = row.register_
    require_in(row.division, given.village_code, field="village_code")
    stream_id = village_id(given.village_code)
    command = RegisterVillage(
        village_code=given.village_code, kind=given.kind, valid_from=given.day
    )
    begun = await table.handle(
        table.office.villages,
        stream_id,
        command,
        at=given.at,
        side_writes=[keep_name(given.village_code, given.name)],
        check=lambda known: require_village_name(
            table.office, known, given.village_code, given.name
        ),
    )
    return Taken(stream_id, "registered" if begun else "known")


async def _grid(table: TableImport, row: GridRow) -> Taken:
    given = row.register_
    require_in(row.division, given.grid_code, field="grid_code")
    stream_id = grid_id(given.grid_code)
    boundary = given.boundary.boundary() if given.boundary else None
    begun = await table.handle(
        table.office.grids,
        stream_id,
        DefineGrid(
            grid_code=given.grid_code,
            kind=given.kind,
            valid_from=given.day,
            within=given.within,
            boundary_digest=boundary.digest if boundary else None,
        ),
        at=given.at,
        side_writes=[
            keep_name(given.grid_code, given.name),
            *([keep_boundary(stream_id, boundary)] if boundary else []),
        ],
        looked_up=await around(
            table.office, row.division, given.grid_code, within=given.within, day=given.day
        ),
        check=lambda known: require_grid_name(table.office, known, given.grid_code, given.name),
    )
    return Taken(stream_id, "registered" if begun else "known")

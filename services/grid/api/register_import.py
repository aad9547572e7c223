"""The import of tables of villages, of grids and of workers with the grids that they serve."""

from contextlib import suppress
from typing import Annotated

from fastapi import Response

from services.grid.api.grids import around
from services.grid.api.office import SERVICE, TheOffice
from services.grid.api.place_codes import require_in
from services.grid.api.register_rows import (
    GivenServing,
    GridRow,
    TableAnswer,
    TableBody,
    VillageRow,
    WorkerRow,
)
from services.grid.api.reporting import GridNotValid
from services.grid.api.table_import import TableImport, Taken
from services.grid.domain.grid.defining import DefineGrid
from services.grid.domain.grid.serving import AssignWorker, WorkerServesAlready
from services.grid.domain.grid_worker import EnrolWorker, GridWorkerIsAnotherPerson
from services.grid.domain.named_ids import (
    grid_id,
    imported_assignment_id,
    imported_worker_id,
    village_id,
)
from services.grid.domain.village import RegisterVillage
from services.grid.store import grid_workers
from services.grid.store.boundaries import keep_boundary
from services.grid.store.place_name import keep_name
from shared.divisions import new_id
from shared.http import MIB, Position, Router, answered
from shared.identity import Actor, Role, requires
from shared.ledger import Statement
from shared.refusals import invalid
from shared.vault import PERSON, keep

router = Router(tags=["import"])
_BODY_SIZE = 8 * MIB
Backfill = Annotated[Actor, requires(Role.BACKFILL)]


@router.post("/villages/import", response_model=TableAnswer, max_body_size=_BODY_SIZE)
async def import_villages(body: TableBody, actor: Backfill, office: TheOffice) -> Response:
    """A row is one village; the same row again is known, one that differs is rejected."""
    table = TableImport(office, actor, body.source)
    await table.take(body.rows, VillageRow, _village)
    return _answer(body, table)


@router.post("/grids/import", response_model=TableAnswer, max_body_size=_BODY_SIZE)
async def import_grids(body: TableBody, actor: Backfill, office: TheOffice) -> Response:
    """A row is one grid; the same row again is known, one that differs is rejected."""
    table = TableImport(office, actor, body.source)
    await table.take(body.rows, GridRow, _grid)
    return _answer(body, table)


@router.post("/grid-workers/import", response_model=TableAnswer, max_body_size=_BODY_SIZE)
async def import_workers(body: TableBody, actor: Backfill, office: TheOffice) -> Response:
    """A row is one worker and perhaps a grid; the same number with another grid serves both."""
    table = TableImport(office, actor, body.source)
    await table.take(body.rows, WorkerRow, _worker)
    return _answer(body, table)


def _answer(body: TableBody, table: TableImport) -> Response:
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
    )
    return Taken(stream_id, "registered" if begun else "known")


async def _worker(table: TableImport, row: WorkerRow) -> Taken:
    for serving in row.facts:
        await _require_grid(table, row, serving)
    worker_id = imported_worker_id(row.division, table.source, row.number or f"row {row.row}")
    begun = await _enrol(table, row, worker_id)
    served = 0
    for serving in row.facts:
        served += await _serve(table, serving, worker_id)
    return Taken(worker_id, "registered" if begun else "extended" if served else "known")


async def _require_grid(table: TableImport, row: WorkerRow, serving: GivenServing) -> None:
    """Before anybody is enrolled: a row comes in whole, or not at all."""
    require_in(row.division, serving.grid_code, field="facts.0.grid_code")
    if serving.day < row.register_.day:
        raise invalid("facts.0.at", "The worker serves a grid before having come")
    grid = await table.office.grids.read(row.division, grid_id(serving.grid_code))
    if not grid.state.is_valid_on(serving.day):
        raise GridNotValid(field="facts.0.grid_code")


async def _enrol(table: TableImport, row: WorkerRow, worker_id: str) -> int:
    """How many events followed; the person is the one of the first row with that number."""
    given, vault = row.register_, table.office.vault
    known = (await table.office.workers.read(row.division, worker_id)).state.enrolled
    kept: list[Statement] = []
    if known is None:
        file = vault.begin(new_id(row.division))
        entry = file.entry(PERSON, given.person.model_dump(exclude_none=True))
        kept = keep(row.division, [file], [entry])
        if given.post is not None:
            kept.append(grid_workers.keep_post(worker_id, given.post))
        person_ref = file.person_ref
    else:
        person_ref = known.person_ref
        names = await vault.names(row.division, division=row.division, refs=[person_ref])
        if names.get(person_ref, given.person.name) != given.person.name:
            raise GridWorkerIsAnotherPerson(field="name")
    command = EnrolWorker(
        worker_id=worker_id,
        employment=given.employment,
        person_ref=person_ref,
        from_day=given.day,
    )
    workers = table.office.workers
    return await table.handle(workers, worker_id, command, at=given.at, side_writes=kept)


async def _serve(table: TableImport, serving: GivenServing, worker_id: str) -> int:
    """How many events followed; who serves the grid already, by whatever record, goes on."""
    code, day = serving.grid_code, serving.day
    command = AssignWorker(
        assignment_id=imported_assignment_id(worker_id, code, day),
        worker_id=worker_id,
        duty=serving.duty,
        first_day=day,
        last_day=serving.last_day,
    )
    with suppress(WorkerServesAlready):
        return await table.handle(table.office.grids, grid_id(code), command, at=serving.at)
    return 0

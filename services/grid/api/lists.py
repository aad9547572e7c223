"""The routes by which the register is looked at: lists, and its counts on a day."""

from typing import Annotated

from fastapi import Depends, Response
from pydantic import BaseModel

from services.grid.api.office import Office, TheOffice
from services.grid.api.roles import NAMING, READING
from services.grid.store.grid_board import GRIDS, GridLine
from services.grid.store.grid_workers import WORKERS, WorkerLine
from services.grid.store.registry_counts import RegistryCounts, counts_on
from services.grid.store.village_board import VILLAGES, VillageLine
from shared.board import Asked
from shared.divisions import TownshipCode
from shared.http import AtLeast, PageOf, Paging, Router, answered
from shared.identity import Actor, requires
from shared.office import wait_to_show
from shared.office.occurrence_time import Day
from shared.times import china_day

Reader = Annotated[Actor, requires(*READING)]

router = Router(tags=["register"])


class WorkerShown(BaseModel):
    """A worker and the grids that they serve without an end; the name for those who may see it."""

    division: str
    worker_id: str
    name: str | None
    employment: str
    since: str
    last_day: str | None
    grids: list[str]
    version: int


@router.get("/villages", response_model=PageOf[VillageLine])
async def villages(
    actor: Reader,
    office: TheOffice,
    asked: Annotated[Asked, Depends(VILLAGES.asked)],
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """The villages within the token's scope, by their codes."""
    await wait_to_show(office, actor, at_least)
    return answered(await VILLAGES.page(office.pool, actor.scope, asked, paging))


@router.get("/grids", response_model=PageOf[GridLine])
async def grids(
    actor: Reader,
    office: TheOffice,
    asked: Annotated[Asked, Depends(GRIDS.asked)],
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """The grids within the token's scope, by their codes."""
    await wait_to_show(office, actor, at_least)
    return answered(await GRIDS.page(office.pool, actor.scope, asked, paging))


@router.get("/grid-workers", response_model=PageOf[WorkerShown])
async def workers(
    actor: Reader,
    office: TheOffice,
    asked: Annotated[Asked, Depends(WORKERS.asked)],
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """The workers within the token's scope, in the order of their enrolment and in no other."""
    await wait_to_show(office, actor, at_least)
    shown = await WORKERS.page(office.pool, actor.scope, asked, paging)
    known = await _names_of(office, actor, shown["items"])
    shown["items"] = [_shown(line, known) for line in shown["items"]]
    return answered(shown)


async def _names_of(office: Office, actor: Actor, lines: list[WorkerLine]) -> dict[str, str]:
    """The workers' names by reference, for those who are shown any; who was erased lacks."""
    if actor.role not in NAMING:
        return {}
    known: dict[str, str] = {}
    for division in sorted({line.division for line in lines}):
        refs = [line.person_ref for line in lines if line.division == division]
        known |= await office.vault.names(actor.scope, division=division, refs=refs)
    return known


def _shown(line: WorkerLine, known: dict[str, str]) -> dict[str, object]:
    return {
        "division": line.division,
        "worker_id": line.worker_id,
        "name": known.get(line.person_ref),
        "employment": line.employment,
        "since": line.since,
        "last_day": line.last_day,
        "grids": sorted(line.grids),
        "version": line.version,
    }


@router.get("/townships/{division}/register", response_model=RegistryCounts)
async def register(
    division: TownshipCode,
    actor: Reader,
    office: TheOffice,
    at_least: AtLeast,
    on: Day | None = None,
) -> Response:
    """How many there are on a day, today unless it is stated; people once, and once in each grid."""
    await wait_to_show(office, actor, at_least)
    return answered(await counts_on(office.pool, division, on or china_day(office.now())))

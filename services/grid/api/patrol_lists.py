"""The routes by which patrols are looked at; who did one is shown to the desk and to the worker.

The desk corrects and voids. Everybody else sees that a grid was patrolled, and not by whom: nothing is
measured by worker. An auditor finds it in the ledger.
"""

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from services.grid.api.command_answers import PatrolAnswer, patrol_summary
from services.grid.api.office import SERVICE, Office, TheOffice
from services.grid.api.register_probes import PATROL_PROBES
from services.grid.api.roles import KEEPING, READING
from services.grid.domain.patrol import PatrolNotFound
from services.grid.store import grid_workers
from services.grid.store.patrol_board import PATROLS
from shared.board import Asked
from shared.divisions import Identifier
from shared.http import AtLeast, PageOf, Paging, Router, answered, refused_with
from shared.identity import Actor, Role, requires
from shared.office import wait_to_show
from shared.office.actions import Action, actions_of
from shared.office.history import HistoryItem, with_history

Reader = Annotated[Actor, requires(*READING)]

router = Router(tags=["patrols"])


class PatrolShown(BaseModel):
    """A patrol as the list shows it; `worker_ref` for the desk, and of the own patrols."""

    division: str
    patrol_id: str
    grid_code: str
    village_code: str
    worker_ref: str | None
    on_day: date
    done_at: datetime
    found: bool
    households_visited: int | None
    voided: bool
    version: int


class PatrolWithHistory(PatrolAnswer):
    """The state of a patrol, with what may be done with it now, and its history where who did it is shown."""

    actions: list[Action]
    history: list[HistoryItem]


@router.get("/patrols", response_model=PageOf[PatrolShown])
async def patrols(
    actor: Reader,
    office: TheOffice,
    asked: Annotated[Asked, Depends(PATROLS.asked)],
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """Patrols within the token's scope, the newest first."""
    await wait_to_show(office, actor, at_least)
    shown = await PATROLS.page(office.pool, actor.scope, asked, paging)
    if actor.role not in KEEPING:
        own = await _own_workers(office, actor)
        shown["items"] = [
            asdict(line) | ({} if line.worker_ref in own else {"worker_ref": None})
            for line in shown["items"]
        ]
    return answered(shown)


@router.get(
    "/patrols/{patrol_id}",
    response_model=PatrolWithHistory,
    responses=refused_with(PatrolNotFound),
)
async def one_patrol(
    request: Request, patrol_id: Identifier, actor: Reader, office: TheOffice, at_least: AtLeast
) -> Response:
    """One patrol and its history; another township's is as if there were none."""
    await wait_to_show(office, actor, at_least)
    history = await office.ledger.stream(actor.scope, patrol_id)
    record = office.patrols.fold(history)
    done = record.state.done
    if done is None:
        raise PatrolNotFound
    actions = await actions_of(
        request,
        office,
        actor,
        record,
        address="/patrols/{patrol_id}",
        stream_id=patrol_id,
        probes=PATROL_PROBES,
    )
    shown = {**patrol_summary(record.state), "actions": actions}
    if actor.role in KEEPING or done.worker_ref in await _own_workers(office, actor):
        return with_history(SERVICE, shown, record, history)
    return answered(shown | {"worker_ref": None, "history": []})


async def _own_workers(office: Office, actor: Actor) -> frozenset[str]:
    """The workers as whose post the token comes."""
    if actor.role is not Role.GRID_WORKER:
        return frozenset()
    names = actor.names_in(actor.scope)
    return await grid_workers.coming_as(office.pool, actor.scope, names)

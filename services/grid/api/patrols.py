"""The routes of patrols: a batch, a voiding, and what the own grids are."""

from datetime import date
from typing import Annotated, Any

from fastapi import Response
from pydantic import BaseModel

from services.grid.api.command_answers import PatrolAnswer
from services.grid.api.office import SERVICE, Office, Patrols, TheOffice
from services.grid.api.patrol_batch import Batch, Taken
from services.grid.api.patrol_bodies import CLIENT_ID, BatchAnswer, PatrolBatch
from services.grid.api.roles import KEEPING
from services.grid.domain.patrol import Patrol, PatrolCommand, PatrolNotFound, VoidPatrol
from services.grid.store import assignments
from services.grid.store.patrol_board import patrolled_on
from shared.contracts.mediation_codes import VoidReason
from shared.divisions import TownshipCode
from shared.http import AtLeast, Position, Router, answered
from shared.identity import Actor, Role, requires
from shared.office import CommandContext, Dated, command_context, command_documents, wait_to_show
from shared.office.occurrence_time import Day
from shared.refusals import InvalidInput, Refusal
from shared.times import china_day

PATROLLING = (Role.GRID_WORKER, *KEEPING)

router = Router(tags=["patrols"])


class OwnGrid(BaseModel):
    """A grid that the token's post serves that day, and whether it was patrolled."""

    grid_code: str
    worker_id: str
    duty: str
    first_day: date
    last_day: date | None
    patrolled: bool


class OwnGrids(BaseModel):
    """The grids of a post on a day."""

    on: date
    grids: list[OwnGrid]


class VoidPatrolBody(Dated):
    """Why the patrol counts as none."""

    reason: VoidReason


@router.post("/townships/{division}/patrols", response_model=BatchAnswer)
async def record_patrols(
    division: TownshipCode,
    body: PatrolBatch,
    actor: Annotated[Actor, requires(*PATROLLING)],
    office: TheOffice,
) -> Response:
    """巡查: patrols of a telephone that was offline; each line is answered for itself.

    The same batch again records nothing twice; a line that is refused stops no other.
    """
    batch = Batch(
        office=office, actor=actor, division=division, sent_at=body.sent_at, now=office.now()
    )
    position = await batch.take(body)
    results = [
        _result(place, given, batch.outcomes[place]) for place, given in enumerate(body.patrols)
    ]
    outcomes = [result["outcome"] for result in results]
    counts = {name: outcomes.count(name) for name in ("recorded", "known", "refused")}
    positions = [Position(SERVICE, division, position)] if position else []
    return answered(counts | {"results": results}, *positions)


def _result(place: int, given: dict[str, Any], outcome: Taken | Refusal) -> dict[str, Any]:
    client_id = given.get("client_id")
    result: dict[str, Any] = {
        "line": place + 1,
        "client_id": client_id if _is_client_id(client_id) else None,
        "outcome": "refused",
        "patrol_id": None,
        "on": None,
        "clock_corrected": False,
        "problem": None,
    }
    if isinstance(outcome, Refusal):
        return result | {"problem": _problem(outcome)}
    done = outcome.patrol.done
    return result | {
        "outcome": "recorded" if outcome.is_new else "known",
        "patrol_id": done and done.patrol_id,
        "on": done and done.on,
        "clock_corrected": bool(done and done.clock_corrected),
    }


def _is_client_id(given: object) -> bool:
    return isinstance(given, str) and CLIENT_ID.fullmatch(given) is not None


def _problem(refusal: Refusal) -> dict[str, Any]:
    field, detail = refusal.shown.get("field"), refusal.detail
    if isinstance(refusal, InvalidInput):
        field, detail = refusal.errors[0].field, refusal.errors[0].message
    return {"type": refusal.type, "title": refusal.title, "detail": detail, "field": field}


@router.get("/townships/{division}/grids/mine", response_model=OwnGrids)
async def own_grids(
    *,
    division: TownshipCode,
    actor: Annotated[Actor, requires(Role.GRID_WORKER)],
    office: TheOffice,
    at_least: AtLeast,
    on: Day | None = None,
) -> Response:
    """The grids that the token's post serves on a day, today unless it is stated."""
    await wait_to_show(office, actor, at_least)
    day = on or china_day(office.now())
    known = await assignments.served_by_posts(office.pool, division, actor.names_in(division))
    served = [each for each in known if each.covers(day)]
    codes = [each.grid_code for each in served]
    patrolled = await patrolled_on(office.pool, division, day, codes)
    grids = [
        {
            "grid_code": each.grid_code,
            "worker_id": each.worker_id,
            "duty": each.duty,
            "first_day": each.first_day,
            "last_day": each.last_day,
            "patrolled": each.grid_code in patrolled,
        }
        for each in served
    ]
    return answered({"on": day, "grids": grids})


def _patrols(office: Office) -> Patrols:
    return office.patrols


VoidContext = Annotated[
    CommandContext[Office, PatrolCommand, Patrol],
    command_context("patrol_id", _patrols, *KEEPING),
]
_documented = command_documents(PatrolAnswer, first=(PatrolNotFound,))


@router.post("/patrols/{patrol_id}/void", **_documented())
async def void_patrol(body: VoidPatrolBody, context: VoidContext) -> Response:
    """A patrol that was not done so counts as none; it stays on record."""
    return await context.handle_command(VoidPatrol(reason=body.reason), body)

"""The routes by which a mediation goes on: who mediates, which sessions are held, how long."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from services.mediation.api.beginning import OVER
from services.mediation.api.errands import (
    PREFIX,
    AtTheDesk,
    ByTheMediator,
    documented,
    own_id,
)
from services.mediation.api.party_bodies import Narrative
from services.mediation.domain import mediation_commands as commands
from services.mediation.domain import session_refusals as refusals
from services.mediation.domain.mediation_refusals import ConsentMissing
from services.mediation.store import mediator_roster
from services.mediation.store.vault_files import EntryKind, file_of
from shared import vault
from shared.contracts.mediation import PeopleInTheRoom
from shared.contracts.mediation_codes import (
    PartySide,
    PlaceKind,
    RecusalGround,
    RoomRole,
    SessionMode,
)
from shared.divisions import Identifier
from shared.http import EachOnce, Router
from shared.office.moments import Dated, Moment, ToldLater
from shared.vault import PersonErased

Sides = Annotated[frozenset[PartySide], Field(max_length=len(PartySide)), EachOnce]

router = Router(prefix=PREFIX, tags=["mediations"])


class AssignBody(Dated):
    """Which mediator takes part."""

    mediator_id: Identifier


class RecuseBody(AssignBody):
    """Which mediator steps back, and why."""

    ground: RecusalGround


class ExtendBody(ToldLater):
    """Until when, as which sides agree."""

    due_at: Moment
    agreed_by: Sides


class SessionBody(ToldLater):
    """How a session was held; people are counted by role, and the record goes to the vault."""

    mode: SessionMode
    place_kind: PlaceKind
    mediator_id: Identifier
    people: Annotated[dict[RoomRole, PeopleInTheRoom], Field(max_length=len(RoomRole))]
    side: PartySide | None = None
    """With whom, in a caucus."""
    record: Narrative | None = None
    session_id: Identifier | None = None
    """Of a session that was told before; a new one otherwise."""


@router.post(
    "/assign",
    **documented(refusals.MediatorNotOnRoster, refusals.MediatorWasRecused, *OVER),
)
async def assign(body: AssignBody, errand: AtTheDesk) -> Response:
    """确定调解员: a mediator of the roster takes part; there may be several."""
    pool, mediator = errand.office.pool, body.mediator_id
    enrolled = await mediator_roster.on_roster(pool, errand.division, [mediator])
    command = commands.AssignMediator(mediator_id=mediator, on_roster=mediator in enrolled)
    return await errand.carry_out(command, body)


@router.post("/recuse", **documented(refusals.MediatorNotAssigned, *OVER))
async def recuse(body: RecuseBody, errand: AtTheDesk) -> Response:
    """回避: a mediator steps back from this dispute."""
    command = commands.RecuseMediator(mediator_id=body.mediator_id, ground=body.ground)
    return await errand.carry_out(command, body)


@router.post(
    "/extend",
    **documented(
        refusals.ExtensionNeedsBothSides, refusals.ExtensionNotLater, ConsentMissing, *OVER
    ),
)
async def extend(body: ExtendBody, errand: ByTheMediator) -> Response:
    """延长: both sides give the mediation more time."""
    command = commands.ExtendPeriod(
        due_at=body.due_at, agreed_by=body.agreed_by, at=errand.moment(body)
    )
    return await errand.carry_out(command, body)


@router.post(
    "/hold-session",
    **documented(
        ConsentMissing,
        refusals.CaucusNeedsASide,
        refusals.JointSessionHasNoSide,
        refusals.NoPartyInTheRoom,
        refusals.BothSidesNotInTheRoom,
        refusals.SessionHeldOtherwise,
        refusals.SessionWasVoided,
        refusals.MediatorNotAssigned,
        refusals.MediatorWasRecused,
        PersonErased,
        *OVER,
    ),
)
async def hold_session(body: SessionBody, errand: ByTheMediator) -> Response:
    """调解: a session was held, with both sides or with one."""
    entries = []
    if body.record is not None:
        office = errand.office
        file = await file_of(office.pool, office.vault, errand.actor.scope, errand.stream_id)
        entries.append(file.entry(EntryKind.RECORD, {"text": body.record}))
    command = commands.HoldSession(
        session_id=own_id(errand, body.session_id, field="session_id"),
        mode=body.mode,
        place_kind=body.place_kind,
        mediator_id=body.mediator_id,
        people=body.people,
        side=body.side,
        record_digest=entries[0].digest if entries else None,
    )
    return await errand.carry_out(command, body, beside=vault.keep(errand.division, [], entries))

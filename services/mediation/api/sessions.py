"""The routes by which a mediation goes on: who mediates, which sessions are held, how long."""

from functools import partial
from typing import Annotated

from fastapi import Response
from pydantic import Field

from services.mediation.api.context import (
    PREFIX,
    AtTheDesk,
    ByTheMediator,
    MediationContext,
    documented,
    own_id,
)
from services.mediation.api.opening import OVER
from services.mediation.domain import mediation_commands as commands
from services.mediation.domain import session_refusals as refusals
from services.mediation.domain.mediation import MediationCommand
from services.mediation.domain.mediation_file import MediationFile
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
from shared.handling import Prepared, Record
from shared.http import EachOnce, Router
from shared.office.occurrence_time import Dated, Moment, ReportedLater
from shared.vault import PersonErased
from shared.vault.bodies import Narrative

Sides = Annotated[frozenset[PartySide], Field(max_length=len(PartySide), fail_fast=True), EachOnce]

router = Router(prefix=PREFIX, tags=["mediations"])


class AssignBody(Dated):
    """Which mediator takes part."""

    mediator_id: Identifier


class RecuseBody(AssignBody):
    """Which mediator steps back, and why."""

    ground: RecusalGround


class ExtendBody(ReportedLater):
    """Until when, as which sides agree."""

    due_at: Moment
    agreed_by: Sides


class SessionBody(ReportedLater):
    """How a session was held; people are counted by role, and the record goes to the vault."""

    mode: SessionMode
    place_kind: PlaceKind
    mediator_id: Identifier
    people: Annotated[dict[RoomRole, PeopleInTheRoom], Field(max_length=len(RoomRole))]
    side: PartySide | None = None
    """With whom, in a caucus."""
    record: Narrative | None = None
    session_id: Identifier | None = None
    """The id of a session recorded before; else a new one is made."""


@router.post(
    "/assign",
    **documented(refusals.MediatorNotOnRoster, refusals.MediatorWasRecused, *OVER),
)
async def assign(body: AssignBody, context: AtTheDesk) -> Response:
    """确定调解员: a mediator of the roster takes part; there may be several."""

    async def prepare(
        _: Record[MediationFile],
    ) -> Prepared[MediationCommand, MediationFile]:
        pool, mediator = context.office.pool, body.mediator_id
        enrolled = await mediator_roster.on_roster(pool, context.division, [mediator])
        return Prepared(
            command=commands.AssignMediator(mediator_id=mediator, on_roster=mediator in enrolled),
            at=context.moment(body),
            looked_up=enrolled,
        )

    return await context.handle(prepare)


@router.post("/recuse", **documented(refusals.MediatorNotAssigned, *OVER))
async def recuse(body: RecuseBody, context: AtTheDesk) -> Response:
    """回避: a mediator steps back from this dispute."""
    command = commands.RecuseMediator(mediator_id=body.mediator_id, ground=body.ground)
    return await context.handle_command(command, body)


@router.post(
    "/extend",
    **documented(
        refusals.ExtensionNeedsBothSides, refusals.ExtensionNotLater, ConsentMissing, *OVER
    ),
)
async def extend(body: ExtendBody, context: ByTheMediator) -> Response:
    """延长: both sides give the mediation more time."""
    command = commands.ExtendPeriod(
        due_at=body.due_at, agreed_by=body.agreed_by, at=context.moment(body)
    )
    return await context.handle_command(command, body)


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
async def hold_session(body: SessionBody, context: ByTheMediator) -> Response:
    """调解: a session was held, with both sides or with one."""
    return await context.handle(partial(_prepare_session, context, body))


async def _prepare_session(
    context: MediationContext, body: SessionBody, _: Record[MediationFile]
) -> Prepared[MediationCommand, MediationFile]:
    entries = []
    if body.record is not None:
        office = context.office
        file = await file_of(office.vault, context.actor.scope, context.stream_id)
        entries.append(file.entry(EntryKind.RECORD, {"text": body.record}))
    command = commands.HoldSession(
        session_id=own_id(context, body.session_id, field="session_id"),
        mode=body.mode,
        place_kind=body.place_kind,
        mediator_id=body.mediator_id,
        people=body.people,
        side=body.side,
        record_digest=entries[0].digest if entries else None,
    )
    return Prepared(
        command=command,
        at=context.moment(body),
        side_writes=vault.keep(context.division, [], entries),
    )

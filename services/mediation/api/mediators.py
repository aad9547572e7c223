"""The routes by which somebody comes onto the roster, and leaves it."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from services.mediation.api.command_answers import MediatorAnswer
from services.mediation.api.office import SERVICE, Mediators, Office, TheOffice
from services.mediation.api.party_bodies import Person, Registration
from services.mediation.domain.mediator import (
    EnrolMediator,
    Mediator,
    MediatorCommand,
    MediatorNeedsAKind,
    MediatorNotFound,
    StrikeMediator,
)
from services.mediation.store import mediator_roster
from shared.contracts.mediation_codes import MediatorKind
from shared.contracts.words import PostRef
from shared.divisions import TownshipCode, new_id
from shared.handling import Prepared, Record, ready
from shared.http import (
    EachOnce,
    Idempotency,
    Router,
)
from shared.identity import Actor, Role, requires
from shared.office import CommandContext, begin, command_context, command_documents
from shared.office.occurrence_time import Dated

ROSTER_KEEPERS = (Role.CLERK, Role.TOWNSHIP_LEADER, Role.BACKFILL)
_documented = command_documents(MediatorAnswer, own=(MediatorNotFound, MediatorNeedsAKind))


def _mediators(office: Office) -> Mediators:
    return office.mediators


MediatorContext = Annotated[
    CommandContext[Office, MediatorCommand, Mediator],
    command_context("mediator_id", _mediators, *ROSTER_KEEPERS),
]
Kinds = Annotated[
    frozenset[MediatorKind], Field(max_length=len(MediatorKind), fail_fast=True), EachOnce
]

router = Router(tags=["mediators"])


class NewMediatorBody(Dated):
    """The person, the kinds, and the post with which they log in."""

    person: Person
    kinds: Kinds
    post: PostRef | None = None


class EnrolBody(Dated):
    """As what else, or as what again after having left; and as which post from now on."""

    kinds: Kinds
    post: PostRef | None = None


class StrikeBody(Dated):
    """Why is nobody else's business."""


@router.post("/townships/{division}/mediators", status_code=201, **_documented())
async def enrol_new(
    division: TownshipCode,
    body: NewMediatorBody,
    actor: Annotated[Actor, requires(*ROSTER_KEEPERS)],
    key: Idempotency,
    office: TheOffice,
) -> Response:
    """聘任: somebody comes onto the roster; a person counts once, and once in each kind."""
    people = Registration(office.vault, division)
    command = EnrolMediator(
        mediator_id=new_id(division), kinds=body.kinds, person_ref=people.enter(body.person)
    )
    kept = people.side_writes()
    if body.post is not None:
        kept.append(mediator_roster.keep_post(command.mediator_id, body.post))
    return await begin(
        office.mediators,
        ready(command, at=body.moment(actor, now=office.now()), side_writes=kept),
        service=SERVICE,
        stream_id=command.mediator_id,
        actor=actor,
        key=key,
        address="/mediators/{mediator_id}",
    )


@router.post("/mediators/{mediator_id}/enrol", **_documented())
async def enrol(body: EnrolBody, context: MediatorContext) -> Response:
    """聘任: a mediator is enrolled as something more, comes back, or comes as another post."""

    async def prepare(record: Record[Mediator]) -> Prepared[MediatorCommand, Mediator]:
        mediator_id, person_ref = context.stream_id, record.state.person_ref
        if person_ref is None:
            raise MediatorNotFound
        return Prepared(
            command=EnrolMediator(
                mediator_id=mediator_id, kinds=body.kinds, person_ref=person_ref
            ),
            at=context.moment(body),
            side_writes=[mediator_roster.keep_post(mediator_id, body.post)] if body.post else (),
        )

    return await context.handle(prepare)


@router.post("/mediators/{mediator_id}/strike", **_documented())
async def strike(body: StrikeBody, context: MediatorContext) -> Response:
    """解聘: a mediator is no longer on the roster."""
    return await context.handle_command(StrikeMediator(), body)

"""The routes by which somebody comes onto the roster, and leaves it."""

from typing import Annotated

from fastapi import Response
from pydantic import Field

from services.mediation.api.answers import MediatorAnswer
from services.mediation.api.office import SERVICE, Mediators, Office, TheOffice
from services.mediation.api.party_bodies import Person, Registration
from services.mediation.domain.mediator import (
    EnrolMediator,
    MediatorCommand,
    MediatorNeedsAKind,
    MediatorNotFound,
    StrikeMediator,
)
from services.mediation.store import mediator_roster
from shared import vault
from shared.contracts.mediation_codes import MediatorKind
from shared.contracts.words import PostRef
from shared.divisions import TownshipCode, new_id
from shared.handling import IdempotencyKeyReused, StaleVersion
from shared.http import (
    EachOnce,
    Idempotency,
    Router,
    refused_with,
)
from shared.identity import Actor, Role, requires
from shared.office import BackfillOnly, Errand, NotYetHappened, begin, errand_to
from shared.office.moments import Dated

ROSTER_KEEPERS = (Role.CLERK, Role.TOWNSHIP_LEADER, Role.BACKFILL)
_REFUSALS = refused_with(
    BackfillOnly, NotYetHappened, MediatorNotFound, MediatorNeedsAKind, StaleVersion,
    IdempotencyKeyReused,
)  # fmt: skip


def _mediators(office: Office, _: Actor) -> Mediators:
    return office.mediators


MediatorErrand = Annotated[
    Errand[Office, MediatorCommand], errand_to("mediator_id", _mediators, *ROSTER_KEEPERS)
]
Kinds = Annotated[frozenset[MediatorKind], Field(max_length=len(MediatorKind)), EachOnce]

router = Router(tags=["mediators"])


class NewMediatorBody(Dated):
    """Who it is, as what, and as which post they come to the doors."""

    person: Person
    kinds: Kinds
    post: PostRef | None = None


class EnrolBody(Dated):
    """As what else, or as what again after having left; and as which post from now on."""

    kinds: Kinds
    post: PostRef | None = None


class StrikeBody(Dated):
    """Why is nobody else's business."""


@router.post(
    "/townships/{division}/mediators",
    status_code=201,
    response_model=MediatorAnswer,
    responses=_REFUSALS,
)
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
    kept = vault.keep(division, people.files, people.entries)
    if body.post is not None:
        kept.append(mediator_roster.keep_post(command.mediator_id, body.post))
    return await begin(
        office.mediators,
        command,
        service=SERVICE,
        stream_id=command.mediator_id,
        at=body.moment(actor, now=office.now()),
        actor=actor,
        key=key,
        beside=kept,
        address="/mediators/{mediator_id}",
    )


@router.post("/mediators/{mediator_id}/enrol", response_model=MediatorAnswer, responses=_REFUSALS)
async def enrol(body: EnrolBody, errand: MediatorErrand) -> Response:
    """聘任: a mediator is enrolled as something more, comes back, or comes as another post."""
    office, mediator_id = errand.office, errand.stream_id
    history = await office.ledger.stream(errand.actor.scope, mediator_id)
    known = office.mediators.fold(history).state
    if known.person_ref is None:
        raise MediatorNotFound
    command = EnrolMediator(mediator_id=mediator_id, kinds=body.kinds, person_ref=known.person_ref)
    kept = [mediator_roster.keep_post(mediator_id, body.post)] if body.post else []
    answer = await errand.carry_out(command, body, beside=kept)
    if body.post and known.on_roster and body.kinds <= known.kinds:
        # no event came of it, so nothing was kept beside one
        await mediator_roster.change_post(office.pool, errand.actor.scope, mediator_id, body.post)
    return answer


@router.post("/mediators/{mediator_id}/strike", response_model=MediatorAnswer, responses=_REFUSALS)
async def strike(body: StrikeBody, errand: MediatorErrand) -> Response:
    """解聘: a mediator is no longer on the roster."""
    return await errand.carry_out(StrikeMediator(), body)

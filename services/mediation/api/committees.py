"""The routes by which a committee is set up, filled, renewed and dissolved."""

from collections.abc import Collection
from datetime import date
from typing import Annotated, Any

from fastapi import Response
from pydantic import Field

from services.mediation.api.answers import CommitteeAnswer
from services.mediation.api.mediators import ROSTER_KEEPERS
from services.mediation.api.office import SERVICE, Committees, Office, TheOffice
from services.mediation.domain import committee_commands as commands
from services.mediation.domain import committee_refusals as refusals
from services.mediation.domain.committee_commands import CommitteeCommand
from services.mediation.papers import COMMITTEE_NAME
from services.mediation.store import committee_board, mediator_roster
from shared.contracts.mediation_codes import CommitteeKind
from shared.contracts.words import Digest
from shared.divisions import Identifier, TownshipCode, VillageCode, VillageElsewhere, new_id
from shared.handling import IdempotencyKeyReused, StaleVersion
from shared.http import (
    EachOnce,
    Idempotency,
    Router,
    refused_with,
)
from shared.identity import Actor, requires
from shared.office import BackfillOnly, Errand, NotYetHappened, begin, errand_to
from shared.office.moments import Dated, Day
from shared.refusals import Refusal

FirstOfTerm = Annotated[Day, Field(le=date(2195, 12, 31))]
"""A day whose third anniversary is a day of the calendar too."""
Members = Annotated[frozenset[Identifier], Field(max_length=50), EachOnce]
CommitteeName = Annotated[str, COMMITTEE_NAME]
"""As its papers bear it, such as 青云镇."""


def _committees(office: Office, _: Actor) -> Committees:
    return office.committees


CommitteeErrand = Annotated[
    Errand[Office, CommitteeCommand], errand_to("committee_id", _committees, *ROSTER_KEEPERS)
]

router = Router(tags=["committees"])


class MembersNotOnRoster(Refusal):
    """A member of a committee is a mediator on the township's roster."""

    status = 422
    title = "A member is not on the roster"


_SEATS = (
    MembersNotOnRoster,
    refusals.CommitteeSizeNotLawful,
    refusals.CommitteeWithoutWomen,
    refusals.MoreWomenThanMembers,
)


def _documented(*refused: type[Refusal]) -> dict[str, Any]:
    usual = (
        refusals.CommitteeNotFound,
        refusals.CommitteeWasDissolved,
        BackfillOnly,
        NotYetHappened,
        StaleVersion,
        IdempotencyKeyReused,
    )
    return {"response_model": CommitteeAnswer, "responses": refused_with(*usual, *refused)}


class SeatsBody(Dated):
    """Three to nine mediators of the roster, and how many of them are women."""

    members: Members
    women: Annotated[int, Field(strict=True, ge=0, le=50)]


class TermBody(SeatsBody):
    """And from when on: a term lasts three years."""

    term_from: FirstOfTerm


class EstablishBody(TermBody):
    """What the committee is, and the name that its papers bear."""

    kind: CommitteeKind
    name: CommitteeName
    village_code: VillageCode | None = None
    seal_digest: Digest | None = None


class SealBody(Dated):
    """SHA-256 of the print of the seal that is put on file."""

    seal_digest: Digest


class DissolveBody(Dated):
    """Nothing more is to be said."""


@router.post(
    "/townships/{division}/committees",
    status_code=201,
    **_documented(*_SEATS, VillageElsewhere, refusals.VillageCommitteeNeedsItsVillage),
)
async def establish(
    division: TownshipCode,
    body: EstablishBody,
    actor: Annotated[Actor, requires(*ROSTER_KEEPERS)],
    key: Idempotency,
    office: TheOffice,
) -> Response:
    """设立: a committee is set up for a term of three years, a woman among its members."""
    command = commands.EstablishCommittee(
        committee_id=new_id(division),
        kind=body.kind,
        members=body.members,
        women=body.women,
        term_from=body.term_from,
        village_code=body.village_code,
        seal_digest=body.seal_digest,
    )
    return await begin(
        office.committees,
        command,
        service=SERVICE,
        stream_id=command.committee_id,
        at=body.moment(actor, now=office.now()),
        actor=actor,
        key=key,
        refused=await _not_on_roster(office, division, body.members),
        beside=[committee_board.keep_name(command.committee_id, body.name)],
        address="/committees/{committee_id}",
    )


async def _not_on_roster(
    office: Office, division: str, members: Collection[str]
) -> MembersNotOnRoster | None:
    """Why these are no members now; a request that is repeated has its first answer all the same."""
    enrolled = await mediator_roster.on_roster(office.pool, division, members)
    return MembersNotOnRoster(field="members") if set(members) - enrolled else None


async def _no_seats(errand: CommitteeErrand, body: SeatsBody) -> MembersNotOnRoster | None:
    """The committee first: who may not see it is told of nobody's roster."""
    committee = await errand.office.committee(errand.actor.scope, errand.stream_id)
    if committee.established is None:
        raise refusals.CommitteeNotFound
    return await _not_on_roster(errand.office, errand.division, body.members)


@router.post("/committees/{committee_id}/fill-seats", **_documented(*_SEATS))
async def fill_seats(body: SeatsBody, errand: CommitteeErrand) -> Response:
    """补选: these are the members for the rest of the term."""
    command = commands.FillSeats(members=body.members, women=body.women)
    return await errand.carry_out(command, body, refused=await _no_seats(errand, body))


@router.post(
    "/committees/{committee_id}/renew-term", **_documented(*_SEATS, refusals.TermOverlaps)
)
async def renew_term(body: TermBody, errand: CommitteeErrand) -> Response:
    """换届: another term, with these members."""
    command = commands.RenewTerm(members=body.members, women=body.women, term_from=body.term_from)
    return await errand.carry_out(command, body, refused=await _no_seats(errand, body))


@router.post("/committees/{committee_id}/file-seal", **_documented())
async def file_seal(body: SealBody, errand: CommitteeErrand) -> Response:
    """The print of the committee's seal is put on file."""
    return await errand.carry_out(commands.FileSeal(seal_digest=body.seal_digest), body)


@router.post("/committees/{committee_id}/dissolve", **_documented())
async def dissolve(body: DissolveBody, errand: CommitteeErrand) -> Response:
    """撤销: the committee is no more; what it has mediated stands."""
    return await errand.carry_out(commands.DissolveCommittee(), body)

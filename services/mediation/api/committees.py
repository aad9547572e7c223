"""The routes by which a committee is set up, filled, renewed and dissolved."""

from collections.abc import Collection
from datetime import date
from typing import Annotated

from fastapi import Response
from pydantic import Field

from services.mediation.api.command_answers import CommitteeAnswer
from services.mediation.api.mediators import ROSTER_KEEPERS
from services.mediation.api.office import SERVICE, Committees, Office, TheOffice
from services.mediation.domain import committee_commands as commands
from services.mediation.domain import committee_refusals as refusals
from services.mediation.domain.committee import Committee
from services.mediation.domain.committee_commands import CommitteeCommand, FillSeats, RenewTerm
from services.mediation.papers import COMMITTEE_NAME
from services.mediation.store import committee_board, mediator_roster
from shared.contracts.mediation_codes import CommitteeKind
from shared.contracts.words import Digest
from shared.divisions import Identifier, TownshipCode, VillageCode, VillageElsewhere, new_id
from shared.handling import Prepared, Record
from shared.http import (
    EachOnce,
    Idempotency,
    Router,
)
from shared.identity import Actor, requires
from shared.office import CommandContext, begin, command_context, command_documents
from shared.office.occurrence_time import Dated, Day
from shared.refusals import Refusal

FirstOfTerm = Annotated[Day, Field(le=date(2195, 12, 31))]
"""A day whose third anniversary is a day of the calendar too."""
Members = Annotated[frozenset[Identifier], Field(max_length=50, fail_fast=True), EachOnce]
CommitteeName = Annotated[str, COMMITTEE_NAME]
"""As its papers bear it, such as 青云镇."""


def _committees(office: Office) -> Committees:
    return office.committees


CommitteeContext = CommandContext[Office, CommitteeCommand, Committee]
ByRosterKeepers = Annotated[
    CommitteeContext, command_context("committee_id", _committees, *ROSTER_KEEPERS)
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


_documented = command_documents(
    CommitteeAnswer, first=(refusals.CommitteeNotFound, refusals.CommitteeWasDissolved)
)


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

    async def prepare(_: Record[Committee]) -> Prepared[CommitteeCommand, Committee]:
        return Prepared(
            command=command,
            at=body.moment(actor, now=office.now()),
            side_writes=[committee_board.keep_name(command.committee_id, body.name)],
            looked_up=await _require_on_roster(office, division, body.members),
        )

    return await begin(
        office.committees,
        prepare,
        service=SERVICE,
        stream_id=command.committee_id,
        actor=actor,
        key=key,
        address="/committees/{committee_id}",
    )


async def _require_on_roster(
    office: Office, division: str, members: Collection[str]
) -> dict[str, int]:
    """Refuse members who are not on the roster; gives the versions that were looked up."""
    enrolled = await mediator_roster.on_roster(office.pool, division, members)
    if set(members) - set(enrolled):
        raise MembersNotOnRoster(field="members")
    return enrolled


async def _seat(
    command: FillSeats | RenewTerm, body: SeatsBody, context: CommitteeContext
) -> Response:
    async def prepare(record: Record[Committee]) -> Prepared[CommitteeCommand, Committee]:
        # the committee first: who may not see it learns nothing of the roster
        if record.state.established is None:
            raise refusals.CommitteeNotFound
        looked_up = await _require_on_roster(context.office, context.division, body.members)
        return Prepared(command=command, at=context.moment(body), looked_up=looked_up)

    return await context.handle(prepare)


@router.post("/committees/{committee_id}/fill-seats", **_documented(*_SEATS))
async def fill_seats(body: SeatsBody, context: ByRosterKeepers) -> Response:
    """补选: these are the members for the rest of the term."""
    return await _seat(FillSeats(members=body.members, women=body.women), body, context)


@router.post(
    "/committees/{committee_id}/renew-term", **_documented(*_SEATS, refusals.TermOverlaps)
)
async def renew_term(body: TermBody, context: ByRosterKeepers) -> Response:
    """换届: another term, with these members."""
    command = RenewTerm(members=body.members, women=body.women, term_from=body.term_from)
    return await _seat(command, body, context)


@router.post("/committees/{committee_id}/file-seal", **_documented())
async def file_seal(body: SealBody, context: ByRosterKeepers) -> Response:
    """The print of the committee's seal is put on file."""
    return await context.handle_command(commands.FileSeal(seal_digest=body.seal_digest), body)


@router.post("/committees/{committee_id}/dissolve", **_documented())
async def dissolve(body: DissolveBody, context: ByRosterKeepers) -> Response:
    """撤销: the committee is no more; what it has mediated stands."""
    return await context.handle_command(commands.DissolveCommittee(), body)

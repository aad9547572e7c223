"""The routes by which both sides agree to mediation, or do not."""

from functools import partial
from typing import Annotated

from fastapi import Response
from pydantic import Field

from services.mediation.api.completion_time import consented_at
from services.mediation.api.context import PREFIX, AtTheDesk, MediationContext, documented
from services.mediation.api.party_bodies import Parties, Registration
from services.mediation.domain import mediation_commands as commands
from services.mediation.domain import mediation_refusals as refusals
from services.mediation.domain.mediation import MediationCommand
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_guards import require_application
from services.mediation.store.vault_files import EntryKind, file_of
from shared.contracts.mediation_codes import ConsentHow, OtherRoute, PartySide
from shared.contracts.words import Digest
from shared.handling import Prepared, Record
from shared.http import EachOnce, Router
from shared.office.occurrence_time import Dated, ReportedLater
from shared.vault import PersonErased
from shared.vault.bodies import Narrative

Routes = Annotated[
    frozenset[OtherRoute], Field(max_length=len(OtherRoute), fail_fast=True), EachOnce
]

OVER = (
    refusals.AgreementIsSigned,
    refusals.MediationWasRefused,
    refusals.MediationHasFailed,
    refusals.MediationWasTerminated,
    refusals.ConsentWasWithdrawn,
)
"""The refusals of any command that goes on with a mediation."""

router = Router(prefix=PREFIX, tags=["mediations"])


class NameBody(Dated):
    """Who is on which side, all of them; nobody, where those of the application stand again."""

    side: PartySide
    parties: Parties
    narrative: Narrative | None = None
    """What was said of the dispute, taken over from whoever referred it."""


class ConsentBody(ReportedLater):
    """Which side agrees and how; its parties are those on record unless named here.

    `paper` is the digest of the one that was filled in and signed, for a consent in writing.
    """

    side: PartySide
    how: ConsentHow
    parties: Parties = ()
    text: Narrative | None = None
    paper: Digest | None = None


class SideBody(ReportedLater):
    """The side that refuses, and the other routes of which it was informed."""

    side: PartySide
    routes_told: Routes
    paper: Digest | None = None
    """Of the notice that was filled in and given to the parties."""


@router.post(
    "/name-parties",
    **documented(
        refusals.PartiesHaveAgreed,
        refusals.PartyOnBothSides,
        refusals.AgreementIsSigned,
        PersonErased,
    ),
)
async def name_parties(body: NameBody, context: AtTheDesk) -> Response:
    """登记当事人: who is on a side is found out before they agree; it binds nobody."""
    return await context.handle(partial(_prepare_naming, context, body))


async def _prepare_naming(
    context: MediationContext, body: NameBody, record: Record[MediationFile]
) -> Prepared[MediationCommand, MediationFile]:
    people = Registration(context.office.vault, context.division)
    mediation = record.state
    require_application(mediation)
    parties = await people.refs(context.office, body.parties, where="parties", mediation=mediation)
    digest = await _put_away(context, people, EntryKind.APPLICATION, narrative=body.narrative)
    return Prepared(
        command=commands.NameParties(side=body.side, parties=parties, words_digest=digest),
        at=context.moment(body),
        side_writes=people.side_writes(),
    )


@router.post(
    "/consent",
    **documented(
        refusals.ConsentedOtherwise,
        refusals.ConsentNeedsItsParties,
        refusals.PartyMissingFromConsent,
        refusals.PartyOnBothSides,
        refusals.ConsentOnPaperIsInWriting,
        refusals.PaperNotKept,
        PersonErased,
        *OVER,
    ),
)
async def consent(body: ConsentBody, context: AtTheDesk) -> Response:
    """同意调解: one side agrees; with the second one the mediation begins, and its period (C16)."""
    return await context.handle(partial(_prepare_consent, context, body))


async def _prepare_consent(
    context: MediationContext, body: ConsentBody, record: Record[MediationFile]
) -> Prepared[MediationCommand, MediationFile]:
    office, mediation = context.office, record.state
    people = Registration(office.vault, context.division)
    require_application(mediation)
    parties = await people.refs(office, body.parties, where="parties", mediation=mediation)
    (other,) = set(PartySide) - {body.side}
    at = context.moment(body)
    others_at = consented_at(record.history, side=other)
    digest = await _put_away(context, people, EntryKind.CONSENT, text=body.text)
    command = commands.ConsentToMediation(
        side=body.side,
        parties=parties or mediation.parties_of(body.side),
        how=body.how,
        period=office.period(max(at, others_at or at)),
        consent_digest=digest,
        paper=body.paper,
    )
    return Prepared(
        command=command,
        at=at,
        follows_at=others_at,
        side_writes=people.side_writes(),
    )


async def _put_away(
    context: MediationContext, people: Registration, kind: EntryKind, **said: str | None
) -> str | None:
    """The digest of what was said, None where it is nothing; raises PersonErased."""
    words = {name: text for name, text in said.items() if text is not None}
    if not words:
        return None
    office = context.office
    file = await file_of(office.vault, context.actor.scope, context.stream_id)
    entry = file.entry(kind, words)
    people.entries.append(entry)
    return entry.digest


@router.post(
    "/refuse",
    **documented(refusals.SideHasConsented, refusals.RoutesNotTold, refusals.PaperNotKept, *OVER),
)
async def refuse(body: SideBody, context: AtTheDesk) -> Response:
    """拒绝调解: one side does not want it, is told of the other routes, and that ends it."""
    command = commands.RefuseMediation(
        side=body.side, routes_told=body.routes_told, paper=body.paper
    )
    return await context.handle_command(command, body)


@router.post(
    "/withdraw-consent",
    **documented(
        refusals.SideHasNotConsented, refusals.RoutesNotTold, refusals.PaperNotKept, *OVER
    ),
)
async def withdraw_consent(body: SideBody, context: AtTheDesk) -> Response:
    """撤回同意: one side wants no more of it, at any time before the signing."""
    command = commands.WithdrawConsent(
        side=body.side, routes_told=body.routes_told, paper=body.paper
    )
    return await context.handle_command(command, body)

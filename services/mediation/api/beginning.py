"""The routes by which both sides agree to mediation, or do not."""

from dataclasses import replace
from functools import partial
from typing import Annotated

from fastapi import Response
from pydantic import Field

from services.mediation.api.errands import PREFIX, AtTheDesk, MediationErrand, documented
from services.mediation.api.party_bodies import Narrative, Parties, Registration
from services.mediation.api.told_before import consented_at
from services.mediation.domain import mediation_commands as commands
from services.mediation.domain import mediation_refusals as refusals
from services.mediation.domain.mediation_guards import require_application
from services.mediation.store.vault_files import EntryKind, file_of
from shared import vault
from shared.contracts.mediation_codes import ConsentHow, OtherRoute, PartySide
from shared.contracts.words import Digest
from shared.handling import ATTEMPTS, StaleVersion, StreamMovedOn
from shared.http import EachOnce, Router
from shared.office.moments import Dated, ToldLater
from shared.vault import PersonErased

Routes = Annotated[frozenset[OtherRoute], Field(max_length=len(OtherRoute)), EachOnce]

OVER = (
    refusals.AgreementIsSigned,
    refusals.MediationWasRefused,
    refusals.MediationHasFailed,
    refusals.MediationWasTerminated,
    refusals.ConsentWasWithdrawn,
)
"""What any wish that goes on with a mediation may be answered."""

router = Router(prefix=PREFIX, tags=["mediations"])


class NameBody(Dated):
    """Who is on which side, all of them; nobody, where those of the application stand again."""

    side: PartySide
    parties: Parties


class ConsentBody(ToldLater):
    """Which side agrees and how; its parties are those on record unless named here.

    `paper` is the digest of the one that was filled in and signed, for a consent in writing.
    """

    side: PartySide
    how: ConsentHow
    parties: Parties = ()
    text: Narrative | None = None
    paper: Digest | None = None


class SideBody(ToldLater):
    """Which side says no, and of which other routes it was told."""

    side: PartySide
    routes_told: Routes
    paper: Digest | None = None
    """Of the notice that was filled in and given to the parties."""


@router.post(
    "/name-parties",
    **documented(
        refusals.PartiesHaveAgreed, refusals.PartyOnBothSides, refusals.AgreementIsSigned
    ),
)
async def name_parties(body: NameBody, errand: AtTheDesk) -> Response:
    """登记当事人: who is on a side is found out before they agree; it binds nobody."""
    office = errand.office
    people = Registration(office.vault, errand.division)
    mediation = await office.mediation(errand.actor.scope, errand.stream_id)
    require_application(mediation)
    parties = await people.refs(office, body.parties, where="parties", mediation=mediation)
    command = commands.NameParties(side=body.side, parties=parties)
    kept = vault.keep(errand.division, people.files, people.entries)
    return await errand.carry_out(command, body, refused=people.refused, beside=kept)


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
async def consent(body: ConsentBody, errand: AtTheDesk) -> Response:
    """同意调解: one side agrees; with the second one the mediation begins, and its period (C16)."""
    for _ in range(ATTEMPTS):
        try:
            return await _agree(body, errand)
        except StaleVersion:
            if errand.expected_version is not None:
                raise
    raise StreamMovedOn


async def _agree(body: ConsentBody, errand: MediationErrand) -> Response:
    """Decided on the record by which the period is counted, and on no other."""
    office = errand.office
    people = Registration(office.vault, errand.division)
    history = await office.ledger.stream(errand.actor.scope, errand.stream_id)
    mediation = office.mediations.fold(history).state
    require_application(mediation)
    parties = await people.refs(office, body.parties, where="parties", mediation=mediation)
    (other,) = set(PartySide) - {body.side}
    at = errand.moment(body)
    others = partial(consented_at, side=other)
    both_by = max(at, others(history) or at)
    digest = await _put_away(errand, people, body.text)
    command = commands.ConsentToMediation(
        side=body.side,
        parties=parties or mediation.parties_of(body.side),
        how=body.how,
        period=office.period(both_by),
        consent_digest=digest,
        paper=body.paper,
    )
    kept = vault.keep(errand.division, people.files, people.entries)
    read = replace(errand, expected_version=errand.expected_version or history[-1].version)
    return await read.carry_out(
        command, body, completes=others, refused=people.refused, beside=kept
    )


async def _put_away(errand: MediationErrand, people: Registration, text: str | None) -> str | None:
    if text is None:
        return None
    office = errand.office
    file = await file_of(office.pool, office.vault, errand.actor.scope, errand.stream_id)
    entry = file.entry(EntryKind.CONSENT, {"text": text})
    people.entries.append(entry)
    return entry.digest


@router.post(
    "/refuse",
    **documented(refusals.SideHasConsented, refusals.RoutesNotTold, refusals.PaperNotKept, *OVER),
)
async def refuse(body: SideBody, errand: AtTheDesk) -> Response:
    """拒绝调解: one side does not want it, is told of the other routes, and that ends it."""
    command = commands.RefuseMediation(
        side=body.side, routes_told=body.routes_told, paper=body.paper
    )
    return await errand.carry_out(command, body)


@router.post(
    "/withdraw-consent",
    **documented(
        refusals.SideHasNotConsented, refusals.RoutesNotTold, refusals.PaperNotKept, *OVER
    ),
)
async def withdraw_consent(body: SideBody, errand: AtTheDesk) -> Response:
    """撤回同意: one side wants no more of it, at any time before the signing."""
    command = commands.WithdrawConsent(
        side=body.side, routes_told=body.routes_told, paper=body.paper
    )
    return await errand.carry_out(command, body)

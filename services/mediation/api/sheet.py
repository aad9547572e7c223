"""The route for whoever has to speak with the people of a dispute: who they are, what they said."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import orjson
from fastapi import Response

from services.mediation.api.context import NAMING, PREFIX
from services.mediation.api.dispute_access import require_visible
from services.mediation.api.office import SERVICE, Office, TheOffice
from services.mediation.api.sheet_answers import Sheet
from services.mediation.api.sheet_content import VaultTexts, sheet_of
from services.mediation.api.stepped_back import SteppedBack, refuse_who_stepped_back
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_refusals import MediationNotFound
from services.mediation.store.vault_files import EntryKind
from shared.contracts.mediation import MediationSessionHeld
from shared.contracts.mediation_codes import PartySide
from shared.divisions import Identifier, division_of
from shared.http import AtLeast, Position, Router, answered, refused_with
from shared.identity import Actor, requires
from shared.ledger.read import StreamEvent
from shared.office import wait_to_show
from shared.office.command_context import etag
from shared.office.openings import note_shown
from shared.times import china_day

_KINDS = (
    EntryKind.PERSON,
    EntryKind.APPLICATION,
    EntryKind.CONSENT,
    EntryKind.RECORD,
    EntryKind.AGREEMENT,
)

router = Router(prefix=PREFIX, tags=["for a large screen"])


@router.get("/sheet", response_model=Sheet, responses=refused_with(MediationNotFound, SteppedBack))
async def sheet(
    mediation_id: Identifier,
    actor: Annotated[Actor, requires(*NAMING)],
    office: TheOffice,
    at_least: AtLeast,
) -> Response:
    """纠纷情况: the parties with their phones, what was told, and the record of every session.

    To read it is the work of whoever mediates, not a disclosure: no event is published, which
    would only tell all who follow the ledger how often people were looked up. The log of openings
    has a line with post, role and time. Answers are kept by nobody on the way.
    """
    await wait_to_show(office, actor, at_least)
    history = await office.ledger.stream(actor.scope, mediation_id)
    record = office.mediations.fold(history)
    applied = await require_visible(office, actor, record.state)
    await refuse_who_stepped_back(office, actor, record.state)
    shown = sheet_of(
        applied,
        record.state,
        await _vault_texts(office, actor, mediation_id, record.state),
        held_at=_held_at(history),
        ask_a_court_by=office.ask_a_court_by(record.state.agreement.succeeded),
        today=china_day(office.now()),
    )
    await note_shown(office, actor, [mediation_id], route="GET /mediations/{mediation_id}/sheet")
    response = answered(shown, Position(SERVICE, division_of(mediation_id), record.last_seq))
    response.headers["ETag"] = etag(record.version)
    return response


async def _vault_texts(
    office: Office, actor: Actor, mediation_id: str, mediation: MediationFile
) -> VaultTexts:
    """Read all texts from the vault at once."""
    people = [ref for side in PartySide for ref in mediation.parties_of(side)]
    found = await office.vault.contents(
        actor.scope,
        division=division_of(mediation_id),
        refs=[mediation_id, *people],
        kinds=_KINDS,
    )
    return VaultTexts.of(found, mediation_id)


def _held_at(history: Sequence[StreamEvent]) -> dict[str, datetime]:
    """When each session was held, also of voided ones."""
    return {
        orjson.loads(each.data)["session_id"]: each.occurred_at
        for each in history
        if each.kind == MediationSessionHeld.kind
    }

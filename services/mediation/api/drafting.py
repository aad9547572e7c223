"""What a mediator says, laid out in the parts of an agreement for the mediator to check."""

from typing import Annotated, Any

from fastapi import Response

from services.mediation.api.context import NAMING, PREFIX
from services.mediation.api.dispute_access import require_visible
from services.mediation.api.office import TheOffice
from services.mediation.api.stepped_back import SteppedBack, refuse_who_stepped_back
from services.mediation.domain.mediation_refusals import MediationNotFound
from services.mediation.papers.dictation import AgreementDraft
from services.mediation.store.vault_files import EntryKind
from shared.contracts.agreement_codes import AgreementForm
from shared.divisions import Identifier, division_of
from shared.http import Body, Router, answered, refused_with
from shared.identity import Actor, requires
from shared.office.openings import note_shown
from shared.refusals import Refusal

router = Router(prefix=PREFIX, tags=["for a large screen"])


class PartShown(Body):
    """A part in the words of the dictation; an empty text was not said."""

    id: str
    name: str
    text: str
    to_check: bool


class DraftShown(Body):
    """What was heard, how days were read, and what the mediator has to settle."""

    parties: list[dict[str, str]]
    introductions: str
    """How they were named, where they were introduced."""
    parts: list[PartShown]
    instalments: list[dict[str, str]]
    readings: list[str]
    doubts: list[str]
    not_said: list[str]


def shown(draft: AgreementDraft) -> dict[str, Any]:
    """The draft as JSON values: what the answer shows and the vault keeps."""
    return {
        "parties": [dict(party.row()) for party in draft.parties],
        "introductions": draft.introductions,
        "parts": [
            {"id": part.id, "name": part.name, "text": part.text, "to_check": part.to_check}
            for part in draft.parts
        ],
        "instalments": [instalment.row() for instalment in draft.instalments],
        "readings": list(draft.readings),
        "doubts": list(draft.doubts),
        "not_said": list(draft.not_said),
    }


class StandingDraft(DraftShown):
    """The draft that stands, with the words that it was made of."""

    agreement_id: str
    form: AgreementForm
    dictation: str


class NoDraftStands(Refusal):
    """No draft stands, or the texts of the dispute were erased."""

    status = 404
    title = "No draft stands"


@router.get(
    "/draft",
    response_model=StandingDraft,
    responses=refused_with(MediationNotFound, NoDraftStands, SteppedBack),
)
async def standing_draft(
    mediation_id: Identifier, actor: Annotated[Actor, requires(*NAMING)], office: TheOffice
) -> Response:
    """What was dictated last, as it was heard: who dictates at noon may check it in the evening."""
    mediation = await office.mediation(actor.scope, mediation_id)
    await require_visible(office, actor, mediation)
    await refuse_who_stepped_back(office, actor, mediation)
    found = await office.vault.contents(
        actor.scope,
        division=division_of(mediation_id),
        refs=[mediation_id],
        kinds=[EntryKind.DRAFT],
    )
    texts = {each.digest: each.content for each in found}
    drafted = mediation.drafted
    if drafted is None or drafted.draft_digest not in texts:
        raise NoDraftStands
    heard = texts[drafted.draft_digest]
    await note_shown(office, actor, [mediation_id], route="GET /mediations/{mediation_id}/draft")
    known = {"agreement_id": drafted.agreement_id, "form": drafted.form}
    return answered({**known, "dictation": heard["dictation"], **heard["draft"]})

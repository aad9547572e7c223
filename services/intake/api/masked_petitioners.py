"""The route by which a list shows who filed its cases: masked, and only to whom they are with."""

from typing import Annotated

from fastapi import Query, Response

from services.intake.api.office import Office, TheOffice
from services.intake.api.shown_texts import READING, require_holder
from services.intake.domain.case import CaseNotFound
from services.intake.domain.case_rights import RecusedFromCase, ShownToTheHolder
from services.intake.store.case_number import CaseReference
from services.intake.store.person_files import EntryKind, file_of_case
from shared.divisions import division_of
from shared.http import Body, Router, answered, refused_with
from shared.identity import Actor, requires
from shared.identity.refusals import PostMissing
from shared.personal_numbers import masked_name, masked_phone
from shared.vault import PersonErased

MOST = 50

router = Router(tags=["reading"])


class MaskedPetitioner(Body):
    """Enough to tell one line of a list from another: `王**`, `138****5678`."""

    case_id: str
    name: str | None
    phone: str | None


class MaskedPetitioners(Body):
    """Of the cases that are with whoever asks; the others are left out."""

    items: list[MaskedPetitioner]


@router.get("/petitioners", response_model=MaskedPetitioners, responses=refused_with(PostMissing))
async def petitioners(
    actor: Annotated[Actor, requires(*READING, needs_post=True)],
    office: TheOffice,
    of: Annotated[
        list[CaseReference] | None,
        Query(max_length=MOST, description="Cases of a list, by id or number"),
    ] = None,
) -> Response:
    """信访人（脱敏）: who filed the cases of a list, masked; whole on the case alone."""
    shown = [await _masked(office, actor, each) for each in dict.fromkeys(of or ())]
    return answered({"items": [each for each in shown if each is not None]})


async def _masked(office: Office, actor: Actor, reference: str) -> dict[str, object] | None:
    """None of a case that is not with whoever asks, or whose petitioner was erased."""
    try:
        case_id = await require_holder(office, actor, reference)
        division = division_of(case_id)
        file = await file_of_case(office.vault, actor.scope, division=division, case_id=case_id)
    except (CaseNotFound, RecusedFromCase, ShownToTheHolder, PersonErased):
        return None
    found = await office.vault.contents(
        actor.scope, division=division, refs=[file.person_ref], kinds=[EntryKind.FILING]
    )
    stated = (found[0].content.get("person") or {}) if found else {}
    name, phone = stated.get("name"), stated.get("phone")
    return {
        "case_id": case_id,
        "name": name and masked_name(name),
        "phone": phone and masked_phone(phone),
    }

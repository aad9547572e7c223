"""The routes by which whom a case is with reads who filed it, and what was written."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Response

from services.intake.api.office import TheOffice
from services.intake.api.shown_texts import READING, opened_entries
from services.intake.domain.case import CaseNotFound
from services.intake.domain.case_rights import RecusedFromCase, ShownToTheHolder
from services.intake.store.case_number import CaseReference
from services.intake.store.person_files import EntryKind
from shared.http import AtLeast, Body, Router, answered, refused_with
from shared.identity import Actor, requires
from shared.office import wait_to_show
from shared.vault import Content, Opened, PersonErased
from shared.vault.bodies import OrganisationShown

Holder = Annotated[Actor, requires(*READING, needs_post=True)]
_REFUSED = refused_with(CaseNotFound, RecusedFromCase, ShownToTheHolder, PersonErased)
TEXTS = tuple(kind for kind in EntryKind if kind not in {EntryKind.FILING, EntryKind.PAPER})

router = Router(prefix="/cases/{case_id}", tags=["reading"])


class PetitionerShown(Body):
    """Who filed the case, as far as it was stated."""

    case_id: str
    name: str | None
    phone: str | None
    id_number: str | None
    address: str | None


class TextShown(Body):
    """A text of the case by its digest in the history, such as an opinion or a record."""

    kind: EntryKind
    digest: str
    content: dict[str, Any]


class AnsweredBefore(Body):
    """A question of an office that had the matter before, and what the petitioner answered."""

    question: str
    answer: str


class TextsShown(Body):
    """What the petitioner wrote, and what the office wrote since."""

    case_id: str
    narrative: str | None
    cause: OrganisationShown | None
    texts: list[TextShown]
    answers: list[AnsweredBefore]


@router.get("/person", response_model=PetitionerShown, responses=_REFUSED)
async def person(
    case_id: CaseReference, actor: Holder, office: TheOffice, at_least: AtLeast
) -> Response:
    """信访人: name, contact and address, for whom the case is with; the opening is recorded."""
    await wait_to_show(office, actor, at_least)
    shown_by = "GET /cases/{case_id}/person"
    known, found = await opened_entries(office, actor, case_id, [EntryKind.FILING], route=shown_by)
    return answered(petitioner_of(known, found))


@router.get("/text", response_model=TextsShown, responses=_REFUSED)
async def text(
    case_id: CaseReference, actor: Holder, office: TheOffice, at_least: AtLeast
) -> Response:
    """信访内容: what was written, for whom the case is with; the opening is recorded."""
    await wait_to_show(office, actor, at_least)
    shown_by = "GET /cases/{case_id}/text"
    kinds = [EntryKind.FILING, *TEXTS]
    known, found = await opened_entries(office, actor, case_id, kinds, route=shown_by)
    return answered(texts_of(known, found))


def petitioner_of(case_id: str, entries: Sequence[Opened]) -> dict[str, object]:
    """What `PetitionerShown` declares, of the entries of a file."""
    stated = _filing(entries).get("person") or {}
    fields = ("name", "phone", "id_number", "address")
    return {"case_id": case_id, **{name: stated.get(name) for name in fields}}


def texts_of(case_id: str, entries: Sequence[Opened]) -> dict[str, object]:
    """What `TextsShown` declares, of the entries of a file."""
    filing = _filing(entries)
    return {
        "case_id": case_id,
        "narrative": filing.get("narrative"),
        "cause": filing.get("cause"),
        "answers": filing.get("answers", []),
        "texts": [
            {"kind": each.kind, "digest": each.digest, "content": each.content}
            for each in entries
            if each.kind in TEXTS
        ],
    }


def _filing(entries: Sequence[Opened]) -> Content:
    return next((each.content for each in entries if each.kind == EntryKind.FILING), {})

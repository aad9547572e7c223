"""The routes of a reveal: asked by whom a case is not with, approved by whom it is with."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Response

from services.intake.api.case_context import find_case
from services.intake.api.office import SERVICE, Office, TheOffice
from services.intake.api.reading import refuse_reader
from services.intake.api.shown_texts import READING, require_holder
from services.intake.domain.case import CaseNotFound
from services.intake.domain.case_rights import (
    RecusedFromCase,
    RevealApprovedByTheAsker,
    RevealNotFound,
    ShownToTheHolder,
)
from services.intake.store import reveals
from services.intake.store.case_number import CaseReference
from services.intake.store.person_files import EntryKind, file_of_case
from services.intake.store.reveals import AskedReveal
from shared import vault
from shared.contracts.vault_codes import OpeningPurpose, RevealReason, RevealRole
from shared.divisions import Identifier, division_of, new_id
from shared.handling import CommandRequest, Handling, ready
from shared.http import Body, Position, Router, answered, correlation_id, refused_with
from shared.identity import Actor, requires
from shared.identity.refusals import PostMissing
from shared.office.openings import note_shown
from shared.postgres import transaction
from shared.times import to_wire
from shared.vault import PersonErased
from shared.vault.bodies import text
from shared.vault.reveal import REVEAL, ApproveReveal, Reveal

SHOWN_FOR = timedelta(hours=24)
"""How long a reveal is valid from its approval on."""
Official = Annotated[Actor, requires(*READING, needs_post=True)]
_REFUSED = (CaseNotFound, PostMissing, RecusedFromCase, PersonErased)

router = Router(prefix="/cases/{case_id}", tags=["reading"])


class AskRevealBody(Body):
    """Why, by a code, and for what in words, which go to the vault."""

    reason_code: RevealReason
    purpose: Annotated[str, text(1_000)]


class ApproveRevealBody(Body):
    """Which of the reveals that were asked for."""

    reveal_id: Identifier


class RevealShown(Body):
    """A reveal of the case: who asked and for what, who approved it, until when it is valid."""

    reveal_id: str
    asked_by: str
    role: str
    reason_code: RevealReason
    purpose: str | None
    asked_at: datetime
    approved_by: str | None
    shown_until: datetime | None


class RevealsShown(Body):
    """Every reveal of a case, in the order in which they were asked for."""

    items: list[RevealShown]


class RevealAnswer(Body):
    """The reveal; nothing is shown before it is approved."""

    reveal_id: str
    shown_until: datetime | None


@router.post("/ask-reveal", response_model=RevealAnswer, responses=refused_with(*_REFUSED))
async def ask_reveal(
    case_id: CaseReference, body: AskRevealBody, actor: Official, office: TheOffice
) -> Response:
    """申请查看: person and text of a case that is not with the post; another one approves."""
    case_id = await find_case(office, actor.scope, case_id)
    record = await office.cases.read(actor.scope, case_id)
    await refuse_reader(office, actor, record.state, texts=True)
    division = division_of(case_id)
    file = await file_of_case(office.vault, actor.scope, division=division, case_id=case_id)
    entry = file.entry(EntryKind.REVEAL, {"text": body.purpose})
    asked = AskedReveal(
        reveal_id=new_id(division),
        case_id=case_id,
        asked_by=actor.place,
        role=actor.role.value,
        reason_code=body.reason_code.value,
        purpose_digest=entry.digest,
        asked_at=office.now(),
    )
    async with transaction(office.pool, division) as connection:
        for each in (*vault.keep(division, [], [entry]), reveals.ask(asked)):
            await connection.execute(each.query, each.parameters)
    return answered({"reveal_id": asked.reveal_id, "shown_until": None})


@router.post(
    "/approve-reveal",
    response_model=RevealAnswer,
    responses=refused_with(*_REFUSED, ShownToTheHolder, RevealNotFound, RevealApprovedByTheAsker),
)
async def approve_reveal(
    case_id: CaseReference, body: ApproveRevealBody, actor: Official, office: TheOffice
) -> Response:
    """批准查看: by another post, with which the case is; the overseer sees it in the log."""
    case_id = await require_holder(office, actor, case_id)
    found = {each.reveal_id: each for each in await reveals.of_case(office.pool, case_id)}
    asked = found.get(body.reveal_id)
    if asked is None:
        raise RevealNotFound
    if actor.place == asked.asked_by:
        raise RevealApprovedByTheAsker
    if asked.shown_until is not None:
        return answered(_answer(asked.reveal_id, asked.shown_until))
    await note_shown(
        office,
        actor,
        [case_id],
        route="POST /cases/{case_id}/approve-reveal",
        purpose=OpeningPurpose.REVEALED,
    )
    until = office.now() + SHOWN_FOR
    position = await _approved(office, actor, asked, until)
    return answered(_answer(asked.reveal_id, until), position)


@router.get(
    "/reveals", response_model=RevealsShown, responses=refused_with(*_REFUSED, ShownToTheHolder)
)
async def asked_reveals(case_id: CaseReference, actor: Official, office: TheOffice) -> Response:
    """查看申请: who asked to be shown the case and for what, for whom it is with."""
    case_id = await require_holder(office, actor, case_id)
    division = division_of(case_id)
    file = await file_of_case(office.vault, actor.scope, division=division, case_id=case_id)
    said = await office.vault.contents(
        actor.scope, division=division, refs=[file.person_ref], kinds=[EntryKind.REVEAL]
    )
    purposes = {each.digest: each.content["text"] for each in said}
    found = await reveals.of_case(office.pool, case_id)
    if purposes:
        await note_shown(office, actor, [case_id], route="GET /cases/{case_id}/reveals")
    return answered({"items": [_shown(each, purposes.get(each.purpose_digest)) for each in found]})


async def _approved(office: Office, actor: Actor, asked: AskedReveal, until: datetime) -> Position:
    """The reveal's event with the row that opens it; where it is there already, nothing."""
    division = division_of(asked.reveal_id)
    command = ApproveReveal(
        reveal_id=asked.reveal_id,
        reason=RevealReason.of(asked.reason_code),
        by_role=RevealRole.of(actor.role.value),
    )
    row = reveals.approve(asked.reveal_id, approved_by=actor.place, shown_until=until)
    request: CommandRequest[ApproveReveal, Reveal] = CommandRequest(
        stream_id=asked.reveal_id,
        author=actor.author(division, correlation_id()),
        prepare=ready(command, at=office.now(), side_writes=[row]),
    )
    handling = Handling(ledger=office.ledger, decider=REVEAL, answer=lambda _: None)
    handled = await handling.handle(request)
    return Position(SERVICE, division, handled.position)


def _answer(reveal_id: str, until: datetime) -> dict[str, object]:
    return {"reveal_id": reveal_id, "shown_until": to_wire(until)}


def _shown(each: AskedReveal, purpose: str | None) -> dict[str, object]:
    return {
        "reveal_id": each.reveal_id,
        "asked_by": each.asked_by,
        "role": each.role,
        "reason_code": each.reason_code,
        "purpose": purpose,
        "asked_at": to_wire(each.asked_at),
        "approved_by": each.approved_by,
        "shown_until": each.shown_until and to_wire(each.shown_until),
    }

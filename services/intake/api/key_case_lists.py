"""The routes by which key cases are read: their list, one with its steps, and their words."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from services.intake.api.cases_in_records import cases_hidden
from services.intake.api.key_case_bodies import KeyCaseAnswer
from services.intake.api.office import SERVICE, Office, TheOffice
from services.intake.api.queries import Reader
from services.intake.api.reading import hidden_complaints
from services.intake.api.record_words import words_of
from services.intake.api.summaries import key_case_summary
from services.intake.domain.complained_unit import NOTHING_HIDDEN
from services.intake.domain.key_cases import KeyCaseFile, refusals
from services.intake.store.key_case_board import KEY_CASE_BOARD, NOT_KEPT, KeyCaseLine
from services.intake.store.person_files import EntryKind
from shared.board import Asked
from shared.contracts.key_case_codes import KeyCaseStep
from shared.contracts.key_cases import KeyCaseOpened
from shared.contracts.mediation_codes import VoidReason
from shared.divisions import Identifier
from shared.http import AtLeast, PageOf, Paging, Router, answered, refused_with
from shared.identity import Actor, Role, requires
from shared.office import wait_to_show
from shared.office.actions import Action, Probes, actions_of
from shared.office.history import HistoryItem, with_history
from shared.office.openings import note_shown
from shared.office.tried_bodies import body, first_of

router = Router(tags=["key cases"])


class StepShown(BaseModel):
    """What was done, and when."""

    step_id: str
    step: KeyCaseStep
    on: date


class KeyCaseWithHistory(KeyCaseAnswer):
    """A key case with its steps, what may be done with it now, and its history."""

    steps: list[StepShown]
    actions: list[Action]
    history: list[HistoryItem]


class StepWords(BaseModel):
    """What was done in words; null where nothing was said."""

    step_id: str
    words: str | None


class KeyCaseWords(BaseModel):
    """The plan of a key case, and what was done."""

    key_case_id: str
    plan: str | None
    steps: list[StepWords]


@router.get("/key-cases", response_model=PageOf[KeyCaseLine])
async def key_cases(
    actor: Reader,
    office: TheOffice,
    asked: Annotated[Asked, Depends(KEY_CASE_BOARD.asked)],
    paging: Paging,
    at_least: AtLeast,
) -> Response:
    """包案台账: the key cases of the scope, the latest taken first; those of kept cases are left out."""
    await wait_to_show(office, actor, at_least)
    hidden = await hidden_complaints(office, actor) or NOTHING_HIDDEN
    seen = NOT_KEPT.on(asked, hidden.named())
    return answered(await KEY_CASE_BOARD.page(office.pool, actor.scope, seen, paging))


_PROBES: Probes[KeyCaseFile] = Probes(
    tried={
        "record-step": body(step=first_of(KeyCaseStep)),
        "close": body(),
        "void": body(reason=first_of(VoidReason)),
    }
)


@router.get(
    "/key-cases/{key_case_id}",
    response_model=KeyCaseWithHistory,
    responses=refused_with(refusals.KeyCaseNotFound),
)
async def one_key_case(
    key_case_id: Identifier,
    actor: Reader,
    office: TheOffice,
    at_least: AtLeast,
    request: Request,
) -> Response:
    """One key case; for those from whom its case is kept, as if there were none."""
    await wait_to_show(office, actor, at_least)
    history = await office.ledger.stream(actor.scope, key_case_id)
    record = office.key_cases.fold(history)
    await _visible(office, actor, record.state)
    actions = await actions_of(
        request,
        office,
        actor,
        record,
        address="/key-cases/{key_case_id}",
        stream_id=key_case_id,
        probes=_PROBES,
    )
    steps = [
        {"step_id": each.step_id, "step": each.step, "on": each.on} for each in record.state.steps
    ]
    content = key_case_summary(record.state) | {"steps": steps, "actions": actions}
    return with_history(SERVICE, content, record, history)


@router.get(
    "/key-cases/{key_case_id}/words",
    response_model=KeyCaseWords,
    responses=refused_with(refusals.KeyCaseNotFound),
)
async def words(
    key_case_id: Identifier,
    actor: Annotated[
        Actor, requires(Role.CLERK, Role.HANDLER, Role.TOWNSHIP_LEADER, needs_post=True)
    ],
    office: TheOffice,
    at_least: AtLeast,
) -> Response:
    """The plan and what was done, in words; the opening is recorded."""
    await wait_to_show(office, actor, at_least)
    state = (await office.key_cases.read(actor.scope, key_case_id)).state
    opened = await _visible(office, actor, state)
    kept = await words_of(office, actor.scope, key_case_id, kind=EntryKind.KEY_CASE)
    await note_shown(office, actor, [key_case_id], route="GET /key-cases/{key_case_id}/words")
    steps = [
        {"step_id": each.step_id, "words": kept.get(each.words_digest or "")}
        for each in state.steps
    ]
    return answered(
        {"key_case_id": key_case_id, "plan": kept.get(opened.plan_digest), "steps": steps}
    )


async def _visible(office: Office, actor: Actor, key_case: KeyCaseFile) -> KeyCaseOpened:
    """Raise KeyCaseNotFound where it is not for this reader."""
    opened = key_case.opened
    if opened is None or await cases_hidden(office, actor, [opened.case_id]):
        raise refusals.KeyCaseNotFound
    return opened

"""The routes by which an office asks the petitioner, and reads what was answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Annotated

from fastapi import Response

from services.intake.api.case_bodies import Act
from services.intake.api.case_context import (
    ENDED,
    ByTheHandler,
    CaseContext,
    documented,
)
from services.intake.api.office import Office, TheOffice
from services.intake.api.shown_texts import READING, opened_entries
from services.intake.api.vault_texts import entry_of, kept
from services.intake.domain.case import CaseCommand, CaseFile, CaseNotFound, questions
from services.intake.domain.case_rights import RecusedFromCase, ShownToTheHolder
from services.intake.store.case_number import CaseReference
from services.intake.store.person_files import EntryKind
from shared.contracts.case_question_codes import QuestionCode
from shared.divisions import division_of
from shared.handling import Prepared, Record
from shared.http import Body, Router, answered, refused_with
from shared.identity import Actor, requires
from shared.vault import PersonErased
from shared.vault.bodies import Narrative

router = Router(prefix="/cases/{case_id}", tags=["questions"])
_KINDS = (EntryKind.QUESTION, EntryKind.ANSWER)


class AskBody(Act):
    """What the petitioner is asked, and about what."""

    code: QuestionCode
    text: Narrative


class QuestionShown(Body):
    """A question and its answer; the words are null once the petitioner's file was erased."""

    question_id: str
    code: QuestionCode
    asked_at: datetime
    text: str | None
    answered_at: datetime | None
    answer: str | None


class QuestionsShown(Body):
    """In the order in which they were asked."""

    items: list[QuestionShown]


@router.post("/ask", **documented(PersonErased, *ENDED))
async def ask(body: AskBody, context: ByTheHandler) -> Response:
    """询问信访人: the petitioner answers by number and query code; no term stops meanwhile."""
    return await context.handle(partial(_prepare, context, body))


async def _prepare(
    context: CaseContext, body: AskBody, _: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    entry = await entry_of(context, EntryKind.QUESTION, {"text": body.text})
    command = questions.AskQuestion(code=body.code, digest=entry.digest)
    return Prepared(command=command, at=context.moment(body), side_writes=kept(context, [entry]))


@router.get(
    "/questions",
    response_model=QuestionsShown,
    responses=refused_with(CaseNotFound, RecusedFromCase, ShownToTheHolder, PersonErased),
)
async def asked(
    case_id: CaseReference,
    actor: Annotated[Actor, requires(*READING, needs_post=True)],
    office: TheOffice,
) -> Response:
    """询问与答复: what the petitioner was asked and has answered, in words; the opening is recorded."""
    case_id, found = await opened_entries(
        office, actor, case_id, _KINDS, route="GET /cases/{case_id}/questions"
    )
    record = await office.cases.read(actor.scope, case_id)
    words = {each.digest: each.content["text"] for each in found}
    shown = _shown(record.state, words)
    return answered({"items": [each.model_dump(mode="json") for each in shown]})


async def questions_shown(office: Office, scope: str, case: CaseFile) -> Sequence[QuestionShown]:
    """The questions of one case with their words."""
    if not case.proceedings.asked:
        return ()
    return _shown(case, await _words(office, scope, case))


def _shown(case: CaseFile, words: Mapping[str, str]) -> Sequence[QuestionShown]:
    answers = case.proceedings.answers
    shown = []
    for fact, mark in case.proceedings.asked:
        question_id = mark.event_id or ""
        answer = answers.get(question_id)
        shown.append(
            QuestionShown(
                question_id=question_id,
                code=fact.code,
                asked_at=mark.occurred_at,
                text=words.get(fact.digest),
                answered_at=answer[1].occurred_at if answer else None,
                answer=words.get(answer[0].digest) if answer else None,
            )
        )
    return shown


async def _words(office: Office, scope: str, case: CaseFile) -> Mapping[str, str]:
    """By digest the words of questions and answers; none of a file that was erased."""
    registration = case.required
    if registration.person_ref is None:
        return {}
    found = await office.vault.contents(
        scope,
        division=division_of(registration.case_id),
        refs=[registration.person_ref],
        kinds=_KINDS,
    )
    return {each.digest: each.content["text"] for each in found}

"""Questions to the petitioner, who answers by number and query code; no term stops for them.

open case ─ QuestionAsked ─► asked ─ QuestionAnswered ─► answered
"""

from dataclasses import dataclass

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.ended import refuse_if_ended
from services.intake.domain.case.origin import Origin
from shared.contracts.case_question_codes import QuestionCode
from shared.contracts.case_questions import QuestionAnswered, QuestionAsked
from shared.contracts.event import Event
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class AskQuestion:
    """询问信访人."""

    code: QuestionCode
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerQuestion:
    """The petitioner answers the question that this event asked."""

    question_id: str
    digest: str


class QuestionNotAsked(Refusal):
    """No such question was asked in this case."""

    status = 404
    title = "The question was not asked"


class QuestionAnsweredAlready(Refusal):
    """This question was answered before; what is to be added, say in person or by letter."""

    title = "The question was answered already"


def ask(command: AskQuestion, case: CaseFile) -> list[Event]:
    """Of an open case, as often as needed; the same words once."""
    asked = QuestionAsked(code=command.code, digest=command.digest, **case.about(Origin.OFFICE))
    if any(before == asked for before, _ in case.proceedings.asked):
        return []
    refuse_if_ended(case)
    return [asked]


def answer_question(command: AnswerQuestion, case: CaseFile) -> list[Event]:
    """Once for each question, while the case goes on."""
    answered = QuestionAnswered(
        question_id=command.question_id, digest=command.digest, **case.about(Origin.OFFICE)
    )
    before = case.proceedings.answers.get(command.question_id)
    if before is not None and before[0] == answered:
        return []
    if all(mark.event_id != command.question_id for _, mark in case.proceedings.asked):
        raise QuestionNotAsked
    if before is not None:
        raise QuestionAnsweredAlready
    refuse_if_ended(case)
    return [answered]

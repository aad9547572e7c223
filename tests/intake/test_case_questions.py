"""Questions to the petitioner: asked while the case goes on, answered once, and no term stops."""

from dataclasses import replace

import pytest

from services.intake import examples
from services.intake.domain.case import CASE
from services.intake.domain.case.case_file import UNMARKED, about
from services.intake.domain.case.ended import CaseWasWithdrawn
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.questions import (
    AnswerQuestion,
    QuestionAnsweredAlready,
    QuestionNotAsked,
)
from shared.contracts.case_question_codes import QuestionCode
from shared.contracts.case_questions import QuestionAnswered, QuestionAsked
from shared.contracts.event import Event
from shared.decider import Mark
from shared.state_table import example_event_id
from shared.testing.given_when_then import Facts
from tests.intake.facts import ACCEPTED, CASE_ID, DIGEST, FILED, MATTER_ID, OTHER_DIGEST, WITHDRAWN

case = Facts(CASE)
ABOUT = about(CASE_ID, MATTER_ID, Origin.OFFICE)
ASKED = QuestionAsked(code=QuestionCode.FACTS, digest=DIGEST, **ABOUT)
QUESTION = example_event_id(2)
ANSWERED = QuestionAnswered(question_id=QUESTION, digest=OTHER_DIGEST, **ABOUT)
ANSWER = AnswerQuestion(question_id=QUESTION, digest=OTHER_DIGEST)


def test_a_question_is_asked_of_an_open_case() -> None:
    case.given(FILED).when(examples.ASK).then(ASKED)
    case.given(FILED, ACCEPTED).when(examples.ASK).then(ASKED)


def test_the_same_words_are_asked_once() -> None:
    case.given(FILED, ASKED).when(examples.ASK).then()


def test_no_question_is_asked_once_the_case_has_ended() -> None:
    case.given(FILED, WITHDRAWN).when(examples.ASK).then_refused(CaseWasWithdrawn)


def after(*events: Event) -> object:
    marks = (Mark(UNMARKED.occurred_at, example_event_id(n)) for n in (1, 2, 3))
    return CASE.fold_marked(zip(events, marks, strict=False))


def answered(*events: Event, command: AnswerQuestion = ANSWER) -> list[Event]:
    return CASE.decide(command, after(*events))  # type: ignore[arg-type]


def test_a_question_is_answered_once() -> None:
    assert answered(FILED, ASKED) == [ANSWERED]
    assert answered(FILED, ASKED, ANSWERED) == []
    with pytest.raises(QuestionAnsweredAlready):
        answered(FILED, ASKED, ANSWERED, command=replace(ANSWER, digest=DIGEST))


def test_what_was_not_asked_is_not_answered() -> None:
    with pytest.raises(QuestionNotAsked):
        answered(FILED)
    with pytest.raises(QuestionNotAsked):
        answered(FILED, ASKED, command=replace(ANSWER, question_id=example_event_id(1)))


def test_no_term_stops_for_a_question() -> None:
    before = CASE.fold([FILED, ACCEPTED])
    assert CASE.fold([ASKED, ANSWERED], before).due_at == before.due_at
    assert CASE.fold([ASKED, ANSWERED], before).state is before.state

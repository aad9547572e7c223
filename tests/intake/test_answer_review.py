"""A matter that is raised again after its answer has that answer looked at, and nobody judged."""

from services.intake.domain.case import CASE
from services.intake.domain.case.answer_review import (
    AnswerReviewedByItsAuthor,
    CloseAnswerReview,
    NoAnswerReviewOpen,
    OpenAnswerReview,
)
from services.intake.domain.case.case_file import about
from services.intake.domain.case.origin import Origin
from shared.contracts.case_codes import Outcome
from shared.contracts.case_handling import AnswerReviewClosed, AnswerReviewOpened
from shared.contracts.case_handling_codes import AnswerFinding, AnswerReviewReason
from shared.testing.given_when_then import Facts
from tests.intake.facts import (
    ACCEPTED,
    ANSWERED,
    CASE_ID,
    FILED,
    MATTER_ID,
    REPLIED,
    closed,
)

case = Facts(CASE)
ABOUT = about(CASE_ID, MATTER_ID, Origin.OFFICE)
AGAIN, ONCE_MORE = (f"519900102-0198a5c0-0000-7000-8000-{n:012x}" for n in (7, 8))
OPEN = OpenAnswerReview(repeated_by=AGAIN)
OPENED = AnswerReviewOpened(why=AnswerReviewReason.REPEATED, repeated_by=AGAIN, **ABOUT)
CLOSE = CloseAnswerReview(finding=AnswerFinding.INCOMPLETE, names=frozenset({"post-other"}))
CLOSED = AnswerReviewClosed(finding=AnswerFinding.INCOMPLETE, **ABOUT)


def test_an_answer_is_looked_at_when_the_matter_is_raised_again() -> None:
    case.given(*ANSWERED).when(OPEN).then(OPENED)
    case.given(FILED, REPLIED).when(OPEN).then(OPENED)


def test_also_after_the_case_was_closed() -> None:
    case.given(*ANSWERED, closed(Outcome.SUPPORTED)).when(OPEN).then(OPENED)


def test_without_an_answer_there_is_nothing_to_look_at() -> None:
    case.given(FILED, ACCEPTED).when(OPEN).then_nothing()


def test_one_repeat_opens_one_review_and_a_later_one_another() -> None:
    again = OpenAnswerReview(repeated_by=ONCE_MORE)
    case.given(*ANSWERED, OPENED).when(OPEN).then_nothing()
    case.given(*ANSWERED, OPENED).when(again).then_nothing()
    case.given(*ANSWERED, OPENED, CLOSED).when(OPEN).then_nothing()
    case.given(*ANSWERED, OPENED, CLOSED).when(again).then_kinds(AnswerReviewOpened)


def test_another_post_says_what_it_found() -> None:
    case.given(*ANSWERED, OPENED).when(CLOSE).then(CLOSED)


def test_whose_answer_it_is_does_not_review_it() -> None:
    own = CloseAnswerReview(
        finding=AnswerFinding.ANSWER_HOLDS, names=frozenset({str(ACCEPTED.handler)})
    )
    case.given(*ANSWERED, OPENED).when(own).then_refused(AnswerReviewedByItsAuthor)


def test_what_is_not_open_is_not_closed() -> None:
    case.given(*ANSWERED).when(CLOSE).then_refused(NoAnswerReviewOpen)
    case.given(*ANSWERED, OPENED, CLOSED).when(CLOSE).then_refused(NoAnswerReviewOpen)


def test_the_state_of_the_case_stays() -> None:
    before = CASE.fold([*ANSWERED]).state
    assert CASE.fold([*ANSWERED, OPENED]).state is before
    assert CASE.fold([*ANSWERED, OPENED, CLOSED]).state is before

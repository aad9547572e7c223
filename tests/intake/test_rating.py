"""满意度评价: once of each subject after an answer, by the petitioner or told to another unit."""

import pytest

from services.intake.domain.case import CASE
from services.intake.domain.case.case_file import about
from services.intake.domain.case.ended import CaseWasVoided, CaseWasWithdrawn
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.rating import CaseRatedAlready, RateCase, RatedByItself
from services.intake.domain.case.served_opinion import CaseNotAnswered
from shared.contracts.case_codes import Outcome, ReopenReason
from shared.contracts.case_handling import AnswerReviewClosed, AnswerReviewOpened
from shared.contracts.case_handling_codes import (
    AnswerFinding,
    AnswerReviewReason,
    FilingVoidReason,
)
from shared.contracts.case_rating_codes import RatedSubject, RatingGrade, RatingWay
from shared.contracts.case_ratings import CaseRated
from shared.contracts.event import Event
from shared.contracts.intake import FilingVoided
from shared.refusals import Refusal
from shared.testing.given_when_then import Facts
from tests.intake.facts import (
    ACCEPTED,
    ANSWERED,
    CASE_ID,
    FILED,
    MATTER_ID,
    REPLIED,
    WITHDRAWN,
    closed,
    reopened,
)

case = Facts(CASE)
ABOUT = about(CASE_ID, MATTER_ID, Origin.OFFICE)
UNIT, OFFICE = RatedSubject.RESPONSIBLE_UNIT, RatedSubject.PETITION_OFFICE
GOOD, BAD = RatingGrade.SATISFIED, RatingGrade.DISSATISFIED


def rated(subject: RatedSubject, grade: RatingGrade, **how: str) -> CaseRated:
    way = RatingWay.CALL_BACK if how else RatingWay.PETITIONER
    return CaseRated(about=subject, grade=grade, rater=way, **how, **ABOUT)


AGAIN = reopened(next(iter(ReopenReason)))
VOIDED = FilingVoided(case_id=CASE_ID, matter_id=MATTER_ID, why=next(iter(FilingVoidReason)))
REVIEW = AnswerReviewOpened(why=AnswerReviewReason.DISSATISFIED, **ABOUT)
CLOSED = AnswerReviewClosed(finding=AnswerFinding.INCOMPLETE, **ABOUT)
OF_UNIT = RateCase(grades={UNIT: GOOD})


def test_each_subject_is_rated_apart() -> None:
    case.given(*ANSWERED).when(OF_UNIT).then(rated(UNIT, GOOD))
    both = RateCase(grades={UNIT: GOOD, OFFICE: RatingGrade.BASICALLY})
    stated = rated(OFFICE, RatingGrade.BASICALLY), rated(UNIT, GOOD)
    case.given(*ANSWERED).when(both).then(*stated)
    case.given(*ANSWERED, rated(UNIT, GOOD)).when(both).then(stated[0])
    case.given(FILED, REPLIED).when(OF_UNIT).then(rated(UNIT, GOOD))


def test_also_after_the_case_was_closed() -> None:
    case.given(*ANSWERED, closed(Outcome.SUPPORTED)).when(OF_UNIT).then(rated(UNIT, GOOD))


def test_without_an_answer_there_is_nothing_to_rate() -> None:
    case.given(FILED, ACCEPTED).when(OF_UNIT).then_refused(CaseNotAnswered)


@pytest.mark.parametrize(
    ("end", "refusal"), [(WITHDRAWN, CaseWasWithdrawn), (VOIDED, CaseWasVoided)]
)
def test_what_left_the_procedure_is_not_rated(end: Event, refusal: type[Refusal]) -> None:
    given = (FILED, end) if end is VOIDED else (FILED, ACCEPTED, end)
    case.given(*given).when(OF_UNIT).then_refused(refusal)


def test_a_rating_is_given_once_and_repeated_without_effect() -> None:
    given = (*ANSWERED, rated(UNIT, GOOD))
    case.given(*given).when(OF_UNIT).then_nothing()
    case.given(*given).when(RateCase(grades={UNIT: BAD})).then_refused(CaseRatedAlready)
    case.given(*given, closed(Outcome.SUPPORTED)).when(OF_UNIT).then_nothing()


def test_a_dissatisfied_one_has_the_answer_looked_at_again_once() -> None:
    bad = RateCase(grades={UNIT: BAD, OFFICE: BAD})
    case.given(*ANSWERED).when(bad).then(rated(OFFICE, BAD), rated(UNIT, BAD), REVIEW)
    opened = (*ANSWERED, rated(UNIT, BAD), REVIEW)
    of_office = RateCase(grades={OFFICE: BAD})
    case.given(*opened).when(of_office).then(rated(OFFICE, BAD))
    case.given(*opened, CLOSED).when(of_office).then(rated(OFFICE, BAD), REVIEW)


def test_a_new_answer_is_rated_anew() -> None:
    given = (*ANSWERED, rated(UNIT, GOOD), closed(Outcome.SUPPORTED), AGAIN)
    case.given(*given).when(OF_UNIT).then_refused(CaseNotAnswered)
    case.given(*given, *ANSWERED[2:]).when(RateCase(grades={UNIT: BAD})).then(
        rated(UNIT, BAD), REVIEW
    )


def called(*own: RatedSubject, names: tuple[str, ...] = ("post-x",)) -> RateCase:
    return RateCase(
        grades={UNIT: GOOD},
        called_by="justice-office",
        way=RatingWay.CALL_BACK,
        own=frozenset(own),
        names=frozenset(names),
    )


def test_another_unit_than_the_rated_one_calls_back() -> None:
    told = rated(UNIT, GOOD, called_by="justice-office")
    case.given(*ANSWERED).when(called(OFFICE)).then(told)
    case.given(*ANSWERED).when(called(UNIT)).then_refused(RatedByItself)
    assert isinstance(ACCEPTED.handler, str)
    by_author = called(OFFICE, names=(ACCEPTED.handler,))
    case.given(*ANSWERED).when(by_author).then_refused(RatedByItself)

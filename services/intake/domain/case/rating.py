"""满意度评价: the petitioner rates how an answered case was handled, each subject once.

answered ─ CaseRated ─► rated; a dissatisfied one has the answer looked at again

By the petitioner with number and query code, or recorded by a unit that called back and is not the one
that is rated. A rating says something of offices, never of the person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.intake.domain.case.answer_review import authors, is_answered, is_under_review
from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.ended import refuse_if_departed
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.served_opinion import CaseNotAnswered
from shared.contracts.case_handling import AnswerReviewOpened
from shared.contracts.case_handling_codes import AnswerReviewReason
from shared.contracts.case_rating_codes import RatedSubject, RatingGrade, RatingWay
from shared.contracts.case_ratings import CaseRated
from shared.contracts.event import Event
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class RateCase:
    """What the petitioner says of each subject, or of one."""

    grades: Mapping[RatedSubject, RatingGrade]
    called_by: str | None = None
    """The unit that called back; None where the petitioner rates."""
    way: RatingWay = RatingWay.PETITIONER
    own: frozenset[RatedSubject] = frozenset()
    """As what the unit that called back is rated itself."""
    names: frozenset[str] = frozenset()
    """Every reference under which records name the post that called back."""


class CaseRatedAlready(Refusal):
    """It was rated otherwise; a rating is given once, and another one after another answer."""

    title = "The handling was rated already"


class RatedByItself(Refusal):
    """Neither the unit that is rated nor whoever answered calls back; another unit does."""

    status = 403
    title = "Nobody records a rating of their own"


def rate(command: RateCase, case: CaseFile) -> list[Event]:
    """One event for each subject that was not rated, and one review where somebody is dissatisfied."""
    known = {about: fact.grade for about, (fact, _) in case.proceedings.ratings.items()}
    new = {about: grade for about, grade in command.grades.items() if known.get(about) != grade}
    if not new:
        return []
    refuse_if_departed(case)
    if not is_answered(case):
        raise CaseNotAnswered
    for about in RatedSubject.in_order(new):
        if about in known:
            raise CaseRatedAlready(field=about.value.replace("-", "_"))
        _refuse_own(command, about, case)
    rated = [
        CaseRated(
            about=about,
            grade=new[about],
            rater=command.way,
            called_by=command.called_by,
            **case.about(Origin.OFFICE),
        )
        for about in RatedSubject.in_order(new)
    ]
    return [*rated, *_review(rated, case)]


def _refuse_own(command: RateCase, about: RatedSubject, case: CaseFile) -> None:
    is_author = not command.names.isdisjoint(authors(case))
    if about in command.own or is_author:
        raise RatedByItself


def _review(rated: Sequence[CaseRated], case: CaseFile) -> list[Event]:
    """答复质量复核: of the answer, one at a time."""
    grades = {each.grade for each in rated}
    if RatingGrade.DISSATISFIED not in grades or is_under_review(case):
        return []
    why = AnswerReviewReason.DISSATISFIED
    return [AnswerReviewOpened(why=why, **case.about(Origin.OFFICE))]

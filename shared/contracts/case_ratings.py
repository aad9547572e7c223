"""Events of intake about how a petitioner rates the handling of a case; nobody rates a petitioner."""

from shared.contracts.case_rating_codes import RatedSubject, RatingGrade, RatingWay
from shared.contracts.intake import CaseEvent
from shared.contracts.words import UnitRef


class CaseRated(CaseEvent):
    """满意度评价: once of each subject after an answer; a new answer after a reopening is rated anew."""

    about: RatedSubject
    grade: RatingGrade
    rater: RatingWay
    called_by: UnitRef | None = None
    """The unit that called back, which is not the one that is rated."""

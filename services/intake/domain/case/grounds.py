"""The grounds of a resolution: events of the record on which each way of settling rests.

on the spot             the petitioner's acknowledgement, or the visit at a reception that has it
agreement performed     what was noted of the mediation
opinion accepted        the petitioner's statement, of the day of service or later
time for review passed  the service, once the petitioner's last day [R35, R36] is over
final review            the re-review that did not revoke the opinion [R36]
"""

from collections.abc import Iterable
from datetime import date

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.served_opinion import refuse_unless_served
from shared.contracts.case_codes import ResolvedHow
from shared.contracts.case_handling_codes import ReviewLevel, ReviewResult, StatementKind
from shared.contracts.intake import OpinionServed
from shared.decider import Mark
from shared.refusals import Refusal
from shared.times import china_day


class GroundsMissing(Refusal):
    """The record has nothing on which the resolution can rest."""

    title = "The grounds of the resolution are missing"


class GroundsDoNotFit(Refusal):
    """The events that are named are not what this way of settling rests on."""

    status = 422
    title = "The grounds do not fit"


class ReviewIsOpen(Refusal):
    """A review that the petitioner has requested is not decided yet."""

    title = "A review is open"


class OpinionWasRevoked(Refusal):
    """A review has revoked the opinion: the case is reopened and answered anew."""

    title = "The opinion was revoked"


class TimeForReviewRuns(Refusal):
    """The petitioner may still ask for a review."""

    title = "The time for review runs"


_MISSING = {
    ResolvedHow.ON_THE_SPOT: (
        "The petitioner's acknowledgement is not on record: "
        "record the statement settled-on-the-spot first, or name the reception that has it."
    ),
    ResolvedHow.AGREEMENT_PERFORMED: (
        "No mediation of this case is on record whose agreement was performed."
    ),
    ResolvedHow.OPINION_ACCEPTED: (
        "The petitioner's acceptance of the opinion is not on record: "
        "record the statement opinion-accepted first."
    ),
    ResolvedHow.TIME_FOR_REVIEW_PASSED: (
        "The opinion had not reached the petitioner by that day."
    ),
    ResolvedHow.FINAL_REVIEW: (
        "No re-review is on record that ended the matter: record its decision first."
    ),
}


def grounds_of(
    how: ResolvedHow,
    case: CaseFile,
    *,
    named: tuple[str, ...] | None,
    review_until: date | None,
    visits: tuple[Mark, ...] = (),
) -> tuple[str, ...]:
    """The grounds as they are named, or the latest fitting one of the record.

    `review_until` is the petitioner's last day to ask for a review, None where none runs. `visits`
    are those at a reception at which the case was solved, as the petitioner acknowledged. Raises
    what is missing, or GroundsDoNotFit.
    """
    fitting = _fitting(how, case, review_until)
    if how is ResolvedHow.ON_THE_SPOT:
        fitting += _ids(visits, case)
    if not fitting:
        raise GroundsMissing(_MISSING[how], how=how.value)
    if named is None:
        return fitting[-1:]
    others = [each for each in named if each not in fitting]
    if others or not named:
        raise GroundsDoNotFit(field="grounds", fitting=" ".join(fitting))
    return tuple(dict.fromkeys(named))


def _fitting(how: ResolvedHow, case: CaseFile, review_until: date | None) -> tuple[str, ...]:
    match how:
        case ResolvedHow.ON_THE_SPOT:
            return _ids(_statements(StatementKind.SETTLED_ON_THE_SPOT, case), case)
        case ResolvedHow.AGREEMENT_PERFORMED:
            return _ids(case.mediation.performed(), case)
        case ResolvedHow.OPINION_ACCEPTED:
            served_on = refuse_unless_served(case)
            _refuse_revoked(case)
            _refuse_open_review(case)
            # who asked for a review did not accept before it what it came to
            decided = (_day(mark) for _, mark in case.proceedings.decided.values())
            since = max([served_on, *decided])
            accepted = _statements(StatementKind.OPINION_ACCEPTED, case)
            return _ids((each for each in accepted if _day(each) >= since), case)
        case ResolvedHow.TIME_FOR_REVIEW_PASSED:
            refuse_unless_served(case)
            _refuse_revoked(case)
            return _service_of_an_opinion_that_nobody_can_challenge(case, review_until)
        case ResolvedHow.FINAL_REVIEW:
            refuse_unless_served(case)
            return _final_decision(case)


def _refuse_revoked(case: CaseFile) -> None:
    decided = case.proceedings.decided.values()
    if any(fact.result is ReviewResult.REVOKED for fact, _ in decided):
        raise OpinionWasRevoked


def _refuse_open_review(case: CaseFile) -> None:
    proceedings = case.proceedings
    if any(level not in proceedings.decided for level in proceedings.requested):
        raise ReviewIsOpen


def _service_of_an_opinion_that_nobody_can_challenge(
    case: CaseFile, review_until: date | None
) -> tuple[str, ...]:
    _refuse_open_review(case)
    if review_until is None:
        raise TimeForReviewRuns(
            "The day on which the petitioner received the review decision is not on record."
        )
    if case.on <= review_until:
        last_day = review_until.isoformat()
        raise TimeForReviewRuns(
            f"The petitioner may ask for a review until {last_day}.", last_day=last_day
        )
    return _ids([case.marks[OpinionServed.kind]], case)


def _final_decision(case: CaseFile) -> tuple[str, ...]:
    decided = case.proceedings.decided.get(ReviewLevel.RE_REVIEW)
    if decided is None or decided[0].result is ReviewResult.REVOKED:
        return ()
    return _ids([decided[1]], case)


def _statements(kind: StatementKind, case: CaseFile) -> list[Mark]:
    return [mark for fact, mark in case.proceedings.stated if fact.statement is kind]


def _ids(marks: Iterable[Mark], case: CaseFile) -> tuple[str, ...]:
    """The events of the command's day or earlier."""
    return tuple(each.event_id for each in marks if each.event_id and _day(each) <= case.on)


def _day(mark: Mark) -> date:
    return china_day(mark.occurred_at)

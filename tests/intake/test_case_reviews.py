"""Reviews: requested in time, once for each level, decided above; and what a decision opens again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.intake import examples
from services.intake.domain.case import CASE, CaseState
from services.intake.domain.case.case_file import about
from services.intake.domain.case.ended import CaseStillOpen
from services.intake.domain.case.order import OutOfOrder
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.reopening import (
    ReasonNoLongerStated,
    ReasonNotInRecord,
    ReopenCase,
)
from services.intake.domain.case.reviews import (
    HandedOverElsewhere,
    HandOverReReview,
    ReReviewNotHandedOver,
    ReviewDecidedOtherwise,
    ReviewedByOneself,
    ReviewNotDecided,
    ReviewNotRequested,
    ReviewRequestedAlready,
    ReviewTimeIsOver,
)
from services.intake.domain.case.served_opinion import CaseNotAnswered
from services.intake.domain.case.service_of_documents import ServedBeforeIssued
from shared.contracts.case_codes import Outcome, ReopenReason
from shared.contracts.case_handling import ReReviewHandedOver, ReviewDecided, ReviewRequested
from shared.contracts.case_handling_codes import ReviewLevel, ReviewResult, StatementWay
from shared.testing.given_when_then import Facts, happened
from tests.intake.facts import (
    ACCEPTED,
    ANSWERED,
    CASE_ID,
    FILED,
    ISSUED,
    MATTER_ID,
    SERVED,
    WITHDRAWN,
    closed,
    reopened,
)

case = Facts(CASE)

ABOUT = about(CASE_ID, MATTER_ID, Origin.OFFICE)
REQUEST, DECIDE = examples.REQUEST_REVIEW, replace(examples.DECIDE_REVIEW, served_on=None)
RE_REQUEST, HAND_OVER = examples.REQUEST_RE_REVIEW, examples.HAND_OVER
RE_DECIDE = replace(DECIDE, level=ReviewLevel.RE_REVIEW, by_unit="city-government")
REQUESTED = ReviewRequested(level=ReviewLevel.REVIEW, way=StatementWay.IN_WRITING, **ABOUT)
RE_REQUESTED = REQUESTED.model_copy(update={"level": ReviewLevel.RE_REVIEW})
HANDED_OVER = ReReviewHandedOver(to_unit="city-government", **ABOUT)
SERVED_ON = date(2025, 3, 9)
LAST_DAY = date(2025, 4, 8)


def decided(
    result: ReviewResult = ReviewResult.REVOKED,
    level: ReviewLevel = ReviewLevel.REVIEW,
    served_on: date | None = None,
) -> ReviewDecided:
    return ReviewDecided(
        level=level, result=result, by_unit="county-government", served_on=served_on, **ABOUT
    )


SERVED_LATER = SERVED.model_copy(update={"served_on": SERVED_ON})
HISTORY = (
    happened(FILED, date(2025, 3, 1)),
    happened(ACCEPTED, date(2025, 3, 2)),
    happened(ISSUED, date(2025, 3, 8)),
    happened(SERVED_LATER, SERVED_ON),
)


def test_a_review_is_requested_up_to_the_petitioners_last_day() -> None:
    command = replace(REQUEST, until=LAST_DAY)
    case.given(*HISTORY).when(command, on=SERVED_ON).then(REQUESTED)
    case.given(*HISTORY).when(command, on=LAST_DAY).then(REQUESTED)
    case.given(*HISTORY).when(command, on=LAST_DAY + timedelta(days=1)).then_refused(
        ReviewTimeIsOver, last_day="2025-04-08"
    )


def test_no_review_is_requested_before_the_opinion_was_received() -> None:
    case.given(*HISTORY).when(REQUEST, on=date(2025, 3, 8)).then_refused(ServedBeforeIssued)
    case.given(FILED, ACCEPTED, ISSUED).when(REQUEST).then_refused(CaseNotAnswered)


def test_there_is_one_request_of_each_level() -> None:
    case.given(*ANSWERED, REQUESTED).when(REQUEST).then_nothing()
    case.given(*ANSWERED, REQUESTED).when(
        replace(REQUEST, way=StatementWay.BY_PHONE)
    ).then_refused(ReviewRequestedAlready, level="review")


def test_a_closed_case_may_be_reviewed_and_a_withdrawn_one_not() -> None:
    case.given(*ANSWERED, closed(Outcome.SUPPORTED)).when(REQUEST).then(REQUESTED)
    outcome = case.given(*ANSWERED, WITHDRAWN).when(REQUEST)
    assert outcome.refusal is not None


def test_a_decision_needs_a_request() -> None:
    case.given(*ANSWERED).when(DECIDE).then_refused(ReviewNotRequested)
    case.given(*ANSWERED, REQUESTED).when(DECIDE).then(decided())


def test_a_decision_does_not_lie_before_its_request() -> None:
    history = (*HISTORY, happened(REQUESTED, date(2025, 3, 20)))
    case.given(*history).when(DECIDE, on=date(2025, 3, 19)).then_refused(OutOfOrder)
    case.given(*history).when(DECIDE, on=date(2025, 3, 20)).then(decided())


def test_a_unit_does_not_review_its_own_opinion() -> None:
    command = replace(DECIDE, by_unit=ACCEPTED.responsible_unit)
    case.given(*ANSWERED, REQUESTED).when(command).then_refused(ReviewedByOneself)


def test_a_review_is_decided_once() -> None:
    history = (*ANSWERED, REQUESTED, decided())
    case.given(*history).when(DECIDE).then_nothing()
    case.given(*history).when(replace(DECIDE, result=ReviewResult.UPHELD)).then_refused(
        ReviewDecidedOtherwise
    )


def test_the_day_of_the_service_of_a_decision_may_be_stated_later() -> None:
    history = (
        *HISTORY,
        happened(REQUESTED, date(2025, 3, 20)),
        happened(decided(), date(2025, 4, 1)),
    )
    later = replace(DECIDE, served_on=date(2025, 4, 5))
    case.given(*history).when(later, on=date(2025, 4, 5)).then(decided(served_on=date(2025, 4, 5)))
    early = replace(DECIDE, served_on=date(2025, 3, 31))
    case.given(*history).when(early, on=date(2025, 4, 5)).then_refused(ServedBeforeIssued)
    served = (*ANSWERED, REQUESTED, decided(served_on=date(2025, 4, 5)))
    case.given(*served).when(later).then_nothing()
    case.given(*served).when(DECIDE).then_nothing()
    case.given(*served).when(replace(later, served_on=date(2025, 4, 6))).then_refused(
        ReviewDecidedOtherwise
    )


def test_a_re_review_follows_a_decision_that_was_served() -> None:
    served_on = date(2025, 4, 5)
    command = replace(RE_REQUEST, until=date(2025, 5, 6))
    case.given(*ANSWERED, REQUESTED).when(command).then_refused(ReviewNotDecided)
    unserved = (*ANSWERED, REQUESTED, decided())
    case.given(*unserved).when(replace(command, until=None)).then_refused(ReviewNotDecided)
    history = (*ANSWERED, REQUESTED, decided(served_on=served_on))
    case.given(*history).when(command, on=served_on).then(RE_REQUESTED)
    case.given(*history).when(command, on=date(2025, 5, 7)).then_refused(ReviewTimeIsOver)


def test_a_re_review_is_handed_over_once_and_its_result_comes_back() -> None:
    reviewed = (*ANSWERED, REQUESTED, decided(served_on=date(2025, 4, 5)))
    requested = (*reviewed, RE_REQUESTED)
    case.given(*reviewed).when(HAND_OVER).then_refused(ReviewNotRequested)
    case.given(*requested).when(HAND_OVER).then(HANDED_OVER)
    case.given(*requested).when(RE_DECIDE).then_refused(ReReviewNotHandedOver)
    case.given(*requested, HANDED_OVER).when(HAND_OVER).then_nothing()
    case.given(*requested, HANDED_OVER).when(HandOverReReview(to_unit="province")).then_refused(
        HandedOverElsewhere
    )
    case.given(*requested, HANDED_OVER).when(RE_DECIDE).then_kinds(ReviewDecided)


@pytest.mark.parametrize(
    ("reason", "result"),
    [
        (ReopenReason.REVIEW_CHANGED, ReviewResult.CHANGED),
        (ReopenReason.REVIEW_REVOKED, ReviewResult.REVOKED),
    ],
)
@pytest.mark.parametrize("ended", [True, False])
def test_a_review_opens_an_answered_case_again(
    reason: ReopenReason, result: ReviewResult, *, ended: bool
) -> None:
    end = [closed(Outcome.SUPPORTED)] if ended else []
    history = (*ANSWERED, REQUESTED, decided(result), *end)
    outcome = case.given(*history).when(ReopenCase(reason=reason))
    outcome.then(reopened(reason))
    outcome.then_state(lambda file: file.state is CaseState.ACCEPTED)
    outcome.then_state(lambda file: not file.proceedings.decided)
    case.given(*history, reopened(reason)).when(ReopenCase(reason=reason)).then_nothing()


@pytest.mark.parametrize("reason", [ReopenReason.REVIEW_CHANGED, ReopenReason.REVIEW_REVOKED])
def test_a_review_that_is_not_in_the_record_opens_nothing(reason: ReopenReason) -> None:
    command = ReopenCase(reason=reason)
    for known in ((), (REQUESTED,), (REQUESTED, decided(ReviewResult.UPHELD))):
        case.given(*ANSWERED, *known).when(command).then_refused(ReasonNotInRecord)
        case.given(*ANSWERED, *known, closed(Outcome.SUPPORTED)).when(command).then_refused(
            ReasonNotInRecord
        )


def test_a_decision_of_another_result_opens_nothing_that_is_open() -> None:
    history = (*ANSWERED, REQUESTED, decided(ReviewResult.CHANGED))
    case.given(*history).when(ReopenCase(reason=ReopenReason.NEW_FACTS)).then_refused(
        CaseStillOpen
    )
    case.given(FILED, ACCEPTED).when(ReopenCase(reason=ReopenReason.REVIEW_REVOKED)).then_refused(
        CaseStillOpen
    )


def test_that_a_review_upheld_the_opinion_is_no_reason_any_more() -> None:
    command = ReopenCase(reason=ReopenReason.REVIEW_UPHELD)
    case.given(*ANSWERED, closed(Outcome.SUPPORTED)).when(command).then_refused(
        ReasonNoLongerStated
    )
    earlier = [*ANSWERED, closed(Outcome.SUPPORTED), reopened(ReopenReason.REVIEW_UPHELD)]
    assert CASE.fold(earlier).state is CaseState.ACCEPTED


def test_after_a_reopening_the_new_opinion_has_reviews_of_its_own() -> None:
    again = (
        *(*ANSWERED, REQUESTED, decided(), reopened(ReopenReason.REVIEW_REVOKED)),
        *(ISSUED, SERVED),
    )
    case.given(*again).when(REQUEST).then(REQUESTED)

"""A case is settled only on grounds that the record has; what is missing is said."""

from dataclasses import replace
from datetime import date

import pytest

from services.intake.domain.case import CASE
from services.intake.domain.case.acceptance import CaseNotAccepted
from services.intake.domain.case.ended import CaseWasDiverted
from services.intake.domain.case.grounds import (
    GroundsDoNotFit,
    GroundsMissing,
    OpinionWasRevoked,
    ReviewIsOpen,
    TimeForReviewRuns,
)
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.resolution import CaseResolvedOtherwise, ResolveCase
from services.intake.domain.case.served_opinion import CaseNotAnswered
from services.intake.domain.case.statements import RecordStatement, StatementBeforeService
from services.intake.domain.term_of_handling import review_until
from shared.clocks.shipped import shipped_calendar, shipped_policy
from shared.contracts.case_codes import MediationOutcome, ReopenReason, ResolvedHow
from shared.contracts.case_handling import ReviewDecided, ReviewRequested
from shared.contracts.case_handling_codes import (
    ReviewLevel,
    ReviewResult,
    StatementKind,
    StatementWay,
)
from shared.contracts.event import Event
from shared.decider import Mark
from shared.state_table import example_event_id
from shared.testing.given_when_then import Facts
from shared.times import end_of
from tests.intake.facts import (
    ACCEPTED,
    CASE_ID,
    DIGEST,
    DIVERTED,
    FILED,
    ISSUED,
    MATTER_ID,
    OTHER_DIGEST,
    SERVED,
    fact,
    reopened,
    resolved,
    stated,
)
from tests.intake.mediation_facts import REFERRED, noted

case = Facts(CASE)

SERVED_ON, LAST_DAY = date(2026, 9, 1), date(2026, 10, 8)
"""Thirty days end on a holiday [R35]: the petitioner's last day is the first working day after."""
ACCEPTED_CASE = (fact(1, date(2026, 8, 1), FILED), fact(2, date(2026, 8, 3), ACCEPTED))
ANSWERED = (*ACCEPTED_CASE, fact(3, SERVED_ON, ISSUED), fact(4, SERVED_ON, SERVED))
SETTLED, CONTENT = StatementKind.SETTLED_ON_THE_SPOT, StatementKind.OPINION_ACCEPTED
HOW = ResolvedHow


def by(
    how: ResolvedHow, *grounds: int, until: date | None = LAST_DAY, on_site: bool = False
) -> ResolveCase:
    named = tuple(example_event_id(each) for each in grounds) or None
    return ResolveCase(how=how, on_site=on_site, grounds=named, review_until=until)


def settled(how: ResolvedHow, *grounds: int) -> Event:
    return resolved(how, grounds=tuple(example_event_id(each) for each in grounds))


def requested(level: ReviewLevel = ReviewLevel.REVIEW) -> ReviewRequested:
    return ReviewRequested(case_id=CASE_ID, matter_id=MATTER_ID, level=level)


def decided(
    result: ReviewResult,
    level: ReviewLevel = ReviewLevel.REVIEW,
    *,
    served_on: date | None = None,
) -> ReviewDecided:
    return ReviewDecided(
        case_id=CASE_ID,
        matter_id=MATTER_ID,
        level=level,
        result=result,
        by_unit="county-government",
        served_on=served_on,
    )


@pytest.mark.parametrize("how", [HOW.ON_THE_SPOT, HOW.AGREEMENT_PERFORMED, HOW.OPINION_ACCEPTED])
def test_what_the_record_lacks_is_said(how: ResolvedHow) -> None:
    case.given(*ANSWERED).when(by(how), on=SERVED_ON).then_refused(GroundsMissing, how=how.value)


def test_a_case_settled_on_the_spot_rests_on_the_petitioners_acknowledgement() -> None:
    acknowledged = fact(5, date(2026, 8, 4), stated(SETTLED))
    known = case.given(*ACCEPTED_CASE, acknowledged)
    known.when(by(HOW.ON_THE_SPOT), on=date(2026, 8, 4)).then(settled(HOW.ON_THE_SPOT, 5))
    known.when(by(HOW.ON_THE_SPOT, 5), on=date(2026, 8, 9)).then(settled(HOW.ON_THE_SPOT, 5))
    known.when(by(HOW.ON_THE_SPOT), on=date(2026, 8, 3)).then_refused(GroundsMissing)


def test_another_statement_is_no_acknowledgement() -> None:
    content = fact(5, SERVED_ON, stated(CONTENT))
    case.given(*ANSWERED, content).when(by(HOW.ON_THE_SPOT)).then_refused(GroundsMissing)


def test_the_grounds_that_are_named_have_to_fit() -> None:
    known = case.given(*ANSWERED, fact(5, SERVED_ON, stated(CONTENT)))
    for named in ((2,), (5, 2), (99,)):
        known.when(by(HOW.OPINION_ACCEPTED, *named)).then_refused(
            GroundsDoNotFit, field="grounds", fitting=example_event_id(5)
        )


def test_the_latest_of_several_statements_is_taken_and_each_may_be_named() -> None:
    twice = (
        fact(5, SERVED_ON, stated(CONTENT)),
        fact(6, date(2026, 9, 3), stated(CONTENT, digest=OTHER_DIGEST)),
    )
    known = case.given(*ANSWERED, *twice)
    known.when(by(HOW.OPINION_ACCEPTED)).then(settled(HOW.OPINION_ACCEPTED, 6))
    known.when(by(HOW.OPINION_ACCEPTED, 5)).then(settled(HOW.OPINION_ACCEPTED, 5))
    known.when(by(HOW.OPINION_ACCEPTED, 5, 6, 5)).then(settled(HOW.OPINION_ACCEPTED, 5, 6))


def test_an_opinion_is_accepted_on_the_day_of_its_receipt_or_later() -> None:
    record = RecordStatement(
        statement=CONTENT,
        way=StatementWay.IN_WRITING,
        taken_by="post-wu",
        statement_digest=DIGEST,
    )
    received = SERVED.model_copy(update={"served_on": date(2026, 9, 5)})
    posted = case.given(*ANSWERED[:3], fact(4, SERVED_ON, received))
    posted.when(record, on=date(2026, 9, 4)).then_refused(
        StatementBeforeService, served_on="2026-09-05"
    )
    posted.when(record, on=date(2026, 9, 5)).then(stated(CONTENT))
    before = case.given(*ANSWERED[:3], fact(4, SERVED_ON, received))
    early = (*before.events, fact(5, date(2026, 9, 4), stated(CONTENT)))
    case.given(*early).when(by(HOW.OPINION_ACCEPTED), on=date(2026, 9, 6)).then_refused(
        GroundsMissing
    )


def test_a_statement_is_recorded_once_and_on_an_accepted_case() -> None:
    record = RecordStatement(
        statement=SETTLED,
        way=StatementWay.IN_WRITING,
        taken_by="post-wu",
        statement_digest=DIGEST,
    )
    case.given(FILED).when(record).then_refused(CaseNotAccepted)
    case.given(FILED, ACCEPTED, DIVERTED).when(record).then_refused(CaseWasDiverted)
    case.given(FILED, ACCEPTED).when(replace(record, statement=CONTENT)).then_refused(
        CaseNotAnswered
    )
    case.given(FILED, ACCEPTED).when(record).then(stated(SETTLED))
    case.given(FILED, ACCEPTED, stated(SETTLED)).when(record).then_nothing()


def test_a_performed_agreement_is_a_ground_until_it_is_broken() -> None:
    performed = fact(5, date(2026, 9, 2), noted(MediationOutcome.PERFORMED))
    known = case.given(*ACCEPTED_CASE, REFERRED, performed)
    known.when(by(HOW.AGREEMENT_PERFORMED)).then(settled(HOW.AGREEMENT_PERFORMED, 5))
    broken = fact(6, date(2026, 9, 3), noted(MediationOutcome.BREACHED))
    case.given(*ACCEPTED_CASE, REFERRED, performed, broken).when(
        by(HOW.AGREEMENT_PERFORMED)
    ).then_refused(GroundsMissing)


def test_the_time_for_review_has_passed_after_the_petitioners_own_last_day() -> None:
    command = by(HOW.TIME_FOR_REVIEW_PASSED)
    served = case.given(*ANSWERED)
    served.when(command, on=LAST_DAY).then_refused(TimeForReviewRuns, last_day="2026-10-08")
    served.when(command, on=date(2026, 10, 9)).then(settled(HOW.TIME_FOR_REVIEW_PASSED, 4))
    case.given(*ACCEPTED_CASE).when(command, on=date(2026, 10, 9)).then_refused(CaseNotAnswered)


def test_the_time_does_not_pass_while_a_review_is_open() -> None:
    command = by(HOW.TIME_FOR_REVIEW_PASSED)
    asked = case.given(*ANSWERED, fact(5, date(2026, 9, 9), requested()))
    asked.when(command, on=date(2027, 1, 4)).then_refused(ReviewIsOpen)


def test_who_asks_for_a_review_has_not_accepted_the_opinion() -> None:
    accepted = fact(5, date(2026, 9, 2), stated(CONTENT))
    asked = fact(6, date(2026, 9, 9), requested())
    open_review = case.given(*ANSWERED, accepted, asked)
    open_review.when(by(HOW.OPINION_ACCEPTED), on=date(2026, 9, 10)).then_refused(ReviewIsOpen)
    changed = fact(7, date(2026, 10, 1), decided(ReviewResult.CHANGED))
    decided_now = case.given(*ANSWERED, accepted, asked, changed)
    decided_now.when(by(HOW.OPINION_ACCEPTED), on=date(2026, 10, 2)).then_refused(GroundsMissing)
    again = fact(8, date(2026, 10, 2), stated(CONTENT))
    case.given(*ANSWERED, accepted, asked, changed, again).when(
        by(HOW.OPINION_ACCEPTED), on=date(2026, 10, 2)
    ).then(settled(HOW.OPINION_ACCEPTED, 8))


def test_an_opinion_that_a_review_revoked_settles_nothing() -> None:
    reviewed = case.given(
        *ANSWERED,
        fact(5, date(2026, 9, 9), requested()),
        fact(6, date(2026, 10, 1), decided(ReviewResult.REVOKED)),
        fact(7, date(2026, 10, 2), stated(CONTENT)),
    )
    for how in (HOW.TIME_FOR_REVIEW_PASSED, HOW.OPINION_ACCEPTED):
        reviewed.when(by(how), on=date(2027, 1, 4)).then_refused(OpinionWasRevoked)


@pytest.mark.parametrize("result", [ReviewResult.UPHELD, ReviewResult.CHANGED])
def test_a_re_review_ends_the_matter(result: ReviewResult) -> None:
    end = fact(5, date(2026, 12, 1), decided(result, ReviewLevel.RE_REVIEW))
    case.given(*ANSWERED, end).when(by(HOW.FINAL_REVIEW)).then(settled(HOW.FINAL_REVIEW, 5))


def test_neither_a_review_nor_a_revocation_ends_the_matter() -> None:
    for fact_ in (
        decided(ReviewResult.UPHELD),
        decided(ReviewResult.REVOKED, ReviewLevel.RE_REVIEW),
    ):
        known = case.given(*ANSWERED, fact(5, date(2026, 12, 1), fact_))
        known.when(by(HOW.FINAL_REVIEW)).then_refused(GroundsMissing)


def test_what_led_to_an_end_before_a_reopening_is_no_ground_any_more() -> None:
    acknowledged = fact(5, date(2026, 8, 4), stated(SETTLED))
    history = (
        *ACCEPTED_CASE,
        acknowledged,
        settled(HOW.ON_THE_SPOT, 5),
        reopened(ReopenReason.NEW_FACTS),
    )
    command = by(HOW.ON_THE_SPOT)
    case.given(*history).when(command, on=date(2026, 8, 5)).then_refused(GroundsMissing)


def test_a_resolved_case_is_resolved_on_other_grounds_by_nobody() -> None:
    known = (
        *ANSWERED,
        fact(5, SERVED_ON, stated(CONTENT)),
        fact(6, SERVED_ON, stated(CONTENT, digest=OTHER_DIGEST)),
        settled(HOW.OPINION_ACCEPTED, 5),
    )
    case.given(*known).when(by(HOW.OPINION_ACCEPTED)).then_nothing()
    case.given(*known).when(by(HOW.OPINION_ACCEPTED, 5)).then_nothing()
    case.given(*known).when(by(HOW.OPINION_ACCEPTED, 6)).then_refused(CaseResolvedOtherwise)


def test_a_register_states_no_grounds() -> None:
    command = ResolveCase(how=HOW.ON_THE_SPOT, on_site=False, origin=Origin.REGISTER)
    case.given(FILED).when(command).then(
        resolved(HOW.ON_THE_SPOT).model_copy(update={"imported": True})
    )


def last_day(*events: tuple[Event, Mark]) -> date | None:
    state = CASE.fold_marked(events)
    return review_until(state, policy=shipped_policy(), calendar=shipped_calendar())


def test_the_time_runs_from_the_receipt_and_ends_on_a_working_day() -> None:
    assert last_day(*ACCEPTED_CASE) is None
    assert last_day(*ANSWERED) == LAST_DAY
    received = SERVED.model_copy(update={"served_on": date(2026, 9, 2)})
    assert last_day(*ANSWERED[:3], fact(4, SERVED_ON, received)) == date(2026, 10, 8)


def test_after_a_review_the_time_runs_from_the_receipt_of_its_decision() -> None:
    decision = decided(ReviewResult.UPHELD, served_on=date(2026, 11, 2))
    assert last_day(*ANSWERED, fact(5, date(2026, 11, 1), decision)) == date(2026, 12, 2)
    unserved = decided(ReviewResult.UPHELD)
    assert last_day(*ANSWERED, fact(5, date(2026, 11, 1), unserved)) is None
    case.given(*ANSWERED, fact(5, date(2026, 11, 1), unserved)).when(
        by(HOW.TIME_FOR_REVIEW_PASSED, until=None), on=date(2027, 11, 1)
    ).then_refused(TimeForReviewRuns)


def test_a_visit_at_a_reception_with_the_acknowledgement_is_a_ground() -> None:
    visit = Mark(end_of(date(2026, 8, 5)), example_event_id(90))
    solved = replace(by(HOW.ON_THE_SPOT), visits=(visit,))
    accepted = case.given(*ACCEPTED_CASE)
    accepted.when(solved, on=date(2026, 8, 6)).then(settled(HOW.ON_THE_SPOT, 90))
    accepted.when(solved, on=date(2026, 8, 4)).then_refused(GroundsMissing)
    otherwise = replace(by(HOW.AGREEMENT_PERFORMED), visits=(visit,))
    accepted.when(otherwise, on=date(2026, 8, 6)).then_refused(GroundsMissing)

"""What a petitioner is told at every moment of a case agrees with what the commands are answered."""

from datetime import timedelta

import pytest

from services.intake.domain.case import CASE, CaseFile
from services.intake.domain.case.reviews import RequestReview
from services.intake.domain.case.withdrawal import StateWithdrawal
from services.intake.domain.resident.next_step import next_step
from services.intake.domain.resident.results import results
from services.intake.domain.resident.rights import Right, RightNow, rights
from services.intake.domain.term_of_handling import review_until
from services.intake.domain.withdrawal_policy import WITHIN_SEVEN_DAYS
from services.intake.state_table import CASE_STATES
from shared.clocks.shipped import shipped_calendar, shipped_policy
from shared.contracts.case_handling_codes import ReviewLevel, StatementWay
from shared.decider import Mark
from shared.refusals import Refusal
from shared.times import china_day

POLICY, CALENDAR = shipped_policy(), shipped_calendar()
MOMENTS = [moment for moment in CASE_STATES.moments if CASE_STATES.at(moment).filed]
OF_LEVEL = {ReviewLevel.REVIEW: Right.REVIEW, ReviewLevel.RE_REVIEW: Right.RE_REVIEW}


def told(case: CaseFile) -> dict[Right, RightNow]:
    today = china_day(case.mark.occurred_at)
    found = rights(case, today=today, policy=POLICY, calendar=CALENDAR)
    return {each.right: each for each in found}


def is_taken(case: CaseFile, command: RequestReview | StateWithdrawal) -> bool:
    try:
        return bool(CASE.decide(command, case))
    except Refusal:
        return False


def asking(case: CaseFile, level: ReviewLevel) -> RequestReview:
    until = review_until(case, policy=POLICY, calendar=CALENDAR)
    return RequestReview(level=level, way=StatementWay.ONLINE, until=until)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("days", [0, 20, 40])
@pytest.mark.parametrize("level", ReviewLevel)
def test_a_review_is_open_where_the_command_is_taken(
    moment: str, days: int, level: ReviewLevel
) -> None:
    case = CASE_STATES.at(moment)
    later = CASE.at(case, Mark(case.mark.occurred_at + timedelta(days=days)))
    right = told(later)[OF_LEVEL[level]]
    assert right.open is is_taken(later, asking(later, level))
    assert (right.until is not None) is right.open


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_withdrawal_is_open_where_it_is_taken_or_may_be_taken_back(moment: str) -> None:
    case = CASE_STATES.at(moment)
    command = StateWithdrawal(
        way=StatementWay.IN_PERSON,
        taken_by="post-wu",
        takes_effect_at=WITHIN_SEVEN_DAYS.takes_effect_at(case.on),
        statement_digest="c" * 64,
    )
    open_now = told(case)[Right.WITHDRAW].open
    assert open_now is (is_taken(case, command) or is_pending(case))


def is_pending(case: CaseFile) -> bool:
    pending = case.proceedings.withdrawal
    ended = case.departed or case.closed or case.resolved
    return bool(pending and not ended and case.mark.occurred_at < pending[0].takes_effect_at)


@pytest.mark.parametrize("moment", MOMENTS)
def test_every_moment_has_a_next_step_in_both_languages(moment: str) -> None:
    case = CASE_STATES.at(moment)
    step = next_step(
        case, today=china_day(case.mark.occurred_at), policy=POLICY, calendar=CALENDAR
    )
    assert step.said.zh
    assert step.said.en
    for each in results(case):
        assert str(each.served_on) in each.said.en


@pytest.mark.parametrize("moment", MOMENTS)
def test_only_articles_that_give_the_right_are_cited(moment: str) -> None:
    cited = {each.right: each.article for each in told(CASE_STATES.at(moment)).values()}
    assert cited == {
        Right.RATE: "R21",
        Right.REVIEW: "R35",
        Right.RE_REVIEW: "R36",
        Right.RECUSAL: "R28",
        Right.WITHDRAW: None,
    }

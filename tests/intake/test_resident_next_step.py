"""The next step that a petitioner is told: what was done is not awaited, and no term is open that is over."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.intake.domain.case import CASE, CaseCommand, CaseFile
from services.intake.domain.resident.next_step import NextStep, next_step
from services.intake.domain.resident.rights import rights
from services.intake.examples import (
    ACCEPT,
    ANSWER,
    CHECK,
    CHECK_BY_OFFICE,
    CLOSE,
    DECIDE_REVIEW,
    FILE,
    FORWARD,
    ISSUE_NOTICE,
    REQUEST_REVIEW,
    SERVE_NOTICE,
)
from services.intake.state_table import CASE_STATES
from shared.clocks.shipped import shipped_calendar, shipped_policy
from shared.decider import Mark
from shared.times import china_day

POLICY, CALENDAR = shipped_policy(), shipped_calendar()
AWAITS_A_NOTICE = "等待书面告知"


def step_of(case: CaseFile, *, days: int = 0) -> NextStep:
    case = CASE.at(case, Mark(case.mark.occurred_at + timedelta(days=days)))
    today = china_day(case.mark.occurred_at)
    return next_step(case, today=today, policy=POLICY, calendar=CALENDAR)


def after(*commands: CaseCommand) -> CaseFile:
    return replace(CASE_STATES, moments={"now": commands}).at("now")


@pytest.mark.parametrize("days", [0, 60])
@pytest.mark.parametrize("last", [(), (FORWARD,)])
def test_a_notice_that_was_served_is_not_awaited(days: int, last: tuple[CaseCommand, ...]) -> None:
    step = step_of(after(FILE, ISSUE_NOTICE, SERVE_NOTICE, *last), days=days)
    assert step.said.zh == "已书面告知，等待受理决定。"
    assert step.until is None


@pytest.mark.parametrize("moment", ["filed", "filed, with a notice of receipt that is not served"])
def test_a_notice_that_was_not_served_is_awaited_and_may_be_late(moment: str) -> None:
    case = CASE_STATES.at(moment)
    assert step_of(case).said.zh.startswith(AWAITS_A_NOTICE)
    assert "已超过期限" in step_of(case, days=30).said.zh


@pytest.mark.parametrize("moment", ["answered", "answered and closed", "answered and resolved"])
def test_a_review_may_be_requested_until_its_last_day_and_not_after(moment: str) -> None:
    case = CASE_STATES.at(moment)
    until = step_of(case).until
    assert until is not None
    assert "可在期限内申请复查。" in step_of(case).said.zh
    over = step_of(case, days=60)
    assert f"申请复查的期限已于{until}届满" in over.said.zh
    assert over.until is None


@pytest.mark.parametrize(
    "case",
    [
        after(FILE, ACCEPT, ANSWER, REQUEST_REVIEW),
        after(FILE, ACCEPT, ANSWER, CHECK, CHECK_BY_OFFICE, CLOSE, REQUEST_REVIEW),
    ],
)
def test_an_opinion_of_a_review_that_is_late_is_told(case: CaseFile) -> None:
    assert "等待复查意见。" in step_of(case).said.zh
    assert "已超过期限" in step_of(case, days=45).said.zh


def test_a_review_that_is_decided_waits_for_its_service() -> None:
    unserved = replace(DECIDE_REVIEW, served_on=None)
    decided = after(FILE, ACCEPT, ANSWER, REQUEST_REVIEW, unserved)
    assert step_of(decided, days=60).said.zh == "复查意见已作出，等待送达。"


def test_after_the_review_the_re_review_comes_next() -> None:
    step = step_of(CASE_STATES.at("answered, and its opinion revoked by the review"))
    assert "申请复核" in step.said.zh
    assert "复查" not in step.said.zh


def test_an_answer_of_an_old_register_opens_no_review() -> None:
    step = step_of(CASE_STATES.at("replied to, by an older register"))
    assert (step.said.zh, step.until) == ("已答复。", None)


def test_a_closed_case_says_that_it_is_closed() -> None:
    assert step_of(CASE_STATES.at("answered and closed")).said.zh.startswith("事项已办结。")
    assert step_of(CASE_STATES.at("declined and closed")).said.zh == "事项已办结。"
    assert step_of(CASE_STATES.at("answered, withdrawn and closed")).said.zh == "事项已办结。"


def test_a_withdrawal_in_effect_is_told_before_it_is_recorded() -> None:
    step = step_of(CASE_STATES.at("answered, and the days of a stated withdrawal are over"))
    assert step.said.zh == "您已撤回该事项。"


def test_a_duty_has_no_term_of_sixty_days_and_cites_none() -> None:
    assert "34" in step_of(CASE_STATES.at("accepted")).said.en
    step = step_of(CASE_STATES.at("routed to a statutory duty, and accepted"))
    assert "34" not in step.said.en
    assert step.until is None


@pytest.mark.parametrize("days", [0, 20, 40, 80])
@pytest.mark.parametrize("moment", [m for m in CASE_STATES.moments if CASE_STATES.at(m).filed])
def test_the_step_and_the_rights_name_the_same_last_day_of_a_review(
    moment: str, days: int
) -> None:
    case = CASE_STATES.at(moment)
    case = CASE.at(case, Mark(case.mark.occurred_at + timedelta(days=days)))
    today: date = china_day(case.mark.occurred_at)
    found = rights(case, today=today, policy=POLICY, calendar=CALENDAR)
    open_until = {each.until for each in found if each.right.value.endswith("review")} - {None}
    step = step_of(case)
    says_so = "可在期限内申请" in step.said.zh
    assert says_so is bool(open_until)
    if says_so:
        assert {step.until} == open_until

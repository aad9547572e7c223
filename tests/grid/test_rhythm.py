"""Weekly reports and assessments: filed once as they were counted, missed once, never silently changed."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from services.grid.domain.assessment import (
    ASSESSMENT,
    AssessmentHeldOtherwise,
    HoldAssessment,
    MissAssessment,
    MonthNotBegun,
)
from services.grid.domain.period import week
from services.grid.domain.period_figures import PatrolDays, numbers
from services.grid.domain.weekly_report import (
    WEEKLY_REPORT,
    FileWeeklyReport,
    MissWeeklyReport,
    WeeklyReportFiledOtherwise,
    WeekNotOver,
)
from services.grid.examples import DIGEST, OTHER_DIGEST, an_id
from shared.contracts.weekly_reports import (
    AssessmentHeld,
    AssessmentMissed,
    WeeklyReportFiled,
    WeeklyReportMissed,
)
from shared.decider import Mark
from shared.testing.given_when_then import Facts

report, assessment = Facts(WEEKLY_REPORT), Facts(ASSESSMENT)
NUMBERS = numbers([], PatrolDays(due=742, done=700, without_worker=7))
MORE = numbers([], PatrolDays(due=742, done=742, without_worker=0))
DUE = datetime.fromisoformat("2025-03-11T00:00:00+08:00")
FILE = FileWeeklyReport(
    division="519900101", week="2025-W10", as_of=42, numbers=NUMBERS, words_digest=DIGEST
)
MISS = MissWeeklyReport(
    division="519900101",
    week="2025-W10",
    due_at=DUE,
    policy_version="rhythm.1-placeholder",
    calendar_version="cn",
)
HOLD = HoldAssessment(
    division="519900101",
    month="2025-02",
    on=date(2025, 3, 3),
    participants=7,
    as_of=42,
    numbers=NUMBERS,
    matters=(an_id(0xA),),
    words_digest=DIGEST,
)
MISS_MONTH = MissAssessment(
    division="519900101",
    month="2025-02",
    due_at=DUE,
    policy_version="rhythm.1-placeholder",
    calendar_version="cn",
)


def test_a_report_is_filed_once_and_never_counted_again() -> None:
    outcome = report.when(FILE)
    outcome.then_kinds(WeeklyReportFiled)
    counted_later = replace(FILE, as_of=99, numbers=MORE)
    report.given(*outcome.events).when(counted_later).then_nothing()
    other = replace(FILE, words_digest=OTHER_DIGEST)
    report.given(*outcome.events).when(other).then_refused(WeeklyReportFiledOtherwise)
    with_matters = replace(FILE, matters=(an_id(0xA),))
    report.given(*outcome.events).when(with_matters).then_refused(WeeklyReportFiledOtherwise)


def test_a_week_is_filed_when_it_is_over() -> None:
    ends = week("2025-W10").ends
    for moment, refused in ((ends - timedelta(seconds=1), True), (ends, False)):
        state = WEEKLY_REPORT.at(WEEKLY_REPORT.initial, Mark(moment))
        try:
            events = WEEKLY_REPORT.decide(FILE, state)
        except WeekNotOver:
            assert refused
        else:
            assert not refused
            assert len(events) == 1


def test_what_was_missed_is_missed_once_and_may_still_be_filed() -> None:
    missed = report.when(MISS)
    missed.then_kinds(WeeklyReportMissed)
    report.given(*missed.events).when(MISS).then_nothing()
    report.given(*missed.events).when(FILE).then_kinds(WeeklyReportFiled)
    report.given(*report.when(FILE).events).when(MISS).then_nothing()


def test_a_township_without_grids_misses_nothing() -> None:
    report.when(replace(MISS, has_grids=False)).then_nothing()
    assessment.when(replace(MISS_MONTH, has_grids=False)).then_nothing()


def test_a_month_is_assessed_as_often_as_people_met() -> None:
    first = assessment.when(HOLD)
    first.then_kinds(AssessmentHeld)
    assessment.given(*first.events).when(replace(HOLD, as_of=99, numbers=MORE)).then_nothing()
    for other in (replace(HOLD, participants=8), replace(HOLD, matters=())):
        assessment.given(*first.events).when(other).then_refused(AssessmentHeldOtherwise)
    again = replace(HOLD, on=date(2025, 3, 10))
    assessment.given(*first.events).when(again).then_state(
        lambda it: it.last_on == date(2025, 3, 10) and len(it.held) == 2
    )
    early = replace(HOLD, on=date(2025, 1, 31))
    assessment.when(early).then_refused(MonthNotBegun)


def test_a_month_that_was_assessed_is_not_missed() -> None:
    missed = assessment.when(MISS_MONTH)
    missed.then_kinds(AssessmentMissed)
    assessment.given(*missed.events).when(MISS_MONTH).then_nothing()
    assessment.given(*missed.events).when(HOLD).then_kinds(AssessmentHeld)
    assessment.given(*assessment.when(HOLD).events).when(MISS_MONTH).then_nothing()

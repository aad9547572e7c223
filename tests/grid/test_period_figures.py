"""A number is the length of a list: whatever happened, in whichever order it is asked."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.grid.domain.period import Period, week
from services.grid.domain.period_figures import (
    OF_PATROLS,
    CountedReport,
    Fact,
    PatrolDays,
    counted_report,
    numbers,
)
from services.grid.domain.report import REPORT, ReportCommand
from services.grid.report_examples import (
    CLOSE,
    CONFIRM,
    CORRECT_TOPIC,
    DISPATCH,
    GIVE_BACK,
    HANDLE,
    REJECT,
    SOLVE_ON_SITE,
    SUBMIT,
    TERM,
    VALIDATE,
)
from shared.contracts.grid_reports import GridReportTermMissed
from shared.contracts.report_codes import ReportCategory, ReportStep, Urgency
from shared.contracts.weekly_report_codes import PeriodFigure
from shared.refusals import Refusal
from shared.times import china_day

WEEK = week("2025-W10")
LATER = WEEK.ends + timedelta(days=100)
SOME_DAYS = PatrolDays(due=7, done=5, without_worker=1)
FIGURES = set(PeriodFigure)


def at_day(day: int, *commands: ReportCommand) -> list[Fact]:
    """The events of these commands, a day after each other, from that day of the week on."""
    facts, state, moment = list[Fact](), REPORT.initial, WEEK.begins + timedelta(days=day, hours=9)
    for command in commands:
        for event in REPORT.decide(command, state):
            facts.append(Fact(event, moment))
            state = REPORT.evolve(state, event)
        moment += timedelta(days=1)
    return facts


def counted(
    facts: Sequence[Fact], period: Period = WEEK, now: datetime = LATER
) -> set[PeriodFigure]:
    found = counted_report(facts, period, now=now)
    return set(found.counted) if found else set()


def test_a_report_is_counted_in_the_week_in_which_something_happened() -> None:
    way = at_day(0, SUBMIT, VALIDATE, DISPATCH, HANDLE, CONFIRM, CLOSE)
    assert counted(way) == {
        PeriodFigure.SUBMITTED,
        PeriodFigure.VALIDATED,
        PeriodFigure.HANDLED,
        PeriodFigure.CLOSED,
    }
    assert counted(way, week("2025-W11")) == set()
    later = at_day(5, SUBMIT, VALIDATE, SOLVE_ON_SITE, CONFIRM, CLOSE)
    assert counted(later) >= {PeriodFigure.SUBMITTED, PeriodFigure.OPEN_AT_END}
    assert counted(later, week("2025-W11")) == {
        PeriodFigure.SOLVED_ON_SITE,
        PeriodFigure.CLOSED,
    }


def test_what_is_rejected_is_not_open() -> None:
    assert counted(at_day(0, SUBMIT, REJECT)) == {PeriodFigure.SUBMITTED, PeriodFigure.REJECTED}


def test_a_report_is_counted_by_its_corrected_category() -> None:
    way = at_day(0, SUBMIT, VALIDATE, CORRECT_TOPIC)
    for facts, category in ((way[:2], ReportCategory.LABOUR), (way, ReportCategory.SANITATION)):
        found = counted_report(facts, WEEK, now=LATER)
        assert found
        assert found.category is category


def test_a_term_that_passed_is_overdue_whether_or_not_it_was_recorded() -> None:
    waiting = at_day(0, SUBMIT)
    assert TERM.due_at < WEEK.ends
    assert PeriodFigure.OVERDUE_AT_END in counted(waiting)
    submitted = waiting[0].event
    missed = GridReportTermMissed(
        matter_id=SUBMIT.matter_id,
        report_id=SUBMIT.report_id,
        step=ReportStep.CHECK,
        due_at=TERM.due_at,
    )
    recorded = [*waiting, Fact(missed, TERM.due_at)]
    assert counted(recorded) == counted(waiting)
    early = counted([Fact(submitted, WEEK.begins)], now=TERM.due_at)
    assert PeriodFigure.OVERDUE_AT_END not in early


def test_a_step_dated_before_the_one_that_it_follows_closes_nothing_in_an_earlier_week() -> None:
    begun, later = at_day(0, SUBMIT, VALIDATE), at_day(9, SUBMIT, VALIDATE, DISPATCH, HANDLE)
    backdated = [Fact(each.event, WEEK.begins + timedelta(days=4)) for each in later[3:]]
    facts = [*begun, later[2], *backdated]
    closing = at_day(3, SUBMIT, VALIDATE, DISPATCH, HANDLE, CONFIRM, CLOSE)[4:]
    facts += [Fact(each.event, WEEK.begins + timedelta(days=5)) for each in closing]
    assert PeriodFigure.OPEN_AT_END in counted(facts)
    assert PeriodFigure.OPEN_AT_END not in counted(facts, WEEK.following)
    in_order = [*begun, Fact(later[2].event, WEEK.begins + timedelta(days=3)), *facts[3:]]
    assert PeriodFigure.OPEN_AT_END not in counted(in_order)


def test_a_report_of_a_later_week_is_in_none_before() -> None:
    assert counted(at_day(8, SUBMIT)) == set()


COMMANDS: tuple[ReportCommand, ...] = (
    SUBMIT,
    VALIDATE,
    REJECT,
    DISPATCH,
    GIVE_BACK,
    HANDLE,
    SOLVE_ON_SITE,
    CONFIRM,
    CLOSE,
)


@st.composite
def facts(draw: st.DrawFn) -> list[Fact]:
    """The events of a report, at times that do not run back."""
    state, moment, found = REPORT.initial, WEEK.begins - timedelta(days=10), list[Fact]()
    chosen: list[ReportCommand] = [SUBMIT, *draw(st.lists(st.sampled_from(COMMANDS), max_size=8))]
    for command in chosen:
        moment += timedelta(hours=draw(st.integers(0, 80)))
        try:
            events = REPORT.decide(command, state)
        except Refusal:
            continue
        for event in events:
            found.append(Fact(event, moment))
            state = REPORT.evolve(state, event)
    return found


@given(st.lists(facts(), max_size=6))
def test_numbers_go_with_each_other(reports: list[list[Fact]]) -> None:
    found = [
        report for each in reports if (report := counted_report(each, WEEK, now=LATER)) is not None
    ]
    told = numbers(found, SOME_DAYS)
    figures = told.figures
    assert set(figures) == FIGURES
    assert sum(told.by_category.values()) == figures[PeriodFigure.SUBMITTED]
    assert sum(told.by_urgency.values()) == figures[PeriodFigure.SUBMITTED]
    assert figures[PeriodFigure.OVERDUE_AT_END] <= figures[PeriodFigure.OPEN_AT_END]
    for figure in FIGURES - set(OF_PATROLS):
        assert figures[figure] == len([each for each in found if figure in each.counted])
    assert figures[PeriodFigure.PATROLS_DONE] == SOME_DAYS.done


@given(facts())
def test_each_happening_is_in_one_week(report: list[Fact]) -> None:
    """Of all weeks together a report is submitted once."""
    weeks = [week(f"2025-W{number:02}") for number in range(8, 20)]
    submitted = [each for each in weeks if PeriodFigure.SUBMITTED in counted(report, each)]
    assert len(submitted) == 1
    assert submitted[0].first <= china_day(report[0].at) <= submitted[0].last


def test_categories_without_a_report_are_left_out() -> None:
    one = CountedReport(
        report_id=SUBMIT.report_id,
        category=ReportCategory.LABOUR,
        urgency=Urgency.URGENT,
        counted={PeriodFigure.SUBMITTED},
    )
    told = numbers([one], SOME_DAYS)
    assert told.by_category == {ReportCategory.LABOUR: 1}
    assert told.by_urgency == {Urgency.URGENT: 1}

"""A report's way, step by step: none is left out, none done twice, and no level goes down."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.grid.domain.report import REPORT, Report, ReportCommand, ReportNotFound, ReportState
from services.grid.domain.report.about import ReportGoesOneLevelUp, is_kept_from, units_meant
from services.grid.domain.report.attaching import ReportAttachedOtherwise
from services.grid.domain.report.closing import ReportRatedOtherwise
from services.grid.domain.report.escalating import LevelNotLowered, MissTerm, StepUp
from services.grid.domain.report.report_file import (
    OPEN_STATES,
    ReportHasGoneOn,
    ReportIsOver,
    ReportNotReady,
)
from services.grid.domain.report.submitting import ReportSubmittedOtherwise
from services.grid.domain.report.terms import Term
from services.grid.examples import GRID, NEXT_GRID, PERSON, WORKER, an_id
from services.grid.report_examples import (
    ATTACH,
    CLOSE,
    CONFIRM,
    CONVERT,
    CORRECT_REPORT,
    CORRECT_TOPIC,
    DISPATCH,
    ESCALATE,
    GIVE_BACK,
    HANDLE,
    LABOUR_OFFICE,
    LADDER,
    RATE,
    REFUTE,
    REJECT,
    SOLVE_ON_SITE,
    SUBMIT,
    TERM,
    VALIDATE,
    WATER_OFFICE,
    miss,
    step_up,
)
from shared.contracts.attachment_codes import AttachmentOf
from shared.contracts.case_codes import Category
from shared.contracts.event import Event
from shared.contracts.grid_reports import (
    GridReportAttachmentAdded,
    GridReportClosed,
    GridReportCorrected,
    GridReportDispatched,
    GridReportEscalated,
    GridReportHandled,
    GridReportRated,
    GridReportRejected,
    GridReportReturned,
    GridReportSubmitted,
    GridReportTermMissed,
    GridReportValidated,
    GridReportVerified,
)
from shared.contracts.report_codes import (
    TREE,
    EscalationReason,
    HandlingResult,
    LadderLevel,
    ReportCategory,
    ReportField,
    ReportGrade,
    ReportRater,
    ReportStep,
    ReportTopic,
    category_of,
)
from shared.decider import Mark
from shared.refusals import Refusal
from shared.testing.given_when_then import Facts

report = Facts(REPORT)
LEVELS = list(LadderLevel)


def after(*commands: ReportCommand) -> list[Event]:
    """The events of these commands, each of which is taken."""
    state, events = REPORT.initial, list[Event]()
    for command in commands:
        decided = REPORT.decide(command, state)
        assert decided
        events += decided
        state = REPORT.fold(decided, state)
    return events


DISPATCHED = after(SUBMIT, VALIDATE, DISPATCH)
CLOSED = after(SUBMIT, VALIDATE, DISPATCH, HANDLE, CONFIRM, CLOSE)


def test_it_is_corrected_whom_a_report_is_about_and_that_unit_has_it_no_longer() -> None:
    stated = report.given(*after(SUBMIT)).when(CORRECT_REPORT)
    stated.then_kinds(GridReportCorrected)
    own = ("519900101", LABOUR_OFFICE)
    stated.then_state(lambda state: is_kept_from(state, units={own}, is_worker=False))
    known = report.given(*after(SUBMIT, CORRECT_REPORT))
    known.when(CORRECT_REPORT).then_nothing()
    known.when(SUBMIT).then_nothing()
    report.given(*after(SUBMIT, CORRECT_REPORT, VALIDATE)).when(DISPATCH).then_refused(
        ReportGoesOneLevelUp
    )
    taken = report.given(*DISPATCHED).when(CORRECT_REPORT)
    taken.then_kinds(GridReportCorrected, GridReportReturned)
    taken.then_state(lambda state: state.state is ReportState.RETURNED and state.to_unit is None)
    of_county = replace(
        CORRECT_REPORT, facts={**CORRECT_REPORT.facts, ReportField.ABOUT_DIVISION: "519900"}
    )
    report.given(*DISPATCHED).when(of_county).then_kinds(GridReportCorrected)
    report.given(*CLOSED).when(CORRECT_REPORT).then_kinds(GridReportCorrected)
    report.when(CORRECT_REPORT).then_refused(ReportNotFound)


def test_place_and_topic_are_corrected_with_what_they_were() -> None:
    at = Mark(TERM.due_at)
    for first, *later in (after(SUBMIT), DISPATCHED, CLOSED):
        before: list[Any] = [(first, at), *later]
        outcome = report.given(*before).when(CORRECT_TOPIC)
        (corrected,) = outcome.events
        assert isinstance(corrected, GridReportCorrected)
        assert corrected.was_grid_code == SUBMIT.grid_code
        assert corrected.was_topic is SUBMIT.topic
        assert corrected.was_matter_category is Category.LABOUR
        assert corrected.submitted_at == at.occurred_at
        outcome.then_state(
            lambda state: (
                state.known is not None
                and state.known.category is category_of(ReportTopic.WASTE)
                and state.known.grid_code == NEXT_GRID
            )
        )
        report.given(*before, corrected).when(CORRECT_TOPIC).then_nothing()
    (rejected,) = report.given(*after(SUBMIT, REJECT)).when(CORRECT_TOPIC).events
    assert isinstance(rejected, GridReportCorrected)
    assert rejected.was_topic is None
    (about,) = report.given(*after(SUBMIT)).when(CORRECT_REPORT).events
    assert isinstance(about, GridReportCorrected)
    assert about.submitted_at is None


def test_a_report_is_submitted_with_codes_references_and_a_digest() -> None:
    outcome = report.when(SUBMIT)
    outcome.then(
        GridReportSubmitted(
            matter_id=SUBMIT.matter_id,
            report_id=SUBMIT.report_id,
            due_at=TERM.due_at,
            terms_version=TERM.version,
            grid_code=GRID,
            category=ReportCategory.LABOUR,
            topic=ReportTopic.UNPAID_WAGES,
            matter_category=Category.LABOUR,
            urgency=SUBMIT.urgency,
            source=SUBMIT.source,
            words_digest=SUBMIT.words_digest,
            persons=(PERSON,),
            level=LadderLevel.GRID,
            worker_ref=WORKER,
            level_due_at=TERM.due_at,
        )
    )
    submitted = after(SUBMIT)
    report.given(*submitted).when(SUBMIT).then_nothing()
    other = replace(SUBMIT, topic=ReportTopic.NOISE)
    report.given(*submitted).when(other).then_refused(ReportSubmittedOtherwise)


def test_the_whole_way_through_a_unit() -> None:
    kinds = [type(event) for event in CLOSED]
    assert kinds == [
        GridReportSubmitted,
        GridReportValidated,
        GridReportDispatched,
        GridReportHandled,
        GridReportVerified,
        GridReportClosed,
    ]
    handled = CLOSED[3]
    assert isinstance(handled, GridReportHandled)
    assert (handled.on_site, handled.by_unit) == (False, LABOUR_OFFICE)
    report.given(*CLOSED).when(RATE).then_kinds(GridReportRated)


def test_what_is_solved_on_the_spot_asks_no_unit_and_is_verified_all_the_same() -> None:
    solved = after(SUBMIT, VALIDATE, SOLVE_ON_SITE)
    handled = solved[-1]
    assert isinstance(handled, GridReportHandled)
    assert (handled.on_site, handled.by_unit) == (True, None)
    report.given(*solved).when(CLOSE).then_refused(ReportNotReady)
    report.given(*solved).when(CONFIRM).then_kinds(GridReportVerified)
    report.given(*DISPATCHED).when(SOLVE_ON_SITE).then_refused(ReportHasGoneOn)


def test_a_rejected_report_is_over_and_a_valid_one_is_not_rejected() -> None:
    rejected = after(SUBMIT, REJECT)
    assert isinstance(rejected[-1], GridReportRejected)
    report.given(*rejected).when(REJECT).then_nothing()
    for command in (VALIDATE, DISPATCH, ESCALATE):
        report.given(*rejected).when(command).then_refused(ReportIsOver)
    report.given(*after(SUBMIT, VALIDATE)).when(REJECT).then_refused(ReportHasGoneOn)
    report.given(*after(SUBMIT, VALIDATE)).when(VALIDATE).then_nothing()


def test_one_unit_has_it_at_a_time_and_another_after_it_came_back() -> None:
    other = replace(DISPATCH, to_unit=WATER_OFFICE)
    report.given(*DISPATCHED).when(DISPATCH).then_nothing()
    report.given(*DISPATCHED).when(other).then_refused(ReportHasGoneOn)
    outcome = report.given(*DISPATCHED).when(GIVE_BACK)
    outcome.then_kinds(GridReportReturned)
    outcome.then_state(lambda it: (it.state, it.to_unit) == (ReportState.RETURNED, None))
    returned = [*DISPATCHED, *outcome.events]
    report.given(*returned).when(GIVE_BACK).then_nothing()
    report.given(*returned).when(HANDLE).then_refused(ReportHasGoneOn)
    report.given(*returned).when(other).then_state(lambda it: it.to_unit == WATER_OFFICE)


def test_a_file_is_attached_once_at_any_time() -> None:
    for way in (after(SUBMIT), after(SUBMIT, REJECT), CLOSED):
        outcome = report.given(*way).when(ATTACH)
        outcome.then_kinds(GridReportAttachmentAdded)
        report.given(*way, *outcome.events).when(ATTACH).then_nothing()
        other = replace(ATTACH, of=AttachmentOf.HANDLING)
        report.given(*way, *outcome.events).when(other).then_refused(ReportAttachedOtherwise)
    report.when(ATTACH).then_refused(ReportNotFound)


def test_a_unit_is_never_given_a_report_about_itself() -> None:
    about = replace(SUBMIT, about_unit=LABOUR_OFFICE)
    for way in ((about, VALIDATE), (about, VALIDATE, replace(DISPATCH, to_unit=WATER_OFFICE))):
        valid = after(*way)
        if len(way) == 3:
            valid += report.given(*valid).when(GIVE_BACK).events
        report.given(*valid).when(DISPATCH).then_refused(ReportGoesOneLevelUp)
    others = replace(about, about_division="519900")
    report.given(*after(others, VALIDATE)).when(DISPATCH).then_kinds(GridReportDispatched)


@pytest.mark.parametrize(
    ("stated", "meant"),
    [
        (None, {("519900101", LABOUR_OFFICE), ("519900", LABOUR_OFFICE)}),
        ("519900101", {("519900101", LABOUR_OFFICE)}),
        ("519900", {("519900", LABOUR_OFFICE)}),
    ],
)
def test_a_unit_whose_division_is_not_stated_may_be_the_townships_or_the_countys(
    stated: str | None, meant: set[tuple[str, str]]
) -> None:
    about = replace(SUBMIT, about_unit=LABOUR_OFFICE, about_division=stated)
    known = REPORT.fold(after(about))
    assert known.submitted
    assert units_meant(known.submitted) == meant
    for division in ("519900101", "519900", "519900102"):
        unit = (division, LABOUR_OFFICE)
        assert is_kept_from(known, units={unit}, is_worker=False) is (unit in meant)
    assert not is_kept_from(known, units={("519900101", WATER_OFFICE)}, is_worker=True)
    assert not is_kept_from(known, units=(), is_worker=False)


def test_a_report_about_a_worker_is_kept_from_workers_and_names_none() -> None:
    known = REPORT.fold(after(replace(SUBMIT, about_a_worker=True)))
    assert is_kept_from(known, units=(), is_worker=True)
    assert not is_kept_from(known, units={("519900101", LABOUR_OFFICE)}, is_worker=False)


def test_feedback_that_is_not_true_leaves_the_handling_where_it_was() -> None:
    outcome = report.given(*DISPATCHED, *after(SUBMIT, VALIDATE, DISPATCH, HANDLE)[3:]).when(
        REFUTE
    )
    outcome.then_kinds(GridReportVerified)
    outcome.then_state(lambda it: it.state is ReportState.DISPATCHED and it.handled is None)
    on_site = report.given(*after(SUBMIT, VALIDATE, SOLVE_ON_SITE)).when(REFUTE)
    on_site.then_state(lambda it: it.state is ReportState.VALIDATED)


def test_the_same_feedback_twice_is_one_and_another_is_refused() -> None:
    handled = after(SUBMIT, VALIDATE, DISPATCH, HANDLE)
    report.given(*handled).when(HANDLE).then_nothing()
    other = replace(HANDLE, result=HandlingResult.NOT_SOLVED)
    report.given(*handled).when(other).then_refused(ReportHasGoneOn)


def test_somebody_rates_once_and_only_what_is_closed() -> None:
    rated = [*CLOSED, *report.given(*CLOSED).when(RATE).events]
    report.given(*rated).when(RATE).then_nothing()
    other = replace(RATE, grade=ReportGrade.DISSATISFIED)
    report.given(*rated).when(other).then_refused(ReportRatedOtherwise)
    reporter = replace(other, rater=ReportRater.REPORTER)
    report.given(*rated).when(reporter).then_kinds(GridReportRated)
    report.given(*DISPATCHED).when(RATE).then_refused(ReportNotReady)


def test_what_was_never_submitted_has_no_way() -> None:
    for command in (VALIDATE, REJECT, DISPATCH, HANDLE, CONFIRM, CLOSE, RATE, ESCALATE):
        report.when(command).then_refused(ReportNotFound)


def test_a_report_goes_up_from_every_open_state_and_never_down() -> None:
    ways: list[tuple[ReportCommand, ...]] = [
        (SUBMIT,),
        (SUBMIT, VALIDATE),
        (SUBMIT, VALIDATE, DISPATCH),
        (SUBMIT, VALIDATE, DISPATCH, GIVE_BACK),
        (SUBMIT, VALIDATE, CONVERT),
        (SUBMIT, VALIDATE, DISPATCH, HANDLE),
        (SUBMIT, VALIDATE, DISPATCH, HANDLE, CONFIRM),
    ]
    assert {REPORT.fold(after(*way)).state for way in ways} == set(OPEN_STATES)
    for way in ways:
        outcome = report.given(*after(*way)).when(ESCALATE)
        outcome.then_kinds(GridReportEscalated)
        before = REPORT.fold(after(*way)).state
        outcome.then_state(lambda it, state=before: it.state is state)  # type: ignore[misc]
    up = after(SUBMIT, ESCALATE)
    report.given(*up).when(ESCALATE).then_nothing()
    lower = replace(ESCALATE, to_level=LadderLevel.VILLAGE)
    report.given(*up).when(lower).then_refused(LevelNotLowered)
    report.given(*CLOSED).when(ESCALATE).then_refused(ReportIsOver)


def marked(*commands: ReportCommand) -> Report:
    """The report after these commands, each event with an id, as the ledger keeps it."""
    state, number = REPORT.initial, 0
    for command in commands:
        for event in REPORT.decide(command, state):
            number += 1
            mark = Mark(TERM.due_at, an_id(0xE000 + number))
            state = REPORT.fold_marked([(event, mark)], state)
    return state


def test_a_term_is_missed_once_and_only_while_its_step_goes_on() -> None:
    waiting = marked(SUBMIT)
    (missed,) = REPORT.decide(miss(waiting), waiting)
    assert isinstance(missed, GridReportTermMissed)
    assert (missed.step, missed.due_at) == (ReportStep.CHECK, TERM.due_at)
    again = REPORT.fold([missed], waiting)
    assert REPORT.decide(miss(waiting), again) == []
    assert again.missed == 1
    for later in (marked(SUBMIT, VALIDATE), marked(SUBMIT, REJECT)):
        assert REPORT.decide(miss(waiting), later) == []


def test_a_level_whose_time_is_over_gives_to_the_next_and_the_highest_misses_it() -> None:
    state, levels = marked(SUBMIT), list[LadderLevel]()
    due = TERM.due_at
    for number in range(3):
        (event,) = REPORT.decide(step_up(state), state)
        assert isinstance(event, GridReportEscalated)
        assert event.reason is EscalationReason.TIME_IS_OVER
        due += timedelta(days=1)
        assert event.level_due_at == due
        levels.append(event.to_level)
        mark = Mark(due, an_id(0xF000 + number))
        state = REPORT.fold_marked([(event, mark)], state)
    assert levels == LEVELS[1:]
    (missed,) = REPORT.decide(step_up(state), state)
    assert isinstance(missed, GridReportTermMissed)
    assert missed.step is ReportStep.LEVEL


def test_a_report_that_went_up_by_hand_is_not_moved_by_the_time_of_the_level_before() -> None:
    before = step_up(marked(SUBMIT))
    assert REPORT.decide(before, marked(SUBMIT, ESCALATE)) == []
    closed = marked(SUBMIT, VALIDATE, DISPATCH, HANDLE, CONFIRM, CLOSE)
    assert REPORT.decide(before, closed) == []


def test_the_tree_has_every_topic_once() -> None:
    topics = [topic for inner in TREE.values() for topic in inner]
    assert sorted(topics) == sorted(ReportTopic)
    assert set(TREE) == set(ReportCategory)
    assert all(topic in TREE[category_of(topic)] for topic in ReportTopic)


COMMANDS = (
    *(SUBMIT, VALIDATE, REJECT, DISPATCH, GIVE_BACK, HANDLE, SOLVE_ON_SITE),
    *(CONFIRM, REFUTE, CLOSE, RATE, ESCALATE, replace(DISPATCH, to_unit=WATER_OFFICE)),
    replace(ESCALATE, to_level=LadderLevel.TOWNSHIP),
)


@given(st.lists(st.sampled_from([*COMMANDS, "miss", "step up"]), max_size=25))
def test_whatever_comes_no_level_goes_down_and_no_term_runs_once_it_is_over(
    asked: list[ReportCommand | str],
) -> None:
    state, number = REPORT.initial, 0
    for each in asked:
        command = each
        if isinstance(command, str):
            command = miss(state) if command == "miss" else step_up(state)
        before = state
        try:
            events = REPORT.decide(command, state)
        except Refusal:
            continue
        for event in events:
            number += 1
            mark = Mark(TERM.due_at, an_id(0xE000 + number))
            state = REPORT.fold_marked([(event, mark)], state)
        assert LEVELS.index(state.level) >= LEVELS.index(before.level)
        assert state.version == number
        if not isinstance(command, MissTerm | StepUp) and command != REFUTE:
            assert REPORT.decide(command, state) == []
    if not state.is_open:
        assert (state.term, state.level_term) == (None, None)
    assert (state.to_unit is None) or state.is_valid


@pytest.mark.parametrize("level", LadderLevel)
def test_the_time_of_a_level_begins_when_the_one_before_was_over(level: LadderLevel) -> None:
    assert LADDER.level_term(level, TERM.due_at) == Term(
        TERM.due_at + timedelta(days=1), LADDER.version
    )

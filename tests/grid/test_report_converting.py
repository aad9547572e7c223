"""A converted report waits for others: no term of it runs, and what became of it moves it on."""

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.grid.domain.report import REPORT, Report, ReportCommand, ReportState
from services.grid.domain.report.closing import ReportClosedWithoutWords
from services.grid.domain.report.converting import (
    ConversionNamesItsRecord,
    NoteOutcome,
    ReportNotConvertedToIt,
)
from services.grid.domain.report.moving import MoveMatter
from services.grid.domain.report.report_file import (
    ReportHasGoneOn,
    ReportIsOver,
    ReportNotReady,
)
from services.grid.examples import DIGEST, GRID, an_id
from services.grid.report_examples import (
    ACCEPTED,
    CLOSE,
    CLOSE_WITH_WORDS,
    COMMITTEE_ID,
    COMPLETED,
    CONFIRM,
    CONVERT,
    DECLINED,
    DISPATCH,
    ESCALATE,
    GIVE_BACK,
    HANDLE,
    MATTER_ID,
    ORDER_ID,
    REFUTE,
    REGISTERED,
    REOPENED,
    REPORT_ID,
    RESOLVED,
    SOLVE_ON_SITE,
    SUBMIT,
    TERM,
    TO_MEDIATION,
    TO_ORDER,
    VALIDATE,
    VOIDED,
    Make,
    miss,
    move,
    noting,
    step_up,
)
from shared.contracts.case_codes import Category
from shared.contracts.grid_reports import (
    GridReportClosed,
    GridReportConverted,
    GridReportMatterMoved,
    GridReportOutcomeNoted,
    GridReportTermMissed,
)
from shared.contracts.referral import conversion_of, declined_as, filed_as, taken_up_as
from shared.contracts.report_codes import ConvertedTo, ReportOutcome, ReportStep
from shared.decider import Mark
from shared.divisions import division_of, village_of
from shared.refusals import Refusal

Step = ReportCommand | Make
CONVERTED: tuple[Step, ...] = (SUBMIT, VALIDATE, DISPATCH, CONVERT)


def made(step: Step, state: Report) -> ReportCommand:
    return step(state) if callable(step) else step


def went(*steps: Step, begun: Report = REPORT.initial) -> Report:
    """The report after these steps, each event with an id, as the ledger keeps it."""
    state, numbers = begun, count(0xE000 + begun.version)
    for step in steps:
        events = REPORT.decide(made(step, state), state)
        assert events, step
        for event in events:
            state = REPORT.fold_marked([(event, Mark(TERM.due_at, an_id(next(numbers))))], state)
    return state


def decided(step: Step, state: Report) -> list[object]:
    return list(REPORT.decide(made(step, state), state))


def test_a_valid_report_goes_on_as_a_case_with_what_the_follow_up_needs() -> None:
    (converted,) = decided(CONVERT, went(SUBMIT, VALIDATE))
    assert converted == GridReportConverted(
        matter_id=SUBMIT.matter_id,
        report_id=REPORT_ID,
        to=ConvertedTo.CASE,
        matter_category=Category.LABOUR,
        village_code=village_of(GRID),
        due_at=TERM.due_at,
        terms_version=TERM.version,
    )
    for way in ((SUBMIT, VALIDATE, DISPATCH), (SUBMIT, VALIDATE, DISPATCH, GIVE_BACK)):
        assert decided(CONVERT, went(*way)) == [converted]
    state = went(*CONVERTED)
    assert (state.state, state.to_unit) == (ReportState.CONVERTED, None)
    assert decided(CONVERT, state) == []


def test_only_what_is_valid_and_not_handled_is_converted_and_to_one_record() -> None:
    for early, refusal in ((went(SUBMIT), ReportNotReady), (went(*CONVERTED), ReportHasGoneOn)):
        with pytest.raises(refusal):
            decided(TO_MEDIATION, early)
    with pytest.raises(ReportHasGoneOn):
        decided(CONVERT, went(SUBMIT, VALIDATE, SOLVE_ON_SITE))


@pytest.mark.parametrize(
    "command",
    [
        replace(CONVERT, committee_id=COMMITTEE_ID),
        replace(CONVERT, order_id=ORDER_ID),
        replace(TO_MEDIATION, committee_id=None),
        replace(TO_ORDER, committee_id=COMMITTEE_ID),
        replace(TO_ORDER, order_id=None),
    ],
)
def test_a_conversion_names_what_it_converts_to(command: ReportCommand) -> None:
    with pytest.raises(ConversionNamesItsRecord):
        decided(command, went(SUBMIT, VALIDATE))


def test_one_term_runs_until_somebody_takes_it_up() -> None:
    state = went(*CONVERTED)
    assert state.term is not None
    assert state.term.step is ReportStep.TAKE_UP
    for last in (REGISTERED, None):
        waiting = went(REGISTERED, begun=state) if last else state
        (missed,) = decided(miss, waiting)
        assert isinstance(missed, GridReportTermMissed)
        assert (missed.step, missed.due_at) == (ReportStep.TAKE_UP, TERM.due_at)
        late = went(miss, begun=waiting)
        assert (late.state, late.term, late.missed) == (ReportState.CONVERTED, None, 1)
    for act in (COMPLETED, ACCEPTED, noting(ReportOutcome.CONSENTED)):
        taken = went(REGISTERED, act, begun=state)
        assert (taken.state, taken.term) == (ReportState.CONVERTED, None)
        assert decided(miss(state), taken) == []
    later = went(REGISTERED, ACCEPTED, begun=state)
    assert decided(COMPLETED, later) == []


def test_an_order_has_a_term_of_its_own() -> None:
    assert went(SUBMIT, VALIDATE, TO_ORDER).term is None


def test_no_other_term_runs_while_others_have_the_matter() -> None:
    before, state = went(SUBMIT, VALIDATE, DISPATCH), went(*CONVERTED)
    assert before.term is not None
    assert state.level_term is None
    for row in (miss(before), step_up(before)):
        assert decided(row, state) == []
    up = went(ESCALATE, begun=state)
    assert (up.level, up.level_term) == (ESCALATE.to_level, None)


def test_where_the_matter_is_found_follows_from_the_conversion() -> None:
    state = went(*CONVERTED)
    (conversion,) = state.conversions
    cause = conversion.conversion_id
    assert cause is not None
    assert conversion.record_ids == (filed_as(cause),)
    assert conversion_of(filed_as(cause)) == cause
    assert division_of(filed_as(cause)) == division_of(REPORT_ID)
    away = went(SUBMIT, VALIDATE, TO_MEDIATION).conversions[0]
    assert away.conversion_id is not None
    assert away.record_ids == (
        taken_up_as(away.conversion_id, COMMITTEE_ID),
        declined_as(away.conversion_id, REPORT_ID),
    )
    assert went(SUBMIT, VALIDATE, TO_ORDER).conversions[0].record_ids == (ORDER_ID,)


def test_a_note_that_ends_nothing_leaves_the_report_where_it_is() -> None:
    state = went(*CONVERTED)
    (noted,) = decided(ACCEPTED, state)
    assert isinstance(noted, GridReportOutcomeNoted)
    assert (noted.to, noted.ended, noted.due_at) == (ConvertedTo.CASE, False, None)
    after = went(ACCEPTED, begun=state)
    assert (after.state, after.term) == (ReportState.CONVERTED, None)
    assert decided(ACCEPTED, after) == []


def test_an_outcome_that_ended_it_is_verified_and_closed_by_the_desk() -> None:
    state = went(*CONVERTED, RESOLVED)
    assert state.state is ReportState.HANDLED
    assert state.term is not None
    assert state.term.step is ReportStep.VERIFY
    assert state.level_term is not None
    later = went(noting(ReportOutcome.CLOSED, ended=True), begun=state)
    assert (later.state, later.term) == (ReportState.HANDLED, state.term)
    closed = went(CONFIRM, CLOSE, begun=later)
    assert closed.state is ReportState.CLOSED
    assert went(REOPENED, begun=closed).state is ReportState.CLOSED


@pytest.mark.parametrize("outcome", [ReportOutcome.NOT_TAKEN_UP, ReportOutcome.VOIDED])
def test_what_nobody_has_taken_up_is_dispatched_or_converted_anew(outcome: ReportOutcome) -> None:
    state = went(SUBMIT, VALIDATE, TO_MEDIATION, noting(outcome))
    assert (state.state, state.conversion) == (ReportState.RETURNED, None)
    assert state.term is not None
    assert state.term.step is ReportStep.DISPATCH
    assert went(DISPATCH, begun=state).state is ReportState.DISPATCHED
    again = went(CONVERT, begun=state)
    assert again.conversion is not None
    assert again.conversion.fact.to is ConvertedTo.CASE


_UNSETTLED = (
    *(ReportOutcome.DECLINED, ReportOutcome.DIVERTED, ReportOutcome.LINKED),
    *(ReportOutcome.WITHDRAWN, ReportOutcome.REFUSED, ReportOutcome.FAILED),
    *(ReportOutcome.TERMINATED, ReportOutcome.BREACHED),
)


@pytest.mark.parametrize("outcome", _UNSETTLED)
def test_what_ended_unsettled_is_the_desks_to_decide(outcome: ReportOutcome) -> None:
    ended = noting(outcome, ended=True)
    for way in ((RESOLVED,), (RESOLVED, CONFIRM)):
        assert went(*CONVERTED, *way, ended).state is ReportState.RETURNED
    state = went(*CONVERTED, ended)
    assert state.state is ReportState.RETURNED
    assert state.term is not None
    assert state.term.step is ReportStep.DISPATCH
    assert state.level_term is not None
    # that the record is closed or void after that settles nothing
    for later in (noting(ReportOutcome.CLOSED, ended=True), VOIDED):
        assert went(later, begun=state).state is ReportState.RETURNED
    assert went(REOPENED, begun=state).state is ReportState.CONVERTED
    assert went(RESOLVED, begun=state).state is ReportState.HANDLED
    again = went(TO_MEDIATION, begun=state)
    assert again.conversion is not None
    assert again.conversion.fact.to is ConvertedTo.MEDIATION
    for elsewhere in ((DISPATCH,), (SOLVE_ON_SITE,), (DISPATCH, HANDLE)):
        before = went(*elsewhere, begun=state)
        # the record before moves it no more
        for last in (RESOLVED, REOPENED):
            assert went(last, begun=before).state is before.state


@pytest.mark.parametrize("outcome", _UNSETTLED)
def test_what_ended_unsettled_is_closed_with_words_and_not_verified(
    outcome: ReportOutcome,
) -> None:
    state = went(*CONVERTED, noting(outcome, ended=True))
    with pytest.raises(ReportClosedWithoutWords):
        decided(CLOSE, state)
    with pytest.raises(ReportNotReady):
        decided(CONFIRM, state)
    (closed,) = decided(CLOSE_WITH_WORDS, state)
    assert isinstance(closed, GridReportClosed)
    assert closed.words_digest == CLOSE_WITH_WORDS.words_digest
    after = went(CLOSE_WITH_WORDS, begun=state)
    assert (after.state, after.term) == (ReportState.CLOSED, None)
    assert decided(CLOSE_WITH_WORDS, after) == decided(CLOSE, after) == []
    with pytest.raises(ReportIsOver):
        decided(replace(CLOSE_WITH_WORDS, words_digest=DIGEST), after)


@pytest.mark.parametrize("way", [(VOIDED,), (DECLINED, DISPATCH), (DECLINED, REOPENED)])
def test_words_close_only_what_ended_elsewhere(way: tuple[Step, ...]) -> None:
    with pytest.raises(ReportNotReady):
        decided(CLOSE_WITH_WORDS, went(*CONVERTED, *way))


def test_what_is_open_again_is_waited_for_again() -> None:
    for way in ((RESOLVED,), (RESOLVED, CONFIRM)):
        state = went(*CONVERTED, *way, REOPENED)
        assert (state.state, state.term, state.level_term) == (ReportState.CONVERTED, None, None)
        assert went(RESOLVED, begun=state).state is ReportState.HANDLED


def test_feedback_that_is_not_confirmed_takes_the_matter_back() -> None:
    state = went(*CONVERTED, RESOLVED, REFUTE)
    assert (state.state, state.conversion) == (ReportState.VALIDATED, None)
    earlier = state.conversions[0].record_id
    assert earlier is not None
    anew = went(TO_MEDIATION, begun=state)
    closed = NoteOutcome(record_id=earlier, outcome=ReportOutcome.CLOSED, ended=True)
    after = went(closed, begun=anew)
    assert (after.state, after.outcomes[earlier].outcome) == (
        ReportState.CONVERTED,
        ReportOutcome.CLOSED,
    )


def test_of_a_record_to_which_nothing_was_converted_nothing_is_noted() -> None:
    for state in (went(SUBMIT, VALIDATE), went(*CONVERTED)):
        other = NoteOutcome(record_id=an_id(0x99), outcome=ReportOutcome.CLOSED, ended=True)
        with pytest.raises(ReportNotConvertedToIt):
            decided(other, state)


COMMANDS: tuple[Step, ...] = (
    *(VALIDATE, DISPATCH, GIVE_BACK, HANDLE, SOLVE_ON_SITE, CONFIRM, REFUTE, CLOSE, ESCALATE),
    *(
        CONVERT,
        TO_MEDIATION,
        TO_ORDER,
        ACCEPTED,
        RESOLVED,
        VOIDED,
        REOPENED,
        COMPLETED,
        REGISTERED,
        miss,
        step_up,
    ),
    *(noting(ReportOutcome.NOT_TAKEN_UP), DECLINED, CLOSE_WITH_WORDS),
)


@given(st.lists(st.sampled_from(COMMANDS), max_size=30))
def test_whatever_comes_a_matter_is_with_one_and_terms_run_only_at_the_office(
    asked: list[Step],
) -> None:
    state = went(SUBMIT)
    for step in asked:
        before, command = state, made(step, state)
        try:
            events = REPORT.decide(command, state)
        except Refusal:
            continue
        state = went(step, begun=state) if events else state
        if state.state is ReportState.CONVERTED:
            assert state.conversion is not None
            assert (state.level_term, state.to_unit) == (None, None)
            if state.term is not None:
                assert state.term.step is ReportStep.TAKE_UP
        if state.state in {ReportState.VALIDATED, ReportState.DISPATCHED}:
            assert state.conversion is None
        assert state.conversions[: len(before.conversions)] == before.conversions
        if not before.is_open:
            assert state.state is before.state


def test_a_conversion_states_the_cause_of_the_report() -> None:
    cause = "c" * 64
    (converted,) = decided(CONVERT, went(replace(SUBMIT, cause_ref=cause), VALIDATE))
    assert isinstance(converted, GridReportConverted)
    assert converted.cause_ref == cause


def test_a_report_counts_with_the_matter_of_its_case_until_that_is_void() -> None:
    report = went(*CONVERTED, REGISTERED, move)
    assert report.known is not None
    assert report.submitted is not None
    assert (report.known.matter_id, report.submitted.matter_id) == (an_id(0xC), MATTER_ID)
    record_id = str(report.conversions[-1].record_id)
    assert REPORT.decide(move(report), report) == []
    (noted,) = REPORT.decide(ACCEPTED(report), report)
    assert isinstance(noted, GridReportOutcomeNoted)
    assert noted.matter_id == an_id(0xC)
    (back,) = REPORT.decide(MoveMatter(record_id=record_id, matter_id=None), report)
    assert isinstance(back, GridReportMatterMoved)
    assert (back.matter_id, back.was_matter_id) == (MATTER_ID, an_id(0xC))


def test_only_the_case_of_the_last_conversion_moves_the_report() -> None:
    first = went(*CONVERTED, VOIDED)
    earlier = MoveMatter(record_id=str(first.conversions[-1].record_id), matter_id=an_id(0xC))
    again = went(*CONVERTED, VOIDED, CONVERT)
    assert REPORT.decide(earlier, again) == []
    assert REPORT.decide(move(went(SUBMIT)), went(SUBMIT)) == []

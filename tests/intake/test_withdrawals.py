"""A withdrawal is stated, may be taken back, and takes effect when its days are over."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake import examples
from services.intake.domain.case import CASE, CaseCommand, CaseState
from services.intake.domain.case.closing import CloseCase
from services.intake.domain.case.departure import DivertCase
from services.intake.domain.case.ended import CaseWasClosed, CaseWasDiverted, CaseWasWithdrawn
from services.intake.domain.case.order import OutOfOrder
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.withdrawal import (
    EndStatedWithdrawal,
    StateWithdrawal,
    TakeBackWithdrawal,
    WithdrawalMayBeTakenBack,
    WithdrawalNotStated,
    WithdrawalStatedOtherwise,
    WithdrawalWithoutStatement,
    WithdrawCase,
)
from services.intake.domain.withdrawal_policy import WITHIN_SEVEN_DAYS
from shared.contracts.case_codes import MediationOutcome, OpinionResult, Outcome, ReopenReason
from shared.contracts.case_handling import WithdrawalStated, WithdrawalTakenBack
from shared.contracts.case_handling_codes import FilingVoidReason, StatementWay
from shared.contracts.event import Event
from shared.contracts.intake import CaseWithdrawn, FilingVoided, OpinionIssued, OpinionServed
from shared.decider import Mark
from shared.refusals import Refusal
from shared.state_table import example_event_id
from shared.testing.given_when_then import Facts
from shared.times import china_day, end_of, start_of
from tests.intake.facts import (
    ACCEPTED,
    ANSWER,
    CASE_ID,
    CHECKED,
    DIGEST,
    DIVERTED,
    FILED,
    ISSUED,
    MATTER_ID,
    OTHER_DIGEST,
    SERVED,
    WITHDRAWN,
    closed,
    fact,
    reopened,
)
from tests.intake.mediation_facts import REFERRED, noted
from tests.intake.test_case_mediation import hear

case = Facts(CASE)
STATED_ON, LAST_DAY, ENDS_ON = date(2025, 3, 6), date(2025, 3, 13), date(2025, 3, 14)
EFFECT = start_of(ENDS_ON)

STATE = StateWithdrawal(
    way=StatementWay.IN_WRITING,
    taken_by="post-wu",
    takes_effect_at=EFFECT,
    statement_digest=DIGEST,
)
TAKE_BACK = TakeBackWithdrawal(way=StatementWay.BY_PHONE, taken_by="post-wu")
END = EndStatedWithdrawal(statement_id=example_event_id(3))
WITHDRAW = WithdrawCase(statement_recorded=True)

STATED = WithdrawalStated(
    case_id=CASE_ID,
    matter_id=MATTER_ID,
    way=StatementWay.IN_WRITING,
    taken_by="post-wu",
    statement_digest=DIGEST,
    takes_effect_at=EFFECT,
)
TAKEN_BACK = WithdrawalTakenBack(
    case_id=CASE_ID, matter_id=MATTER_ID, way=StatementWay.BY_PHONE, taken_by="post-wu"
)
ACCEPTED_CASE = (fact(1, date(2025, 3, 3), FILED), fact(2, date(2025, 3, 4), ACCEPTED))
PENDING = (*ACCEPTED_CASE, fact(3, STATED_ON, STATED))


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_day_of_the_statement_is_not_one_of_the_seven(stated_on: date) -> None:
    effect = WITHIN_SEVEN_DAYS.takes_effect_at(stated_on)
    assert china_day(effect) - stated_on == timedelta(days=8)
    assert effect == start_of(china_day(effect))


def test_a_stated_withdrawal_leaves_the_case_open() -> None:
    for before in (ACCEPTED_CASE[:1], ACCEPTED_CASE):
        stated = case.given(*before).when(STATE, on=STATED_ON)
        stated.then(STATED)
        assert stated.state.state is CASE.fold_marked(before).state
    case.given(*PENDING).when(ANSWER, on=LAST_DAY).then_kinds(OpinionIssued, OpinionServed)


def test_it_is_stated_once() -> None:
    again = replace(STATE, takes_effect_at=EFFECT + timedelta(days=1))
    case.given(*PENDING).when(again, on=date(2025, 3, 7)).then_nothing()
    other = replace(STATE, statement_digest=OTHER_DIGEST)
    case.given(*PENDING).when(other, on=STATED_ON).then_refused(WithdrawalStatedOtherwise)


def test_who_called_the_petitioner_back_is_added_once() -> None:
    named = replace(STATE, called_back_by="county-office")
    added = STATED.model_copy(update={"called_back_by": "county-office"})
    case.given(*PENDING).when(named, on=STATED_ON).then(added)
    with_caller = case.given(*PENDING, fact(4, STATED_ON, added))
    with_caller.when(named, on=STATED_ON).then_nothing()
    for other in (STATE, replace(STATE, called_back_by="water-bureau")):
        with_caller.when(other, on=STATED_ON).then_refused(WithdrawalStatedOtherwise)
    # the row of the first statement ends the case
    with_caller.when(END, on=ENDS_ON).then(WITHDRAWN)


def test_it_takes_effect_when_its_days_are_over() -> None:
    ended = case.given(*PENDING).when(END, on=ENDS_ON)
    ended.then(WITHDRAWN)
    assert ended.state.state is CaseState.WITHDRAWN


def test_a_withdrawn_case_is_closed_as_withdrawn() -> None:
    checked = (fact(5, ENDS_ON, each) for each in CHECKED)
    ended = case.given(*PENDING, fact(4, ENDS_ON, WITHDRAWN), *checked)
    close = CloseCase(outcome=Outcome.WITHDRAWN)
    ended.when(close, on=ENDS_ON).then(closed(Outcome.WITHDRAWN, evidence=(DIGEST,)))


def test_what_was_taken_back_has_no_effect() -> None:
    taken_back = case.given(*PENDING).when(TAKE_BACK, on=LAST_DAY)
    taken_back.then(TAKEN_BACK)
    back = (*PENDING, fact(4, LAST_DAY, TAKEN_BACK))
    case.given(*back).when(END, on=ENDS_ON).then_nothing()
    case.given(*back).when(TAKE_BACK, on=LAST_DAY).then_nothing()
    case.given(*back).when(STATE, on=LAST_DAY).then_kinds(WithdrawalStated)
    again = (*back, fact(5, LAST_DAY, STATED))
    case.given(*again).when(END, on=ENDS_ON).then_nothing()
    case.given(*again).when(EndStatedWithdrawal(statement_id=example_event_id(5))).then(WITHDRAWN)


def test_nothing_is_taken_back_that_was_not_stated_or_has_taken_effect() -> None:
    case.given(*ACCEPTED_CASE).when(TAKE_BACK, on=STATED_ON).then_refused(WithdrawalNotStated)
    case.given(*PENDING).when(TAKE_BACK, on=ENDS_ON).then_refused(CaseWasWithdrawn)
    case.given(*PENDING).when(TAKE_BACK, on=date(2025, 3, 5)).then_refused(
        OutOfOrder, act="withdrawal-stated"
    )


def test_an_end_that_comes_first_leaves_it_without_effect() -> None:
    for end in (DIVERTED, closed(Outcome.SUPPORTED)):
        ended = (*PENDING, fact(4, LAST_DAY, end))
        case.given(*ended).when(END, on=ENDS_ON).then_nothing()
    void = FilingVoided(
        case_id=CASE_ID, matter_id=MATTER_ID, why=FilingVoidReason.REGISTERED_TWICE
    )
    filed = (ACCEPTED_CASE[0], PENDING[2], fact(4, LAST_DAY, void))
    case.given(*filed).when(END, on=ENDS_ON).then_nothing()
    reopened_since = (
        *PENDING,
        fact(4, LAST_DAY, DIVERTED),
        fact(5, LAST_DAY, reopened(ReopenReason.NEW_FACTS)),
    )
    case.given(*reopened_since).when(END, on=ENDS_ON).then_nothing()


@pytest.mark.parametrize(
    "command",
    [
        replace(ANSWER, result=OpinionResult.PARTLY),
        STATE,
        DivertCase(route=examples.DIVERT.route),
        CloseCase(outcome=Outcome.SUPPORTED),
        examples.RECORD,
    ],
    ids=lambda it: type(it).__name__,
)
def test_from_that_moment_on_nothing_else_is_done_though_its_end_is_not_recorded(
    command: CaseCommand,
) -> None:
    answered = (*PENDING[:2], fact(8, date(2025, 3, 5), ISSUED), fact(9, date(2025, 3, 5), SERVED))
    pending = case.given(*answered, PENDING[2])
    pending.when(command, on=ENDS_ON).then_refused(CaseWasWithdrawn)


def test_a_promise_kept_after_that_moment_settles_nothing() -> None:
    pending = case.given(*ACCEPTED_CASE, REFERRED, PENDING[2])
    performed = noted(MediationOutcome.PERFORMED)
    pending.when(hear(MediationOutcome.PERFORMED), on=ENDS_ON).then(performed)
    pending.when(hear(MediationOutcome.PERFORMED), on=LAST_DAY).then_state(
        lambda state: state.state is CaseState.RESOLVED
    )


def test_the_office_states_the_end_of_what_was_stated_and_not_before_its_days_are_over() -> None:
    case.given(*ACCEPTED_CASE).when(WITHDRAW, on=ENDS_ON).then_refused(WithdrawalNotStated)
    case.given(*PENDING).when(WITHDRAW, on=LAST_DAY).then_refused(
        WithdrawalMayBeTakenBack, takes_effect_at="2025-03-13T16:00:00.000000Z"
    )
    case.given(*PENDING).when(WITHDRAW, on=ENDS_ON).then(WITHDRAWN)
    case.given(*PENDING).when(replace(WITHDRAW, statement_recorded=None), on=ENDS_ON).then_refused(
        WithdrawalWithoutStatement
    )


def test_a_register_states_a_withdrawal_without_such_days() -> None:
    command = replace(WITHDRAW, origin=Origin.REGISTER)
    case.given(FILED).when(command).then_kinds(CaseWithdrawn)


def test_a_withdrawal_that_is_reported_after_the_office_went_on_is_refused() -> None:
    answered = (*ACCEPTED_CASE, fact(3, ENDS_ON, ISSUED), fact(4, ENDS_ON, SERVED))
    case.given(*answered).when(STATE, on=STATED_ON).then_refused(
        OutOfOrder, act="opinion-issued", act_on=ENDS_ON.isoformat(), field="happened_on"
    )


@pytest.mark.parametrize(
    ("end", "refusal"), [(DIVERTED, CaseWasDiverted), (closed(Outcome.SUPPORTED), CaseWasClosed)]
)
def test_a_case_that_has_ended_is_not_withdrawn(end: Event, refusal: type[Refusal]) -> None:
    for command in (STATE, TAKE_BACK, WITHDRAW):
        case.given(*ACCEPTED_CASE, end).when(command).then_refused(refusal)


def test_the_term_of_a_withdrawn_case_stays_what_it_was() -> None:
    ended = case.given(*PENDING).when(END, on=ENDS_ON)
    assert ended.state.accepted == ACCEPTED


moves = st.sampled_from(["state", "take back", "divert", "answer", "withdraw"])


@given(st.lists(st.tuples(moves, st.integers(0, 5), st.integers(0, 23)), max_size=20))
def test_no_life_is_withdrawn_before_the_days_of_its_last_statement_are_over(
    life: list[tuple[str, int, int]],
) -> None:
    """Rows are carried out as they fall due, before whatever is done later."""
    at = end_of(date(2025, 3, 4))
    state = CASE.fold_marked([(FILED, Mark(at, example_event_id(1))), (ACCEPTED, Mark(at))])
    rows: list[tuple[datetime, str]] = []
    number = 10
    for move, days, hours in life:
        at += timedelta(days=days, hours=hours)
        done: list[tuple[CaseCommand, datetime]] = [
            (EndStatedWithdrawal(statement_id=each), due) for due, each in rows if due <= at
        ]
        rows = [each for each in rows if each[0] > at]
        done.append((_command(move, at), at))
        for command, moment in done:
            before = state
            try:
                events = CASE.decide(command, CASE.at(state, Mark(moment)))
            except Refusal:
                continue
            for event in events:
                number += 1
                mark = Mark(moment, example_event_id(number))
                state = CASE.fold_marked([(event, mark)], state)
                if isinstance(event, WithdrawalStated):
                    rows.append((event.takes_effect_at, example_event_id(number)))
                if isinstance(event, CaseWithdrawn):
                    assert before.proceedings.withdrawal
                    assert moment == before.proceedings.withdrawal[0].takes_effect_at


def _command(move: str, at: datetime) -> CaseCommand:
    effect = WITHIN_SEVEN_DAYS.takes_effect_at(china_day(at))
    commands: dict[str, CaseCommand] = {
        "state": replace(STATE, takes_effect_at=effect),
        "take back": TAKE_BACK,
        "divert": examples.DIVERT,
        "answer": ANSWER,
        "withdraw": WITHDRAW,
    }
    return commands[move]

"""The days of a case's acts: none before the receipt, none before an act on which it rests."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.case import CASE, CaseCommand, CaseFile
from services.intake.domain.case.order import RESTS_ON, OutOfOrder
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.registration import ReceivedAfterFiling
from services.intake.domain.reporting_policy import (
    WITHIN_SIXTY_DAYS,
    TooLongAgo,
    refuse_too_long_ago,
)
from services.intake.examples import (
    ACCEPT,
    ANSWER,
    CLOSE,
    COMMANDS,
    DIVERT,
    FILE,
    FORWARD,
    REOPEN,
    REPLY,
    RESOLVE,
)
from shared.contracts.case_codes import (
    OpinionResult,
    Outcome,
    ReopenReason,
    ResolvedHow,
    ServiceMethod,
)
from shared.contracts.case_handling_codes import StatementKind
from shared.contracts.event import Event
from shared.contracts.intake import CaseAccepted, CaseClosed, CaseFiled, CaseReplied, CaseResolved
from shared.decider import Mark
from shared.refusals import Refusal
from shared.testing.given_when_then import Facts, happened
from shared.times import china_day, end_of
from tests.intake.facts import (
    ACCEPTED,
    CHECKED,
    FILED,
    FORWARDED,
    ISSUED,
    ROUTED,
    SERVED,
    closed,
    fact,
    reopened,
    resolved,
    stated,
)

case = Facts(CASE)

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2025, 3, 3) + timedelta(each) for each in range(4))
FILED_THEN = happened(FILED, MONDAY)
CONTENT = fact(9, TUESDAY, stated(StatementKind.OPINION_ACCEPTED))


def dated(command: CaseCommand, **changes: object) -> CaseCommand:
    return type(command)(**{each: getattr(command, each) for each in command.__slots__} | changes)


def test_a_case_is_received_on_the_day_of_its_filing_unless_it_is_said() -> None:
    assert CASE.fold_marked([(FILED, Mark(end_of(MONDAY)))]).received_on == MONDAY
    received = FILED.model_copy(update={"received_on": MONDAY})
    state = CASE.fold_marked([(received, Mark(end_of(WEDNESDAY)))])
    assert (state.received_on, state.registration_delay) == (MONDAY, 2)
    assert CASE.first_day is not None
    assert CASE.first_day(state) == MONDAY


def test_the_day_of_receipt_is_stated_and_never_lies_after_the_filing() -> None:
    received = dated(FILE, received_on=MONDAY)
    case.when(received, on=WEDNESDAY).then(FILED.model_copy(update={"received_on": MONDAY}))
    case.when(received, on=MONDAY).then_kinds(CaseFiled)
    late = dated(FILE, received_on=TUESDAY)
    case.when(late, on=MONDAY).then_refused(ReceivedAfterFiling, field="received_on")


def test_a_case_is_accepted_on_a_day_before_it_was_typed() -> None:
    received = FILED.model_copy(update={"received_on": MONDAY})
    case.given(happened(received, THURSDAY)).when(ACCEPT, on=TUESDAY).then(ROUTED, ACCEPTED)


@pytest.mark.parametrize(
    ("before", "command", "act"),
    [
        ((happened(FORWARDED, TUESDAY),), ACCEPT, "case-forwarded"),
        ((happened(ACCEPTED, TUESDAY),), ANSWER, "case-accepted"),
        ((happened(ACCEPTED, TUESDAY),), DIVERT, "case-accepted"),
        (
            (
                *(happened(ACCEPTED, MONDAY), happened(ISSUED, MONDAY), happened(SERVED, TUESDAY)),
                CONTENT,
            ),
            RESOLVE,
            "opinion-served",
        ),
        (
            (
                happened(ACCEPTED, MONDAY),
                happened(ISSUED, MONDAY),
                happened(SERVED.model_copy(update={"served_on": TUESDAY}), WEDNESDAY),
                CONTENT,
            ),
            RESOLVE,
            "opinion-served",
        ),
        (
            (
                happened(ACCEPTED, MONDAY),
                happened(ISSUED, MONDAY),
                happened(SERVED, MONDAY),
                happened(resolved(ResolvedHow.OPINION_ACCEPTED), TUESDAY),
                *(happened(each, TUESDAY) for each in CHECKED),
            ),
            CLOSE,
            "case-resolved",
        ),
        (
            (
                *(happened(each, MONDAY) for each in (ACCEPTED, ISSUED, SERVED)),
                happened(closed(Outcome.SUPPORTED), TUESDAY),
            ),
            REOPEN,
            "case-closed",
        ),
        (
            (
                *(happened(each, MONDAY) for each in (ACCEPTED, ISSUED, SERVED)),
                happened(closed(Outcome.SUPPORTED), MONDAY),
                happened(reopened(ReopenReason.NEW_FACTS), TUESDAY),
            ),
            ANSWER,
            "case-reopened",
        ),
    ],
)
def test_no_act_lies_before_one_on_which_it_rests(
    before: tuple[tuple[Event, Mark], ...], command: CaseCommand, act: str
) -> None:
    then = case.given(FILED_THEN, *before)
    then.when(command, on=MONDAY).then_refused(
        OutOfOrder, act=act, act_on=TUESDAY.isoformat(), field="happened_on"
    )
    assert then.when(command, on=TUESDAY).events


def test_the_refusal_names_the_other_act_and_its_day() -> None:
    outcome = case.given(FILED_THEN, happened(ACCEPTED, TUESDAY)).when(ANSWER, on=MONDAY)
    assert outcome.refusal is not None
    assert "case-accepted on 2025-03-04" in outcome.refusal.detail


def test_what_the_record_says_already_is_not_refused_for_its_day() -> None:
    before = (FILED_THEN, happened(ACCEPTED, TUESDAY))
    case.given(*before).when(ACCEPT, on=MONDAY).then_nothing()


def test_a_register_may_not_resolve_before_it_accepts() -> None:
    accepted = case.given(FILED_THEN, happened(ACCEPTED, WEDNESDAY))
    solved = dated(RESOLVE, origin=Origin.REGISTER_DAY)
    accepted.when(solved, on=TUESDAY).then_refused(OutOfOrder, act="case-accepted")
    accepted.when(solved, on=WEDNESDAY).then_kinds(CaseResolved)


def test_a_register_may_not_accept_after_it_resolved() -> None:
    settled = happened(resolved(ResolvedHow.ON_THE_SPOT), TUESDAY)
    late = dated(ACCEPT, origin=Origin.REGISTER)
    case.given(FILED_THEN, settled).when(late, on=WEDNESDAY).then_refused(
        OutOfOrder, act="case-resolved", act_on="2025-03-04"
    )


def test_a_registers_reply_and_closing_have_any_day() -> None:
    before = (FILED_THEN, happened(ACCEPTED, WEDNESDAY))
    case.given(*before).when(REPLY, on=MONDAY).then_kinds(CaseReplied)
    bare = dated(CLOSE, outcome=Outcome.NOT_STATED, origin=Origin.REGISTER)
    case.given(*before).when(bare, on=MONDAY).then_kinds(CaseClosed)


@given(st.integers(0, 400))
def test_a_day_is_reported_as_far_back_as_the_policy_says(days: int) -> None:
    today = date(2025, 6, 30)
    day = today - timedelta(days)
    if days <= WITHIN_SIXTY_DAYS.days_back:
        refuse_too_long_ago(day, today=today)
    else:
        with pytest.raises(TooLongAgo, match="only the backfill role"):
            refuse_too_long_ago(day, today=today)


issued = st.tuples(
    st.sampled_from(
        [
            *(each for each in COMMANDS if each is not FILE),
            dated(CLOSE, outcome=Outcome.WITHDRAWN),
            dated(ANSWER, result=OpinionResult.PARTLY, method=ServiceMethod.POST),
        ]
    ),
    st.integers(0, 6),
)


@given(st.lists(issued, max_size=20))
def test_the_acts_of_the_office_come_in_the_order_of_their_days(
    commands: list[tuple[CaseCommand, int]],
) -> None:
    state: CaseFile = CASE.initial
    acts: list[tuple[Event, date]] = []
    for command, days in [(FILE, 0), *commands]:
        mark = Mark(end_of(MONDAY + timedelta(days)))
        try:
            events = CASE.decide(command, CASE.at(state, mark))
        except Refusal:
            continue
        state = CASE.fold_marked([(each, mark) for each in events], state)
        acts += [(each, china_day(mark.occurred_at)) for each in events]
        opened = max(
            (at for at, (act, _) in enumerate(acts) if act.kind == "case-reopened"), default=0
        )
        for event in events[:1]:
            rests_on = RESTS_ON.get(type(event), ())
            current = acts[opened:] if event.kind != "case-reopened" else acts
            days_before = [on for act, on in current if type(act) in rests_on]
            if not getattr(event, "imported", None) and event.kind != "case-reopened":
                assert all(on <= china_day(mark.occurred_at) for on in days_before)


def test_acceptance_tells_both_ends_of_the_term() -> None:
    _, accepted = case.given(FILED_THEN).when(ACCEPT, on=TUESDAY).events
    assert isinstance(accepted, CaseAccepted)
    assert accepted.due_at is not None
    assert accepted.due_at_for_petitioner is not None
    assert accepted.due_at_for_petitioner >= accepted.due_at


def test_forwarding_after_a_reopening_does_not_lie_before_it() -> None:
    before = (
        FILED_THEN,
        happened(closed(Outcome.NOT_STATED, imported=True), TUESDAY),
        happened(reopened(ReopenReason.NEW_FACTS), WEDNESDAY),
    )
    case.given(*before).when(FORWARD, on=TUESDAY).then_refused(OutOfOrder, act="case-reopened")

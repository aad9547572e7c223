"""A rule comes to the same whatever the order in which the topics are read."""

from collections import defaultdict
from dataclasses import replace
from functools import partial
from itertools import count
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.grid.domain.rules import BY_KIND
from services.grid.domain.rules.cluster import CLUSTER
from services.grid.domain.rules.counted_cases import CountedCase
from services.grid.domain.rules.counted_records import counting
from services.grid.domain.rules.facts import RuleFact, Says
from services.grid.domain.rules.raised_after_answer import RAISED_AFTER_ANSWER
from services.grid.domain.rules.reading import facts_in
from services.grid.domain.rules.state import RuleState, Watched
from services.grid.domain.rules.unpaid_wages import UNPAID_WAGES
from shared.contracts.agreements import AgreementPerformed
from shared.contracts.case_codes import Category
from shared.contracts.case_handling_codes import FilingFact
from shared.contracts.event import Event
from tests.grid.rules.given import (
    AGREEMENT,
    MARK,
    MATTER,
    MEDIATION,
    POLICY,
    Judged,
    accepted,
    an_id,
    applied,
    breached,
    corrected,
    events,
    filed,
    handled,
    linked,
    on,
    outcome,
    recaused,
    received,
    recorrected,
    rejected,
    replied,
    returned,
    routed,
    served,
    submitted,
    succeeded,
    the_day,
    voided,
)

MATTERS = [an_id(number) for number in (0xA0, 0xA1, 0xA2, 0xA3)]
_FILED = count()
"""A case is filed once."""
INTAKE = st.builds(
    lambda make, matter, number: make(matter_id=matter, case_id=an_id(0xAA00 + number)),
    st.sampled_from(
        [
            *(accepted, served, replied),
            partial(replied, text_mark=MARK),
        ]
    ),
    st.sampled_from(MATTERS),
    st.integers(0, 5),
) | st.builds(
    lambda make, matter: make(matter_id=matter, case_id=an_id(0xAB0000 + next(_FILED))),
    st.sampled_from([filed, partial(filed, cause_ref=MARK)]),
    st.sampled_from(MATTERS),
)
GRID = st.builds(
    lambda make, matter: make(matter_id=matter),
    st.sampled_from(
        [
            submitted,
            handled,
            returned,
            received,
            partial(corrected, complained_unit="labour-office"),
            partial(submitted, cause_ref=MARK),
        ]
    ),
    st.sampled_from(MATTERS),
) | st.builds(lambda matter: linked(to_matter_id=matter), st.sampled_from(MATTERS))
DONE = AgreementPerformed(matter_id=MATTER, mediation_id=MEDIATION, agreement_id=AGREEMENT)
MEDIATED = st.sampled_from(
    [
        applied(matter_id=MATTERS[0]),
        applied(matter_id=MATTERS[1], mediation_id=an_id(0xAB), cause_ref=MARK),
        applied(matter_id=MATTERS[2], mediation_id=an_id(0xAC)),
        succeeded(perform_by=the_day(20), instalments=(the_day(5), the_day(9))),
        breached(),
        DONE,
    ]
)
LATE = st.sampled_from([0, 0, 0, 20, 31])


def topic(event: st.SearchStrategy[Event]) -> st.SearchStrategy[list[Any]]:
    """Events of one topic in the order of its ledger; each happened on some day before."""
    stated = st.tuples(event, st.integers(0, 60), LATE)
    return st.lists(stated, max_size=12).map(
        lambda found: events(*((event, day, day + late) for event, day, late in found))
    )


@st.composite
def interleavings(draw: st.DrawFn, *always: tuple[Event, float]) -> tuple[list[Any], list[Any]]:
    """Two orders of the same events, each with the order of every topic.

    What is always there is one event of each topic, the last of its ledger.
    """
    topics = [draw(topic(each)) for each in (INTAKE, GRID, MEDIATED)]
    for ledger, last in zip(topics, events(*always), strict=bool(always)):
        ledger.append(last)
    return _interleaved(draw, topics), _interleaved(draw, topics)


def _interleaved(draw: st.DrawFn, topics: list[list[Any]]) -> list[Any]:
    left = [list(each) for each in topics]
    turns = draw(st.permutations([at for at, each in enumerate(left) for _ in each]))
    return [left[turn].pop(0) for turn in turns]


@given(interleavings())
def test_any_interleaving_of_the_topics_gives_the_same_warnings(
    orders: tuple[list[Any], list[Any]],
) -> None:
    one, other = orders
    assert outcome(one) == outcome(other)


@given(interleavings())
def test_any_interleaving_comes_to_the_same_also_where_many_facts_are_dropped(
    orders: tuple[list[Any], list[Any]],
) -> None:
    one, other = orders
    few = replace(POLICY, keep=3)
    assert outcome(one, policy=few) == outcome(other, policy=few) == outcome(one)


def test_a_flood_of_signals_hides_neither_an_answer_that_failed_nor_a_complaint() -> None:
    answers = events((accepted(responsible_unit="water-office"), -1), (served(), 0), (served(), 2))
    signals = events(
        (received(signal_id=an_id(1), complained_unit="water-office"), 1),
        *((received(signal_id=an_id(0x9000 + each)), 3 + each / 1_000) for each in range(200)),
    )
    in_order = Judged(RAISED_AFTER_ANSWER).read(*answers[:2], signals[0], answers[2], *signals[1:])
    signals_first = Judged(RAISED_AFTER_ANSWER).read(*signals, *answers)
    assert in_order.levels == ["yellow", "orange"]
    assert signals_first.levels[-1] == "orange"
    assert in_order.last.unit is signals_first.last.unit is None


VOIDING = st.sampled_from(
    [
        *(submitted(matter_id=each, report_id=each) for each in MATTERS),
        *(submitted(matter_id=each, report_id=each, cause_ref=MARK) for each in MATTERS),
        *(rejected(matter_id=each, report_id=each) for each in MATTERS),
        *(rejected(matter_id=each, report_id=each, cause_ref=MARK) for each in MATTERS),
    ]
)
CAUSED = st.sampled_from(
    [
        *(filed(matter_id=each, case_id=each, cause_ref=MARK) for each in MATTERS),
        *(recaused(matter_id=each, case_id=each, cause_ref=MARK) for each in MATTERS),
        *(recaused(matter_id=each, case_id=each, was_cause_ref=MARK) for each in MATTERS),
        *(voided(matter_id=each, case_id=each) for each in MATTERS),
        *(routed(matter_id=each, case_id=each) for each in MATTERS[:1]),
        *(
            recorrected(FilingFact.CATEGORY, matter_id=each, case_id=each, category=category)
            for each in MATTERS
            for category in (Category.LAND, Category.LABOUR)
        ),
        *(
            recorrected(FilingFact.REPEAT_OF, matter_id=MATTERS[0], case_id=each)
            for each in MATTERS[1:]
        ),
    ]
)


@st.composite
def voiding(draw: st.DrawFn) -> tuple[list[Any], list[Any]]:
    """Two orders of the same events, by some of which records count no more."""
    topics = [draw(topic(each)) for each in (VOIDING, CAUSED, MEDIATED)]
    return _interleaved(draw, topics), _interleaved(draw, topics)


@given(voiding())
def test_in_any_order_the_same_records_count_in_the_end(
    orders: tuple[list[Any], list[Any]],
) -> None:
    """What was warned of before a record was voided stays; what counts then is the same."""
    one, other = (_states(order, keep=200) for order in orders)
    assert {key: counting(facts) for key, (facts, _) in one.items()} == {
        key: counting(facts) for key, (facts, _) in other.items()
    }
    for facts, _ in one.values():
        last = {each.record: each for each in facts if each.says is Says.VOIDED}
        for each in counting(facts):
            assert each.record not in last or each.order > last[each.record].order


@given(topic(CAUSED), st.sampled_from([3, 200]))
def test_what_a_case_said_before_a_correction_is_never_left_to_count(
    read: list[Any], keep: int
) -> None:
    """Also where older facts were dropped: what voids a fact is dropped with it, not before."""
    cases: dict[str, CountedCase] = {}
    states = _states(read, keep=keep, cases=cases)
    valid = {
        (each.rule, each.counts.subject, each.event_id)
        for case in cases.values()
        for each in case.stated
    }
    for (rule, subject), (facts, _) in states.items():
        if rule in (CLUSTER.id, UNPAID_WAGES.id):
            assert {(rule, subject, each.event_id) for each in counting(facts)} <= valid


@given(interleavings())
def test_what_is_kept_does_not_depend_on_the_order(orders: tuple[list[Any], list[Any]]) -> None:
    assert _states(orders[0], keep=3) == _states(orders[1], keep=3)


def _states(
    read: list[Any], *, keep: int, cases: dict[str, CountedCase] | None = None
) -> dict[Any, tuple[list[RuleFact], int]]:
    policy = replace(POLICY, keep=keep)
    states: dict[Any, RuleState] = defaultdict(RuleState)
    cases = {} if cases is None else cases
    for event, recorded in read:
        for rule, key, fact in facts_in(BY_KIND.get(event.kind, ()), recorded, event, cases):
            watched = Watched(rule=rule, key=key, policy=policy)
            watched.learn(states[rule.id, key], fact, recorded.recorded_at)
    return {key: (state.facts, state.counted) for key, state in states.items()}


@settings(deadline=None)
@given(st.permutations(range(60)))
def test_facts_of_a_hot_subject_stay_few_and_all_are_counted(order: list[int]) -> None:
    raised = events(*((received(signal_id=an_id(0x9000 + day)), day / 10) for day in order))
    judged = Judged(RAISED_AFTER_ANSWER).read(*events((replied(), -1)), *raised)
    state = judged.states[MATTER]
    assert judged.levels == ["yellow"]
    assert state.counted == 60


@pytest.mark.slow
def test_a_thousand_signals_about_one_matter_ask_once_and_are_counted() -> None:
    signals = [(received(signal_id=an_id(0x80000 + each)), each / 100) for each in range(1_000)]
    judged = Judged(RAISED_AFTER_ANSWER).read(*events((replied(), -1), *signals))
    state = judged.states[MATTER]
    assert len(judged.asked) == 1
    assert state.counted == 1_000
    assert len(state.because) == 100
    calendar_days = 11
    assert len(state.facts) <= POLICY.keep + 1 + 2 * calendar_days
    answer_last = Judged(RAISED_AFTER_ANSWER).read(*events(*signals, (replied(), -1)))
    assert len(answer_last.asked) == 1
    assert answer_last.states[MATTER].counted == 1_000


def test_what_came_long_before_a_warning_is_not_counted_with_it() -> None:
    """Thirty matters in twenty months, each twenty days after the last, and then one that fires."""
    slow = [submitted(matter_id=an_id(0xC000 + each)) for each in range(30)]
    fast = [submitted(matter_id=an_id(0xD000 + each)) for each in range(2)]
    stated = [(event, 20 * at) for at, event in enumerate(slow)]
    judged = Judged(CLUSTER).read(*events(*stated, (fast[0], 590)))
    (state,) = judged.states.values()
    assert judged.levels == ["red"]
    assert state.counted == 3
    assert sorted(state.because) == sorted(judged.last.because)
    judged.read(*events((fast[1], 700)))
    assert state.counted == 4
    assert set(state.because) > set(judged.last.because)


@given(interleavings())
def test_how_often_it_came_and_by_which_events_does_not_depend_on_the_order(
    orders: tuple[list[Any], list[Any]],
) -> None:
    found = []
    for order in orders:
        rules = [
            Judged(rule).read(*order) for rule in (RAISED_AFTER_ANSWER, CLUSTER, UNPAID_WAGES)
        ]
        states = [(rule.rule.id, *each) for rule in rules for each in rule.states.items()]
        found.append({(rule, key): (s.counted, set(s.because)) for rule, key, s in states})
    assert found[0] == found[1]


def test_an_ended_warning_is_followed_by_quiet_days_and_then_by_another() -> None:
    judged = Judged(RAISED_AFTER_ANSWER).read(*events((replied(), 0), (received(), 1)))
    state = judged.states[MATTER]
    state.asked, state.warning_id, state.quiet_until = None, None, on(20)
    judged.read(*events((received(signal_id=an_id(1)), 15), (handled(), 30)))
    assert len(judged.asked) == 1
    judged.read(*events((received(signal_id=an_id(2)), 31)))
    assert len(judged.asked) == 2


def test_every_fact_is_read_from_json_as_it_was_written() -> None:
    read = events(
        (filed(), 0), (accepted(), 1), (served(), 2), (succeeded(instalments=(the_day(3),)), 4)
    )
    cases: dict[str, CountedCase] = {}
    facts = [
        fact
        for event, recorded in read
        for _, _, fact in facts_in(BY_KIND.get(event.kind, ()), recorded, event, cases)
    ]
    assert len(facts) > 5
    facts.append(facts[-1]._replace(is_dealt_with=True))
    facts.append(facts[-2]._replace(live=False))
    assert [RuleFact.from_json(each.to_json()) for each in facts] == facts


@given(topic(CAUSED | INTAKE))
def test_every_case_is_read_from_json_as_it_was_written(read: list[Any]) -> None:
    cases: dict[str, CountedCase] = {}
    _states(read, keep=200, cases=cases)
    for case in cases.values():
        written = orjson.loads(orjson.dumps(case.to_json()))
        assert CountedCase.from_json(written) == case

"""Agreements that are performed over years, in many instalments: what was paid stays paid."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.grid.domain.back_test import Failed
from services.grid.domain.rules.agreements import ONE_EACH
from services.grid.domain.rules.compensation_overdue import COMPENSATION_OVERDUE
from services.grid.domain.rules.state import RuleState, Watched
from shared.contracts.agreements import InstalmentPerformed
from tests.grid.rules.given import (
    AGREEMENT,
    MATTER,
    MEDIATION,
    POLICY,
    Judged,
    events,
    succeeded,
    the_day,
)
from tests.grid.rules.walking import findings


def paid(number: int) -> InstalmentPerformed:
    return InstalmentPerformed(
        matter_id=MATTER, mediation_id=MEDIATION, agreement_id=AGREEMENT, instalment=number
    )


def in_instalments(number: int, *, apart: int, unpaid: frozenset[int] = frozenset()) -> list[Any]:
    """An agreement of so many instalments, each paid a day before it is due, but for some."""
    days = [apart * each for each in range(1, number + 1)]
    promised = succeeded(instalments=tuple(the_day(day) for day in days))
    payments = [(paid(each), day - 1) for each, day in enumerate(days, 1) if each not in unpaid]
    return events((promised, 0), *payments)


def test_two_years_of_monthly_payments_on_time_raise_nothing() -> None:
    read = in_instalments(24, apart=30)
    assert Judged(COMPENSATION_OVERDUE).read(*read).at(3_000).asked == []
    assert [each for each in findings(read, end=3_000) if isinstance(each, Failed)] == []


@pytest.mark.slow
def test_many_payments_in_a_short_time_raise_nothing() -> None:
    read = in_instalments(POLICY.keep + 10, apart=1)
    assert Judged(COMPENSATION_OVERDUE).read(*read).at(3_000).asked == []


@pytest.mark.slow
def test_the_first_of_many_promises_is_waited_for_as_well() -> None:
    read = in_instalments(POLICY.keep + 10, apart=1, unpaid=frozenset({1}))
    found = Judged(COMPENSATION_OVERDUE).read(*read).at(3_000)
    assert (found.levels, found.last.words["number"]) == (["yellow", "orange", "red"], 1)


@settings(deadline=None, max_examples=30)
@given(
    number=st.integers(1, 60),
    apart=st.integers(1, 400),
    unpaid=st.frozensets(st.integers(1, 60), max_size=3),
    shuffled=st.randoms(use_true_random=False),
)
def test_only_what_is_not_paid_is_warned_of_however_long_it_takes(
    number: int, apart: int, unpaid: frozenset[int], shuffled: Any
) -> None:
    owed = sorted(each for each in unpaid if each <= number)
    read = in_instalments(number, apart=apart, unpaid=unpaid)
    shuffled.shuffle(read)
    found = Judged(COMPENSATION_OVERDUE).read(*read).at(number * apart + 100)
    numbers = {verdict.words["number"] for _, verdict in found.asked}
    assert numbers <= set(owed[:1])
    assert bool(numbers) == bool(owed)


def test_what_is_kept_of_an_agreement_is_bounded_by_its_instalments() -> None:
    read = in_instalments(5, apart=10)
    again = [pair for _ in range(20) for pair in events(*((paid(each), 60) for each in (1, 2)))]
    judged = Judged(COMPENSATION_OVERDUE).read(*read, *again)
    facts = judged.states[MEDIATION].facts
    assert len(facts) == 10
    assert {each.says for each in facts} <= ONE_EACH
    assert max(each.at for each in facts) - min(each.at for each in facts) > timedelta(days=50)


def test_the_facts_of_one_event_are_learned_together_as_one_by_one() -> None:
    ((event, recorded), *_) = in_instalments(50, apart=10)
    facts = [each for _, each in COMPENSATION_OVERDUE.facts_of(recorded, event)]
    watched = Watched(rule=COMPENSATION_OVERDUE, key=MEDIATION, policy=POLICY)
    together, one_by_one = RuleState(), RuleState()
    learned = watched.learn_all(together, facts, recorded.recorded_at)
    each = [watched.learn(one_by_one, fact, recorded.recorded_at) for fact in facts]
    assert together == one_by_one
    assert learned.look_at == min(found.look_at for found in each if found.look_at is not None)

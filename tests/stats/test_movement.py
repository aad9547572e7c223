"""Rollups move by differences: they always are what counting from scratch gives."""

from collections import Counter as Tally
from collections import defaultdict
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from services.stats.domain.case_fact import CaseFact, fold
from services.stats.domain.case_step import CaseStep, steps_of
from services.stats.domain.counters import contributions
from services.stats.domain.movement import Cell, cells_of, move
from tests.stats.histories import ledgers
from tests.stats.lives import Ledger


def counted_from_scratch(steps: list[CaseStep]) -> dict[Cell, int]:
    by_case = defaultdict(list)
    for step in steps:
        by_case[step.case_id].append(step)
    facts = [fact for history in by_case.values() if (fact := fold(history))]
    return dict(Tally(cell for fact in facts for cell in cells_of(fact, contributions(fact))))


@given(ledgers(), st.lists(st.integers(0, 80), max_size=6))
def test_however_a_ledger_is_cut_into_chunks_the_rollups_are_what_the_facts_add_up_to(
    ledger: Ledger, cuts: list[int]
) -> None:
    steps = [step for event in ledger.events for step in steps_of(event)]
    facts: dict[str, CaseFact] = {}
    rollups: Tally[Cell] = Tally()
    for start, end in pairwise([0, *sorted(cuts), len(steps)]):
        movement = move(facts, steps[start:end])
        facts |= movement.facts
        rollups.update(movement.rollups)
        assert {cell: value for cell, value in rollups.items() if value} == (
            counted_from_scratch(steps[: min(end, len(steps))])
        )


@given(ledgers())
def test_no_counter_counts_a_case_twice(ledger: Ledger) -> None:
    steps = [step for event in ledger.events for step in steps_of(event)]
    for fact in move({}, steps).facts.values():
        names = [name for name, _ in contributions(fact)]
        assert len(names) == len(set(names))


def test_a_reopening_takes_back_what_the_resolution_added() -> None:
    ledger = Ledger()
    case = ledger.file("2025-03-04")
    ledger.accept(case, "2025-03-05")
    ledger.resolve(case, "2025-03-06")
    steps = [step for event in ledger.events for step in steps_of(event)]
    before = move({}, steps)
    ledger.reopen(case, "2025-04-01")
    change = move(before.facts, steps_of(ledger.events[-1])).rollups
    assert {(cell.counter, value) for cell, value in change.items()} == {
        ("resolved", -1),
        ("accepted_resolved", -1),
    }

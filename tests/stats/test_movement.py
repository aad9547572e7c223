"""Rollups move by differences: they always are what counting from scratch gives."""

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from services.stats.domain.case_fact import CaseFact
from services.stats.domain.case_subject import CASE
from services.stats.domain.movement import Cell, add, move
from services.stats.domain.step import Step
from services.stats.domain.subject import Counts
from tests.stats.histories import ledgers
from tests.stats.lives import Ledger

Counted = dict[tuple[object, ...], int]
"""By township, counter, day, category and village."""

NAMES = {
    anchor.key: [counter.name for counter in counters]
    for anchor, counters in CASE.of_anchor.items()
}


def by_counter(rollups: Mapping[Cell, Counts]) -> Counted:
    found: Tally[tuple[object, ...]] = Tally()
    for cell, counts in rollups.items():
        for name, count in zip(NAMES[cell.anchor], counts, strict=True):
            found[cell.division, name, cell.day, *cell.dimensions] += count
    return {key: count for key, count in found.items() if count}


def cells_of(fact: CaseFact) -> list[tuple[object, ...]]:
    filing = fact.filing
    return [
        (fact.division, name, day, filing.category, filing.village_code or "")
        for name, day, _ in CASE.contributions(fact)
    ]


def counted_from_scratch(steps: list[Step]) -> Counted:
    by_case = defaultdict(list)
    for step in steps:
        by_case[step.about].append(step)
    facts = [fact for history in by_case.values() if (fact := CASE.fold(history))]
    return dict(Tally(cell for fact in facts for cell in cells_of(fact)))


@given(ledgers(), st.lists(st.integers(0, 80), max_size=6))
def test_however_a_ledger_is_cut_into_chunks_the_rollups_are_what_the_facts_add_up_to(
    ledger: Ledger, cuts: list[int]
) -> None:
    steps = [step for event in ledger.events for step in CASE.steps_of(event)]
    facts: dict[str, CaseFact] = {}
    rollups: dict[Cell, Counts] = {}
    for start, end in pairwise([0, *sorted(cuts), len(steps)]):
        movement = move(CASE, facts, steps[start:end])
        facts |= movement.facts
        for cell, counts in movement.rollups.items():
            add(rollups, cell, counts)
        assert by_counter(rollups) == (counted_from_scratch(steps[: min(end, len(steps))]))


@given(ledgers())
def test_no_counter_counts_a_case_twice(ledger: Ledger) -> None:
    steps = [step for event in ledger.events for step in CASE.steps_of(event)]
    for fact in move(CASE, {}, steps).facts.values():
        names = [name for name, _, _ in CASE.contributions(fact)]
        assert len(names) == len(set(names))


def test_a_reopening_takes_back_what_the_resolution_added() -> None:
    ledger = Ledger()
    case = ledger.file("2025-03-04")
    ledger.accept(case, "2025-03-05")
    ledger.resolve(case, "2025-03-06")
    steps = [step for event in ledger.events for step in CASE.steps_of(event)]
    before = move(CASE, {}, steps)
    ledger.reopen(case, "2025-04-01")
    change = move(CASE, before.facts, CASE.steps_of(ledger.events[-1])).rollups
    assert {(key[1], value) for key, value in by_counter(change).items()} == {
        ("resolved", -1),
        ("accepted_resolved", -1),
    }

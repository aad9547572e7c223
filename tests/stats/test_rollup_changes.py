"""Rollups move by differences: they always are what counting from scratch gives."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.stats.domain.case_subject import CASE
from services.stats.domain.counted_subject import CountedSubject, Counts
from services.stats.domain.rollup_changes import Cell, add, rollup_changes
from services.stats.domain.subjects import COUNTERS, SUBJECTS
from shared.folding.step import Step
from shared.folding.subject import Fact
from tests.stats.grid_histories import grid_ledgers
from tests.stats.histories import ledgers
from tests.stats.lives import Ledger
from tests.stats.mediation_histories import mediation_ledgers

_LEDGERS = {"/intake": ledgers(), "/mediation": mediation_ledgers(), "/grid": grid_ledgers()}
Counted = dict[tuple[object, ...], int]
"""By township, counter, day, category and village."""


def by_counter(subject: CountedSubject, rollups: Mapping[Cell, Counts]) -> Counted:
    names = {
        key: [counter.name for counter in counters] for key, counters in subject.of_key.items()
    }
    found: Counter[tuple[object, ...]] = Counter()
    for cell, counts in rollups.items():
        for name, count in zip(names[cell.anchor], counts, strict=True):
            found[cell.division, name, cell.day, *cell.dimensions] += count
    return {key: count for key, count in found.items() if count}


def cells_of(subject: CountedSubject, fact: Fact) -> list[tuple[object, ...]]:
    dimensions = [value or "" for value in subject.dimensions_of(fact)]
    return [
        (fact.division, name, day, *dimensions)
        for name, day, *_ in subject.contributions(fact)
        if COUNTERS[name].value is None
    ]


def counted_from_scratch(subject: CountedSubject, steps: list[Step]) -> Counted:
    histories = defaultdict(list)
    for step in steps:
        histories[step.entity_id].append(step)
    facts = [fact for history in histories.values() if (fact := subject.fold(history))]
    return dict(Counter(cell for fact in facts for cell in cells_of(subject, fact)))


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.name)
@given(data=st.data(), cuts=st.lists(st.integers(0, 80), max_size=6))
def test_however_a_ledger_is_cut_into_chunks_the_rollups_are_what_the_facts_add_up_to(
    subject: CountedSubject, data: st.DataObject, cuts: list[int]
) -> None:
    ledger = data.draw(_LEDGERS[subject.source])
    steps = [step for event in ledger.events for step in subject.steps_of(event)]
    facts: dict[str, Fact] = {}
    rollups: dict[Cell, Counts] = {}
    for start, end in pairwise([0, *sorted(cuts), len(steps)]):
        after = subject.fold_onto(facts, steps[start:end])
        changes = rollup_changes(subject, facts, after)
        facts |= after
        for cell, counts in changes.items():
            add(rollups, cell, counts)
        so_far = steps[: min(end, len(steps))]
        assert by_counter(subject, rollups) == counted_from_scratch(subject, so_far)


@given(ledgers())
def test_no_counter_counts_a_case_twice(ledger: Ledger) -> None:
    steps = [step for event in ledger.events for step in CASE.steps_of(event)]
    for fact in CASE.fold_onto({}, steps).values():
        names = [name for name, _, *_ in CASE.contributions(fact)]
        assert len(names) == len(set(names))


def test_a_reopening_takes_back_what_the_resolution_added() -> None:
    ledger = Ledger()
    case = ledger.file("2025-03-04")
    ledger.accept(case, "2025-03-05")
    ledger.resolve(case, "2025-03-06")
    steps = [step for event in ledger.events for step in CASE.steps_of(event)]
    before = CASE.fold_onto({}, steps)
    ledger.reopen(case, "2025-04-01")
    after = CASE.fold_onto(before, CASE.steps_of(ledger.events[-1]))
    change = rollup_changes(CASE, before, after)
    assert {(key[1], value) for key, value in by_counter(CASE, change).items()} == {
        ("resolved", -1),
        ("accepted_resolved", -1),
        ("accepted_unlinked_resolved", -1),
        ("accepted_grounds_not_recorded", -1),
        ("resolved_soon", -1),
        ("replied_within_term", -1),
        ("first_resolved", -1),
        ("first_resolved_for_good", -1),
    }

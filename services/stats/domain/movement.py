"""What a chunk of steps does: the facts after it, and by how much every rollup moves."""

import operator
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeVar

from services.stats.domain.case_fact import CaseFact, evolve
from services.stats.domain.case_step import CaseStep
from services.stats.domain.counters import Counts, tallies

Key = TypeVar("Key")


class Cell(NamedTuple):
    """Where an anchor's counters are kept: township, day and what the case is counted by."""

    division: str
    anchor: str
    day: date
    category: str
    village_code: str


@dataclass(frozen=True, slots=True)
class Movement:
    """The effect of a chunk; `facts` holds the cases that it touched."""

    facts: dict[str, CaseFact] = field(default_factory=dict)
    rollups: dict[Cell, Counts] = field(default_factory=dict)


def move(known: Mapping[str, CaseFact], steps: Iterable[CaseStep]) -> Movement:
    """Fold the steps onto the facts as they were known before, by case id."""
    after: dict[str, CaseFact | None] = {}
    for step in steps:
        before = after[step.case_id] if step.case_id in after else known.get(step.case_id)
        after[step.case_id] = evolve(before, step)
    facts = {case_id: fact for case_id, fact in after.items() if fact is not None}
    return Movement(facts, difference(known, facts))


def add(sums: dict[Key, Counts], key: Key, counts: Counts) -> None:
    """Add to each number of what is held under the key."""
    held = sums.get(key)
    sums[key] = counts if held is None else tuple(map(operator.add, held, counts))


def difference(known: Mapping[str, CaseFact], facts: Mapping[str, CaseFact]) -> dict[Cell, Counts]:
    """By how much the rollups move when these facts take the place of those known before."""
    moved: dict[Cell, Counts] = {}
    for case_id, fact in facts.items():
        before = known.get(case_id)
        then, now = tallies(before) if before else [], tallies(fact)
        for anchor, day, counts in now:
            if (anchor, day, counts) not in then:
                add(moved, _cell_of(fact, anchor, day), counts)
        for anchor, day, counts in then:
            if (anchor, day, counts) not in now:
                add(moved, _cell_of(fact, anchor, day), tuple(map(operator.neg, counts)))
    return {cell: counts for cell, counts in moved.items() if any(counts)}


def _cell_of(fact: CaseFact, anchor: str, day: date) -> Cell:
    filing = fact.filing
    return Cell(fact.division, anchor, day, filing.category, filing.village_code or "")

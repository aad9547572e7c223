"""What a chunk of steps does: the facts after it, and by how much every rollup moves."""

from collections import Counter as Tally
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from services.stats.domain.case_fact import CaseFact, evolve
from services.stats.domain.case_step import CaseStep
from services.stats.domain.counters import Contribution, contributions


class Cell(NamedTuple):
    """Where a counter is kept: township, day and what the case is counted by."""

    division: str
    counter: str
    day: date
    category: str
    village_code: str


@dataclass(frozen=True, slots=True)
class Movement:
    """The effect of a chunk; `facts` holds the cases that it touched."""

    facts: dict[str, CaseFact] = field(default_factory=dict)
    rollups: dict[Cell, int] = field(default_factory=dict)


def move(known: Mapping[str, CaseFact], steps: Iterable[CaseStep]) -> Movement:
    """Fold the steps onto the facts as they were known before, by case id."""
    after: dict[str, CaseFact | None] = {}
    for step in steps:
        before = after[step.case_id] if step.case_id in after else known.get(step.case_id)
        after[step.case_id] = evolve(before, step)
    facts = {case_id: fact for case_id, fact in after.items() if fact is not None}
    return Movement(facts, _difference(known, facts))


def cells_of(fact: CaseFact, what: Iterable[Contribution]) -> list[Cell]:
    """Where contributions of a case are kept."""
    division, category, village = fact.division, fact.filing.category, fact.filing.village_code
    return [Cell(division, counter, day, category, village or "") for counter, day in what]


def _difference(known: Mapping[str, CaseFact], facts: Mapping[str, CaseFact]) -> dict[Cell, int]:
    """What a case is counted by is stated once, by its filing: its cells differ by day alone."""
    moved: Tally[Cell] = Tally()
    for case_id, fact in facts.items():
        before, now = known.get(case_id), contributions(fact)
        if before is None:
            moved.update(cells_of(fact, now))
        else:
            then = contributions(before)
            moved.update(cells_of(fact, set(now).difference(then)))
            moved.subtract(cells_of(fact, set(then).difference(now)))
    return {cell: change for cell, change in moved.items() if change}

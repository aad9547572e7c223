"""What a chunk of steps does: the facts after it, and by how much every rollup moves."""

import operator
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeVar

from services.stats.domain.step import Step
from services.stats.domain.subject import Counts, Fact, Subject

Key = TypeVar("Key")


class Cell(NamedTuple):
    """Where an anchor's counters are kept: township, day and what the matter is counted by."""

    division: str
    anchor: str
    day: date
    dimensions: tuple[str, ...]
    """In the order of the subject's; empty where nothing is stated."""


@dataclass(frozen=True, slots=True)
class Movement:
    """The effect of a chunk; `facts` holds the matters that it touched."""

    facts: dict[str, Fact] = field(default_factory=dict)
    rollups: dict[Cell, Counts] = field(default_factory=dict)


def move(subject: Subject, known: Mapping[str, Fact], steps: Iterable[Step]) -> Movement:
    """Fold the steps onto the facts as they were known before, by the matter's id."""
    after: dict[str, Fact | None] = {}
    evolve = subject.evolve
    for step in steps:
        about = step.about
        before = after[about] if about in after else known.get(about)
        after[about] = evolve(before, step)
    facts = {about: fact for about, fact in after.items() if fact is not None}
    return Movement(facts, difference(subject, known, facts))


def add(sums: dict[Key, Counts], key: Key, counts: Counts) -> None:
    """Add to each number of what is held under the key."""
    held = sums.get(key)
    sums[key] = counts if held is None else tuple(map(operator.add, held, counts))


def difference(
    subject: Subject, known: Mapping[str, Fact], facts: Mapping[str, Fact]
) -> dict[Cell, Counts]:
    """By how much the rollups move when these facts take the place of those known before."""
    moved: dict[Cell, Counts] = {}
    for about, fact in facts.items():
        before = known.get(about)
        then, now = subject.tallies(before) if before else [], subject.tallies(fact)
        division, dimensions = fact[0], _dimensions_of(subject, fact)
        for anchor, day, counts in now:
            if (anchor, day, counts) not in then:
                add(moved, Cell(division, anchor, day, dimensions), counts)
        for anchor, day, counts in then:
            if (anchor, day, counts) not in now:
                add(
                    moved,
                    Cell(division, anchor, day, dimensions),
                    tuple(map(operator.neg, counts)),
                )
    return {cell: counts for cell, counts in moved.items() if any(counts)}


def _dimensions_of(subject: Subject, fact: Fact) -> tuple[str, ...]:
    """How a matter began never changes, and with it these."""
    return tuple([value or "" for value in subject.dimensions_of(fact)])

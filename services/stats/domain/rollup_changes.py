"""Computes the changes of rollups when facts change."""

import operator
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, TypeVar

from services.stats.domain.counted_subject import CountedSubject, Counts
from shared.folding.subject import Fact

Key = TypeVar("Key")


class Cell(NamedTuple):
    """Where an anchor's counters are kept: township, day and the dimensions of the entity."""

    division: str
    anchor: str
    day: date
    dimensions: tuple[str, ...]
    """In the order of the subject's; empty where nothing is stated."""


def add(sums: dict[Key, Counts], key: Key, counts: Counts) -> None:
    """Add to each number that is kept under the key."""
    kept = sums.get(key)
    sums[key] = counts if kept is None else tuple(map(operator.add, kept, counts))


def rollup_changes(
    subject: CountedSubject, before: Mapping[str, Fact], after: Mapping[str, Fact]
) -> dict[Cell, Counts]:
    """The changes of rollups when the facts `after` replace those `before`."""
    moved: dict[Cell, Counts] = {}
    for entity_id, fact in after.items():
        old = before.get(entity_id)
        if fact is old:
            continue
        then, now = subject.day_counts(old) if old else [], subject.day_counts(fact)
        division, dimensions = fact[0], _dimensions_of(subject, fact)
        before_it = _dimensions_of(subject, old) if old else dimensions
        is_moved = before_it != dimensions
        for each in now:
            if is_moved or each not in then:
                anchor, day, counts = each
                add(moved, Cell(division, anchor, day, dimensions), counts)
        for each in then:
            if is_moved or each not in now:
                anchor, day, counts = each
                add(
                    moved, Cell(division, anchor, day, before_it), tuple(map(operator.neg, counts))
                )
    return {cell: counts for cell, counts in moved.items() if any(counts)}


def _dimensions_of(subject: CountedSubject, fact: Fact) -> tuple[str, ...]:
    """Those of a case may be corrected; then all that it adds moves."""
    return tuple([value or "" for value in subject.dimensions_of(fact)])

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
    dimensions_of = subject.dimensions_of
    for entity_id, fact in after.items():
        old = before.get(entity_id)
        if fact is old:
            continue
        then, now = subject.day_counts(old) if old else [], subject.day_counts(fact)
        division, stated = fact[0], dimensions_of(fact)
        was_stated = dimensions_of(old) if old else stated
        is_moved = was_stated != stated
        dimensions = tuple([value or "" for value in stated])
        for each in now:
            if is_moved or each not in then:
                anchor, day, counts = each
                add(moved, Cell(division, anchor, day, dimensions), counts)
        if is_moved:
            # those of a case may be corrected; then all that it adds moves
            dimensions = tuple([value or "" for value in was_stated])
        for each in then:
            if is_moved or each not in now:
                anchor, day, counts = each
                less = tuple(map(operator.neg, counts))
                add(moved, Cell(division, anchor, day, dimensions), less)
    return {cell: counts for cell, counts in moved.items() if any(counts)}

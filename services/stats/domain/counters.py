"""All counters by name, and what a case contributes to them.

A rollup is the sum of contributions; it moves by what the new fact contributes less what the old
one did, so that nothing is counted twice or left standing.
"""

from datetime import date

from services.stats.domain.anchors import DAYS, Anchor
from services.stats.domain.case_counters import CASE_COUNTERS
from services.stats.domain.case_fact import CaseFact

COUNTERS = {counter.name: counter for counter in CASE_COUNTERS}

OF_ANCHOR = {
    anchor: [counter for counter in CASE_COUNTERS if counter.anchor is anchor] for anchor in Anchor
}
"""Rollups hold one number for each, in this order: a new counter goes behind the others."""

_BY_ANCHOR = [
    (anchor.key, DAYS[anchor], [(counter.name, counter.holds) for counter in counters])
    for anchor, counters in OF_ANCHOR.items()
]

Contribution = tuple[str, date]
"""A counter and the day on which a case adds one to it."""

Counts = tuple[int, ...]
"""A number for each counter of an anchor."""

Tally = tuple[str, date, Counts]
"""An anchor by its key, the day on which a case has it, and what it adds there."""


def contributions(fact: CaseFact) -> list[Contribution]:
    """All that a case adds to, each by one."""
    found: list[Contribution] = []
    for _, day_of, counters in _BY_ANCHOR:
        day = day_of(fact)
        if day is not None:
            found += [(name, day) for name, holds in counters if holds(fact)]
    return found


def tallies(fact: CaseFact) -> list[Tally]:
    """The same by anchors, those on which the case adds nothing left out."""
    found: list[Tally] = []
    for key, day_of, counters in _BY_ANCHOR:
        day = day_of(fact)
        if day is not None:
            counts = tuple([1 if holds(fact) else 0 for _, holds in counters])
            if any(counts):
                found.append((key, day, counts))
    return found

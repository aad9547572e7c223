"""All counters by name, and what a case contributes to them.

A rollup is the sum of contributions; it moves by what the new fact contributes less what the old
one did, so that nothing is counted twice or left standing.
"""

from datetime import date

from services.stats.domain.anchors import DAYS, Anchor
from services.stats.domain.case_counters import CASE_COUNTERS
from services.stats.domain.case_fact import CaseFact

COUNTERS = {counter.name: counter for counter in CASE_COUNTERS}

_BY_ANCHOR = [
    (
        DAYS[anchor],
        [(counter.name, counter.holds) for counter in CASE_COUNTERS if counter.anchor is anchor],
    )
    for anchor in Anchor
]

Contribution = tuple[str, date]
"""A counter and the day on which a case adds one to it."""


def contributions(fact: CaseFact) -> list[Contribution]:
    """All that a case adds to, each by one."""
    found: list[Contribution] = []
    for day_of, counters in _BY_ANCHOR:
        day = day_of(fact)
        if day is not None:
            found += [(name, day) for name, holds in counters if holds(fact)]
    return found

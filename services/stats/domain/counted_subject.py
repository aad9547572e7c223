"""A counted subject: a kind of entity that figures count, and what one of them contributes.

A rollup is the sum of contributions; it moves by what the new fact contributes less what the old
one did, so that nothing is counted twice or left standing.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from services.stats.domain.anchor import Anchor, Lasting, Recurring
from services.stats.domain.counter import Condition, Counter
from shared.folding.occurrence import Occurrence
from shared.folding.subject import Fact, Subject

Counts = tuple[int, ...]
"""A number for each counter of an anchor."""

CountsOf = Callable[[Fact, date], Counts]
"""Of a fact that has the anchor on that day."""

Adds = Callable[[Any], int]
"""What an occasion adds to a counter."""

DayCounts = tuple[str, date, Counts]
"""An anchor by its key, the day on which an entity has it, and what it adds there."""


class Contribution(NamedTuple):
    """A counter, the day on which an entity adds to it, and the occurrence that it counts by."""

    counter: str
    day: date
    occurrence: Occurrence
    times: int = 1


@dataclass(frozen=True, eq=False, kw_only=True)
class CountedSubject(Subject):
    """A subject, what is counted of it, and by what figures may be filtered."""

    dimensions: tuple[str, ...]
    """The names of what figures may be filtered by, in the order of `dimensions_of`."""
    dimensions_of: Callable[[Fact], tuple[str | None, ...]]
    counters: tuple[Counter, ...]

    @cached_property
    def of_anchor(self) -> Mapping[Anchor | Recurring, Sequence[Counter]]:
        """Those that rollups hold."""
        return _by_anchor(counter for counter in self.counters if counter.value is None)

    @cached_property
    def of_key(self) -> Mapping[str, Sequence[Counter]]:
        """A rollup row of that key has a number for each, in this order: a new counter goes behind
        the others. Anchors whose days are mostly the same share a key, and so a row.
        """
        found: dict[str, list[Counter]] = {}
        for anchor, counters in self.of_anchor.items():
            found.setdefault(anchor.key, []).extend(counters)
        return found

    @cached_property
    def _all_of_anchor(self) -> Mapping[Anchor | Recurring, Sequence[Counter]]:
        return _by_anchor(self.counters)

    @cached_property
    def lasting(self) -> Sequence[tuple[Counter, Lasting]]:
        """Those that count days on end, each with its anchor."""
        return [
            (counter, counter.anchor)
            for counter in self.counters
            if isinstance(counter.anchor, Lasting)
        ]

    @cached_property
    def places(self) -> Mapping[str, int]:
        """For each counter its place among those of its anchor's key."""
        return {
            counter.name: place
            for counters in self.of_key.values()
            for place, counter in enumerate(counters)
        }

    def contributions(self, fact: Fact) -> Iterator[Contribution]:
        """All that an entity adds to, and how much; not the days on end, which are `lasting`."""
        for anchor, counters in self._all_of_anchor.items():
            for what, day, occurrence in anchor.of(fact):
                for counter in counters:
                    if times := counter.adds(what):
                        yield Contribution(counter.name, day, occurrence, times)

    def day_counts(self, fact: Fact) -> list[DayCounts]:
        """The same by anchors and days, those on which the entity adds nothing left out."""
        found: list[DayCounts] = []
        for key, occurrence_of, last_day_of, counts_of in self._once:
            if last_day_of is not None:
                day = last_day_of(fact)
                if day is None:
                    continue
            else:
                occurrence = occurrence_of(fact)
                if occurrence is None:
                    continue
                day = occurrence[2]
            counts = counts_of(fact, day)
            if any(counts):
                found.append((key, day, counts))
        for anchor, added in self._recurring:
            found += _day_counts_of(anchor, added, fact)
        return found

    @cached_property
    def _once(self) -> list[tuple[str, Any, Any, CountsOf]]:
        return [
            (
                anchor.key,
                anchor.occurrence,
                anchor.last_day,
                _counts_of(
                    anchor.state,
                    [counter.holds for counter in counters],
                    before=self.places[counters[0].name],
                    width=len(self.of_key[anchor.key]),
                ),
            )
            for anchor, counters in self.of_anchor.items()
            if isinstance(anchor, Anchor)
        ]

    @cached_property
    def _recurring(self) -> list[tuple[Recurring, list[Adds]]]:
        return [
            (anchor, [counter.adds for counter in counters])
            for anchor, counters in self.of_anchor.items()
            if isinstance(anchor, Recurring)
        ]


def _by_anchor(counters: Iterable[Counter]) -> dict[Anchor | Recurring, list[Counter]]:
    """All but those of days on end."""
    found: dict[Anchor | Recurring, list[Counter]] = {}
    for counter in counters:
        if not isinstance(counter.anchor, Lasting):
            found.setdefault(counter.anchor, []).append(counter)
    return found


def _counts_of(
    state_of: Callable[[Fact, date], Hashable] | None,
    conditions: Sequence[Condition],
    *,
    before: int,
    width: int,
) -> CountsOf:
    """By all conditions, or once for each state, since there are few; zeros in the places of
    counters of other anchors.
    """
    first, last = (0,) * before, (0,) * (width - before - len(conditions))

    def asked(fact: Fact, _: date) -> Counts:
        return (*first, *[1 if holds(fact) else 0 for holds in conditions], *last)

    if state_of is None:
        return asked
    known: dict[Hashable, Counts] = {}

    def known_or_asked(fact: Fact, day: date) -> Counts:
        state = state_of(fact, day)
        counts = known.get(state)
        if counts is None:
            counts = known[state] = asked(fact, day)
        return counts

    return known_or_asked


def _day_counts_of(anchor: Recurring, added: list[Adds], fact: Fact) -> list[DayCounts]:
    """One a day, so that no two of them are alike."""
    days: dict[date, Counts] = {}
    for occasion in anchor.occasions(fact):
        day = occasion.occurrence.on
        before = days.get(day)
        counts = tuple([adds(occasion) for adds in added])
        days[day] = counts if before is None else tuple(map(int.__add__, before, counts))
    return [(anchor.key, day, counts) for day, counts in days.items() if any(counts)]

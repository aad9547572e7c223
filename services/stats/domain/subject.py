"""A subject: a kind of matter that is counted, declared once, and what one matter contributes.

A rollup is the sum of contributions; it moves by what the new fact contributes less what the old
one did, so that nothing is counted twice or left standing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from services.stats.domain.anchor import Anchor, Recurring
from services.stats.domain.counter import Condition, Counter
from services.stats.domain.mark import Mark
from services.stats.domain.step import Step
from shared.cloudevents import RecordedEvent
from shared.contracts.catalogue import decode_data
from shared.contracts.event import Event

Fact = Any
"""A subject's own NamedTuple: the division, the matter's id, then what its steps come to."""

Counts = tuple[int, ...]
"""A number for each counter of an anchor."""

Tally = tuple[str, date, Counts]
"""An anchor by its key, the day on which a matter has it, and what it adds there."""


class Contribution(NamedTuple):
    """A counter, the day on which a matter adds one to it, and the mark that its anchor is."""

    counter: str
    day: date
    mark: Mark


@dataclass(frozen=True, eq=False)
class Subject:
    """What is read of which events, what it comes to, and what is counted of it."""

    name: str
    """What one of them is: `case`."""
    source: str
    """Whose events make the facts, as the wire names it: `/intake`."""
    read: Callable[[RecordedEvent, Event], list[Step]]
    """The steps that a decoded event is; none when it is about nothing of this kind."""
    begins_with: str | None
    """The kind of step that comes once and first: what is begun has no fact to be read before."""
    evolve: Callable[[Fact | None, Step], Fact | None]
    """The fact after a step; None while it is not known how the matter began."""
    dimensions: tuple[str, ...]
    """What figures may be narrowed to, as `dimension_of` tells them."""
    dimensions_of: Callable[[Fact], tuple[str | None, ...]]
    counters: tuple[Counter, ...]

    @property
    def service(self) -> str:
        """The service whose ledgers tell of it."""
        return self.source.removeprefix("/")

    def steps_of(self, event: RecordedEvent) -> list[Step]:
        """The steps that an event is.

        Raises UnknownEvent, ValidationError or MatterElsewhere for what breaks the contract.
        """
        return self.read(event, decoded(event))

    def fold(self, steps: Iterable[Step]) -> Fact | None:
        """What the steps of one matter come to, in the order of its ledger."""
        fact = None
        for step in steps:
            fact = self.evolve(fact, step)
        return fact

    @cached_property
    def of_anchor(self) -> Mapping[Anchor | Recurring, Sequence[Counter]]:
        """Rollups hold one number for each, in this order: a new counter goes behind the others."""
        found: dict[Anchor | Recurring, list[Counter]] = {}
        for counter in self.counters:
            found.setdefault(counter.anchor, []).append(counter)
        return found

    @cached_property
    def places(self) -> Mapping[str, int]:
        """For each counter its place among those of its anchor."""
        return {
            counter.name: place
            for counters in self.of_anchor.values()
            for place, counter in enumerate(counters)
        }

    def contributions(self, fact: Fact) -> Iterator[Contribution]:
        """All that a matter adds to, each by one."""
        for anchor, counters in self.of_anchor.items():
            for what, day, mark in anchor.of(fact):
                for counter in counters:
                    if counter.holds(what):
                        yield Contribution(counter.name, day, mark)

    def tallies(self, fact: Fact) -> list[Tally]:
        """The same by anchors and days, those on which the matter adds nothing left out."""
        found: list[Tally] = []
        for key, mark_of, last_day_of, conditions in self._once:
            if last_day_of is not None:
                day = last_day_of(fact)
                if day is None:
                    continue
            else:
                mark = mark_of(fact)
                if mark is None:
                    continue
                day = mark[2]
            counts = tuple([1 if holds(fact) else 0 for holds in conditions])
            if any(counts):
                found.append((key, day, counts))
        for anchor, conditions in self._recurring:
            found += _tallies_of(anchor, conditions, fact)
        return found

    @cached_property
    def _once(self) -> list[tuple[str, Any, Any, list[Condition]]]:
        return [
            (anchor.key, anchor.mark, anchor.last_day, [counter.holds for counter in counters])
            for anchor, counters in self.of_anchor.items()
            if isinstance(anchor, Anchor)
        ]

    @cached_property
    def _recurring(self) -> list[tuple[Recurring, list[Condition]]]:
        return [
            (anchor, [counter.holds for counter in counters])
            for anchor, counters in self.of_anchor.items()
            if isinstance(anchor, Recurring)
        ]


def decoded(event: RecordedEvent) -> Event:
    """The event's data; raises UnknownEvent or ValidationError for what breaks the contract."""
    return decode_data(event.kind, event.schema_version, event.load())


def _tallies_of(anchor: Recurring, conditions: list[Condition], fact: Fact) -> list[Tally]:
    """One a day, so that no two of them are alike."""
    days: dict[date, Counts] = {}
    for occasion in anchor.occasions(fact):
        day, before = occasion.mark.on, days.get(occasion.mark.on)
        counts = tuple([1 if holds(occasion) else 0 for holds in conditions])
        days[day] = counts if before is None else tuple(map(int.__add__, before, counts))
    return [(anchor.key, day, counts) for day, counts in days.items() if any(counts)]

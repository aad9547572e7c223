"""The days in an entity's life on which it can be counted, and the steps by which they are found."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple, Protocol

from services.stats.domain.stretch import Stretch
from shared.folding.occurrence import Occurrence


@dataclass(frozen=True, slots=True)
class Trace:
    """Where to look for entities with an anchor on certain days: in steps of these kinds.

    `by` is the step's own day or the due day that it sets; `later` is how long after that the
    anchor lies.
    """

    kinds: tuple[str, ...]
    by: Literal["day", "due_day"] = "day"
    later: timedelta = timedelta()
    at_most: timedelta = timedelta()
    """The anchor may lie so much later still."""


class Anchored(NamedTuple):
    """What a counter is asked about, the day on which it counts, and the event that made it."""

    what: Any
    day: date
    occurrence: Occurrence


@dataclass(frozen=True, slots=True, eq=False)
class Anchor:
    """A day of an entity; what is counted on it belongs to that day's figures."""

    key: str
    """The name under which its rollups are kept."""
    trace: Trace
    occurrence: Callable[[Any], Occurrence | None]
    """The event by which a fact has the anchor; for the end of a term, the one that began it."""
    last_day: Callable[[Any], date | None] | None = None
    """The end of the term, where the anchor is one."""
    state: Callable[[Any, date], Hashable] | None = None
    """What decides all its counters, for anchors with many: facts of equal states count equally.

    It is given the fact and the day on which that has the anchor.
    """
    other_traces: tuple[Trace, ...] = ()

    @property
    def traces(self) -> tuple[Trace, ...]:
        """All places to look in."""
        return (self.trace, *self.other_traces)

    @property
    def is_due_day(self) -> bool:
        """Whether the day is the end of a term, judged only once that day is over."""
        return self.last_day is not None

    def of(self, fact: Any) -> Iterator[Anchored]:
        """The fact itself, if it has the anchor."""
        occurrence = self.occurrence(fact)
        day = occurrence and occurrence.on if self.last_day is None else self.last_day(fact)
        if occurrence and day:
            yield Anchored(fact, day, occurrence)


class Occasion(Protocol):
    """One of several events of the same kind in an entity's life."""

    @property
    def occurrence(self) -> Occurrence:
        """When it was."""


@dataclass(frozen=True, slots=True, eq=False)
class Recurring:
    """An anchor that an entity may have on many days: each occasion is counted, not the entity."""

    key: str
    trace: Trace
    occasions: Callable[[Any], Sequence[Occasion]]
    other_traces: tuple[Trace, ...] = ()

    @property
    def traces(self) -> tuple[Trace, ...]:
        """All places to look in."""
        return (self.trace, *self.other_traces)

    @property
    def is_due_day(self) -> bool:
        """An occasion is no term."""
        return False

    def of(self, fact: Any) -> Iterator[Anchored]:
        """Each occasion."""
        for occasion in self.occasions(fact):
            yield Anchored(occasion, occasion.occurrence.on, occasion.occurrence)


@dataclass(frozen=True, slots=True, eq=False)
class Lasting:
    """An anchor of days on end: each day of a stretch is counted once it is over, none is kept."""

    key: str
    first_days: Trace
    """Where the first day of an entity's stretches is stated."""
    stretches: Callable[[Any], Sequence[Stretch]]

    @property
    def traces(self) -> tuple[Trace, ...]:
        """Whatever has begun before or within the days that are asked."""
        return (replace(self.first_days, at_most=timedelta.max),)

    @property
    def is_due_day(self) -> bool:
        """A day is judged only once it is over."""
        return True

"""Watched matters (重点关注), as a subject of figures: since when each is on the list, and until when.

watched ─► reviewed … ─► ended
           what did not belong on the list counts as if it had never been there
"""

from typing import NamedTuple

from services.stats.domain.anchor import Anchor, Trace
from services.stats.domain.counted_subject import CountedSubject
from services.stats.domain.counter import Counter, always
from shared.cloudevents import RecordedEvent
from shared.contracts.early_warnings import (
    MatterWatched,
    WatchEnded,
    WatchEvent,
    WatchFoundUnjustified,
)
from shared.contracts.event import Event
from shared.folding.occurrence import Occurrence
from shared.folding.step import Step, first_recorded, occurrence_of, step_of


class WatchFact(NamedTuple):
    """One entry of the list."""

    division: str
    watch_id: str
    watched: Occurrence
    ended: Occurrence | None = None
    unjustified: Occurrence | None = None

    @property
    def came(self) -> Occurrence | None:
        """Its beginning, if it belonged on the list."""
        return None if self.unjustified else self.watched

    @property
    def left(self) -> Occurrence | None:
        """Its end, never before its beginning, whatever times are stated."""
        if self.ended is None or self.unjustified:
            return None
        if self.ended.at >= self.watched.at:
            return self.ended
        return self.watched._replace(seq=self.ended.seq)


def watch_steps(event: RecordedEvent, data: Event) -> list[Step]:
    """The step that an event is, none when it is about no entry; raises EntityElsewhere."""
    return [step_of(event, data.watch_id)] if isinstance(data, WatchEvent) else []


def evolve(fact: WatchFact | None, step: Step) -> WatchFact | None:
    """The fact after a step; an entry whose beginning is not known counts nowhere."""
    if fact is None:
        if step.kind != MatterWatched.kind:
            return None
        return WatchFact(step.division, step.entity_id, occurrence_of(step))
    if step.kind == WatchEnded.kind:
        return fact._replace(ended=first_recorded(fact.ended, step))
    if step.kind == WatchFoundUnjustified.kind:
        return fact._replace(unjustified=first_recorded(fact.unjustified, step))
    return fact


WATCHED = Anchor("watched", Trace((MatterWatched.kind,)), lambda fact: fact.came)
LEFT = Anchor(
    "ended",
    Trace((WatchEnded.kind,)),
    lambda fact: fact.left,
    other_traces=(Trace((MatterWatched.kind,)),),
)


def _no_dimensions(_: object) -> tuple[()]:
    return ()


WATCH = CountedSubject(
    name="watch",
    source="/grid",
    read=watch_steps,
    begins_with=None,
    evolve=evolve,
    dimensions=(),
    dimensions_of=_no_dimensions,
    counters=(
        Counter("matters_put_on_watch", WATCHED, always, ("watched",)),
        Counter("matters_off_watch", LEFT, always, ("watched", "ended")),
    ),
)

"""A step: what the figures need of one event about one matter, whatever kind of matter it is."""

from datetime import date, datetime
from typing import Any, NamedTuple

from services.stats.domain.mark import Mark
from shared.cloudevents import RecordedEvent
from shared.divisions import division_of
from shared.times import china_day


class Step(NamedTuple):
    """One event as it bears on one matter, and its place in the ledger."""

    division: str
    source: str
    seq: int
    about: str
    """The id of the case, mediation … that it is a step of."""
    kind: str
    event_id: str
    at: datetime
    day: date
    """The day of `at` in China."""
    recorded_at: datetime
    said: Any = None
    """What the event states that figures need, as the subject has it; None for most."""
    due_at: datetime | None = None
    """The end of the term that it sets."""


class MatterElsewhere(ValueError):
    """An event about a matter that belongs to another ledger than its own."""


def step_of(
    event: RecordedEvent, about: str, *, said: Any = None, due_at: datetime | None = None
) -> Step:
    """The step that the event is in the life of a matter; raises MatterElsewhere."""
    if division_of(about) != event.division:
        raise MatterElsewhere(f"{event.kind} is about a matter of another division")
    return Step(
        event.division,
        event.source,
        event.sequence,
        about,
        event.kind,
        event.event_id,
        event.occurred_at,
        china_day(event.occurred_at),
        event.recorded_at,
        said,
        due_at,
    )


def mark_of(step: Step) -> Mark:
    """The mark that the step makes."""
    return Mark(step.at, step.seq, step.day)


def stands_or(mark: Mark | None, step: Step) -> Mark:
    """The mark that stands, or the one that the step makes."""
    return mark or mark_of(step)


def earlier(mark: Mark | None, step: Step) -> Mark:
    """The earlier of the two in the world; of equal ones the one that was told first."""
    return mark if mark and mark.at <= step.at else mark_of(step)

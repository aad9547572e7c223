"""A step: one event as it bears on one entity."""

from datetime import date, datetime
from typing import Any, NamedTuple

from shared.cloudevents import RecordedEvent
from shared.folding.occurrence import Occurrence
from shared.times import china_day


class Step(NamedTuple):
    """What a subject needs of one event about one entity, and the event's place in its ledger."""

    division: str
    source: str
    seq: int
    entity_id: str
    kind: str
    event_id: str
    at: datetime
    day: date
    """The day of `at` in China."""
    recorded_at: datetime
    stated: Any = None
    """What the event states that the subject needs, in the subject's own type; None for most."""
    due_at: datetime | None = None
    """The end of the term that the event sets."""


class EntityElsewhere(ValueError):
    """The event is about an entity that belongs to another ledger than the event's own."""


def step_of(
    event: RecordedEvent, entity_id: str, *, stated: Any = None, due_at: datetime | None = None
) -> Step:
    """The step that the event is for an entity.

    An entity's id is its division, a hyphen and the rest, like every id: a place may be
    `519900101-519900101201`. Raises EntityElsewhere for an id of another division.
    """
    if entity_id.partition("-")[0] != event.division:
        raise EntityElsewhere(f"{event.kind} is about an entity of another division")
    return Step(
        event.division,
        event.source,
        event.sequence,
        entity_id,
        event.kind,
        event.event_id,
        event.occurred_at,
        china_day(event.occurred_at),
        event.recorded_at,
        stated,
        due_at,
    )


def occurrence_of(step: Step) -> Occurrence:
    """When the step happened, with its event."""
    return Occurrence(step.at, step.seq, step.day)


def first_recorded(kept: Occurrence | None, step: Step) -> Occurrence:
    """The occurrence that is kept already, or the step's own."""
    return kept or occurrence_of(step)


def earliest(kept: Occurrence | None, step: Step) -> Occurrence:
    """Whichever happened earlier; of two at the same moment the one that was recorded first."""
    return kept if kept and kept.at <= step.at else occurrence_of(step)

"""A subject: a kind of entity, declared once: whose events, and what they come to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from shared.cloudevents import RecordedEvent
from shared.contracts.catalogue import decode_data
from shared.contracts.event import Event
from shared.folding.step import Step

Fact = Any
"""A subject's own NamedTuple: the division, the entity's id, then what its steps come to."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Subject:
    """Which events are read, as which steps, and what the steps of one entity come to."""

    name: str
    """What one entity is called: `case`."""
    source: str
    """Whose events tell of it, as the wire names them: `/intake`."""
    read: Callable[[RecordedEvent, Event], list[Step]]
    """The steps that a decoded event is; none when it is about no entity of this kind."""
    begins_with: str | None
    """The kind of step that comes once and first: its entity has no fact to be read before."""
    evolve: Callable[[Fact | None, Step], Fact | None]
    """The fact after a step; None while it is not known how the entity began."""

    @property
    def service(self) -> str:
        """The service whose ledgers tell of it."""
        return self.source.removeprefix("/")

    def steps_of(self, event: RecordedEvent) -> list[Step]:
        """The steps that an event is.

        Raises UnknownEvent, ValidationError or EntityElsewhere for what breaks the contract.
        """
        return self.read(event, decoded(event))

    def fold(self, steps: Iterable[Step]) -> Fact | None:
        """What the steps of one entity come to, in the order of its ledger."""
        fact = None
        for step in steps:
            fact = self.evolve(fact, step)
        return fact

    def fold_onto(self, before: Mapping[str, Fact], steps: Iterable[Step]) -> dict[str, Fact]:
        """The facts that the steps touch as they stand after them, by the entities' ids.

        `before` holds the facts as they stood; those that no step is about are left out.
        """
        after: dict[str, Fact | None] = {}
        evolve = self.evolve
        for step in steps:
            entity_id = step.entity_id
            known = after[entity_id] if entity_id in after else before.get(entity_id)
            after[entity_id] = evolve(known, step)
        return {entity_id: fact for entity_id, fact in after.items() if fact is not None}


def decoded(event: RecordedEvent) -> Event:
    """The event's data; raises UnknownEvent or ValidationError for what breaks the contract."""
    return decode_data(event.kind, event.schema_version, event.load())

"""The fold of intake's events that also keeps the county's units and posts, for whom evidence is kept from."""

from collections.abc import Sequence

from services.stats.stream.subject_fold import SubjectFold
from shared.cloudevents import RecordedEvent
from shared.folding.subject import decoded
from shared.known_units import REGISTRY_KINDS, follow_registry
from shared.postgres import Connection


class RegistryFold(SubjectFold):
    """Of subjects, and of the registry."""

    async def apply(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        """Write what the events say, in the caller's transaction."""
        await super().apply(connection, events)
        await _follow(connection, events)

    async def apply_late(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        """The same of events that come after later ones."""
        await super().apply_late(connection, events)
        await _follow(connection, events)


async def _follow(connection: Connection, events: Sequence[RecordedEvent]) -> None:
    for event in events:
        if event.kind in REGISTRY_KINDS:
            await follow_registry(connection, event, decoded(event))

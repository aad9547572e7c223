"""Events as another service's ledger has them, for whoever follows it."""

from datetime import UTC, datetime

from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event
from shared.divisions import division_of, new_id

AT = datetime(2025, 6, 1, 2, tzinfo=UTC)


def recorded(source: str, stream_id: str, fact: Event, *, at: datetime = AT) -> RecordedEvent:
    """A fact of that service; its place in the ledger is nobody's business here."""
    division = division_of(stream_id)
    return RecordedEvent(
        source=source,
        division=division,
        sequence=1,
        stream_id=stream_id,
        event_id=new_id(division),
        kind=fact.kind,
        schema_version=fact.schema_version,
        data=fact.to_canonical(),
        occurred_at=at,
        recorded_at=at,
        previous_hash=b"",
        hash=b"",
    )

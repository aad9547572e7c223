"""Ledgers that a test fills event by event, each at the next sequence of its township."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar

from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event
from shared.divisions import new_id
from shared.times import CHINA

TOWNSHIP, NEIGHBOUR, COUNTY = "519900101", "519900102", "519900"
FIRST_RECORDED = datetime(2026, 1, 1, 1, tzinfo=UTC)


def noon(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(12), CHINA)


@dataclass
class MadeUpLedger:
    """Events are recorded one after another, a minute apart, whenever they occurred."""

    source: ClassVar[str]
    division: str = TOWNSHIP
    events: list[RecordedEvent] = field(default_factory=list)
    recorded_at: datetime = FIRST_RECORDED

    def record(
        self, event: Event, about: str, on: str | datetime, cause: str | None = None
    ) -> None:
        self.recorded_at += timedelta(minutes=1)
        recorded = RecordedEvent(
            source=self.source,
            division=self.division,
            sequence=len(self.events) + 1,
            stream_id=about,
            event_id=new_id(self.division),
            kind=event.kind,
            schema_version=event.schema_version,
            data=event.to_canonical(),
            occurred_at=noon(on) if isinstance(on, str) else on,
            recorded_at=self.recorded_at,
            previous_hash=bytes(32),
            hash=bytes(32),
            causation_id=cause,
        )
        self.events.append(recorded)

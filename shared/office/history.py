"""The answer that shows a whole record: its state, and its events with their positions."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any

import orjson
from fastapi import Depends, Query, Response
from pydantic import BaseModel

from shared.divisions import division_of
from shared.handling import Record
from shared.http import Position, answered
from shared.ledger.read import StreamEvent
from shared.office.command_context import etag
from shared.office.occurrence_time import Day
from shared.refusals import invalid
from shared.times import start_of, to_wire

Span = tuple[datetime | None, datetime | None]


class HistoryItem(BaseModel):
    """An event of a record: its position, its id, the post that stated it and its cause."""

    position: str
    event_id: str
    event: str
    schema_version: int
    occurred_at: datetime
    recorded_at: datetime
    actor_ref: str | None
    causation_id: str | None
    data: dict[str, Any]


def with_history(
    service: str,
    content: Mapping[str, object],
    record: Record[Any],
    history: Sequence[StreamEvent],
    *,
    without: Collection[str] = (),
) -> Response:
    """`content` of the record with its history, and its version as `ETag`.

    The events with an id in `without` are left out.
    """
    division = division_of(history[0].stream_id)
    shown = {
        **content,
        "history": [
            _item(service, division, each) for each in history if each.event_id not in without
        ],
    }
    response = answered(shown, Position(service, division, record.last_seq))
    response.headers["ETag"] = etag(record.version)
    return response


def _item(service: str, division: str, event: StreamEvent) -> dict[str, object]:
    return {
        "position": str(Position(service, division, event.sequence)),
        "event_id": event.event_id,
        "event": event.kind,
        "schema_version": event.schema_version,
        "occurred_at": to_wire(event.occurred_at),
        "recorded_at": to_wire(event.recorded_at),
        "actor_ref": event.actor_ref,
        "causation_id": event.causation_id,
        "data": orjson.Fragment(event.data),
    }


def span_of(first: str, last: str) -> Any:
    """Two query parameters, days in China, both inclusive; converted to a half-open interval."""

    async def days(
        begins: Annotated[Day | None, Query(alias=first)] = None,
        ends: Annotated[Day | None, Query(alias=last)] = None,
    ) -> Span:
        if begins and ends and ends < begins:
            raise invalid(last, "The period ends before it begins")
        return (
            start_of(begins) if begins else None,
            start_of(ends + timedelta(days=1)) if ends else None,
        )

    return Depends(days)


Days = Annotated[Span, span_of("from", "to")]
"""`from` and `to` of a list."""
DueDays = Annotated[Span, span_of("due_from", "due_to")]
"""`due_from` and `due_to`: between which days a term ends."""

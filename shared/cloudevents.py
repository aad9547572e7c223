"""CloudEvents 1.0: a ledger's event as a Kafka message (binary mode) and in exports."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import orjson

from shared.times import from_wire, to_wire

Headers = list[tuple[str, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedEvent:
    """An event as stored in its ledger and as read from Kafka."""

    source: str
    division: str
    sequence: int
    stream_id: str
    event_id: str
    kind: str
    schema_version: int
    data: bytes
    actor_ref: str | None = None
    correlation_id: str | None = None
    causation_id: str | None = None
    occurred_at: datetime
    recorded_at: datetime
    digest: bytes = b""
    previous_hash: bytes
    hash: bytes

    @property
    def dataschema(self) -> str:
        """The path of the data's JSON schema."""
        return f"/contracts/{self.kind}/{self.schema_version}"

    def load(self) -> Any:
        """The data as JSON values."""
        return orjson.loads(self.data)


class NotOurs(ValueError):
    """The message is not an event of a ledger; the reason never quotes the message."""


_CONTENT_TYPE = ("content-type", b"application/json")


def to_headers(event: RecordedEvent) -> Headers:
    """The event's headers, without absent optional ones."""
    headers = [
        ("ce_specversion", b"1.0"),
        ("ce_id", event.event_id.encode()),
        ("ce_type", event.kind.encode()),
        ("ce_source", event.source.encode()),
        ("ce_subject", event.stream_id.encode()),
        ("ce_time", to_wire(event.occurred_at).encode()),
        ("ce_dataschema", event.dataschema.encode()),
        ("ce_partitionkey", event.division.encode()),
        ("ce_sequence", str(event.sequence).encode()),
        ("ce_recordedtime", to_wire(event.recorded_at).encode()),
        ("ce_previoushash", event.previous_hash.hex().encode()),
        ("ce_hash", event.hash.hex().encode()),
        _CONTENT_TYPE,
    ]
    for name, value in _references(event):
        headers.append((f"ce_{name}", value.encode()))
    return headers


def _references(event: RecordedEvent) -> list[tuple[str, str]]:
    named = (
        ("actorref", event.actor_ref),
        ("correlationid", event.correlation_id),
        ("causationid", event.causation_id),
    )
    return [(name, value) for name, value in named if value is not None]


def from_message(headers: Iterable[tuple[str, bytes]], value: bytes | None) -> RecordedEvent:
    """Parse a Kafka message; raises NotOurs if it is not an event."""
    named = dict(headers)
    try:
        kind, version = _schema(named["ce_type"], named["ce_dataschema"])
        return RecordedEvent(
            source=named["ce_source"].decode(),
            division=named["ce_partitionkey"].decode(),
            sequence=_number(named["ce_sequence"]),
            stream_id=named["ce_subject"].decode(),
            event_id=named["ce_id"].decode(),
            kind=kind,
            schema_version=version,
            data=_body(value),
            actor_ref=_text(named, "ce_actorref"),
            correlation_id=_text(named, "ce_correlationid"),
            causation_id=_text(named, "ce_causationid"),
            occurred_at=from_wire(named["ce_time"].decode()),
            recorded_at=from_wire(named["ce_recordedtime"].decode()),
            previous_hash=bytes.fromhex(named["ce_previoushash"].decode()),
            hash=bytes.fromhex(named["ce_hash"].decode()),
        )
    except NotOurs:
        raise
    except KeyError as fault:
        raise NotOurs(f"the header {fault.args[0]} is missing") from None
    except (ValueError, AttributeError) as fault:
        raise NotOurs(f"a header cannot be read ({type(fault).__name__})") from None


def _body(value: bytes | None) -> bytes:
    if not value:
        raise NotOurs("the message has no value")
    return value


def _number(text: bytes) -> int:
    """A whole number from 1, in plain digits."""
    if not (text.isdigit() and text[0] != ord("0") and len(text) < 19):
        raise NotOurs("a number in a header is none")
    return int(text)


def _text(named: dict[str, bytes], name: str) -> str | None:
    value = named.get(name)
    return None if value is None else value.decode()


@lru_cache(maxsize=256)
def _schema(named: bytes, schema: bytes) -> tuple[str, int]:
    kind = named.decode()
    prefix, version = schema.decode().rsplit("/", 1)
    if prefix != f"/contracts/{kind}":
        raise NotOurs("ce_dataschema does not belong to ce_type")
    return kind, _number(version.encode())


def to_structured(event: RecordedEvent) -> dict[str, Any]:
    """The event in CloudEvents' structured JSON form, as exports hold it."""
    return {
        "specversion": "1.0",
        "id": event.event_id,
        "type": event.kind,
        "source": event.source,
        "subject": event.stream_id,
        "time": to_wire(event.occurred_at),
        "dataschema": event.dataschema,
        "partitionkey": event.division,
        "sequence": str(event.sequence),
        "recordedtime": to_wire(event.recorded_at),
        **dict(_references(event)),
        "previoushash": event.previous_hash.hex(),
        "hash": event.hash.hex(),
        "datacontenttype": "application/json",
        "data": event.load(),
    }

"""The events of a history in the order in which they became known."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from pydantic import ValidationError

from cli.refusals import BadInput
from services.grid.domain.back_test import KINDS, HistoryClock
from shared.cloudevents import RecordedEvent
from shared.contracts.catalogue import UnknownEvent, decode_data
from shared.contracts.event import Event
from shared.divisions import division_of
from shared.services import LEDGER_KEEPERS
from shared.times import epoch_microseconds, from_wire

_TABLES = """
    create table event (at integer, ledger text, sequence integer, line blob,
        primary key (ledger, sequence));
"""
_ORDER = "create index in_order on event (at, ledger, sequence)"
_EARLIEST, _LATEST = 1900, 9900
_SCHEMA = "/contracts/"


class NotAnEvent(ValueError):
    """The line is no event of this ledger; the reason never repeats what the line says."""


class Line(NamedTuple):
    """An event as it is written in an export."""

    kind: str
    ledger: str
    sequence: int
    occurred_at: datetime
    recorded_at: datetime
    text: bytes


@dataclass(slots=True)
class History:
    """Collects events, then gives them in order."""

    database: sqlite3.Connection
    clock: HistoryClock
    read: int = 0
    """How many events were read, those included that no rule needs."""
    kept: int = 0
    _rows: list[tuple[int, str, int, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.database.executescript(_TABLES)
        self.database.execute("begin")

    def add(self, line: Line) -> None:
        """Keep an event that the walk reads; one that is there already stays as it is."""
        self.read += 1
        if line.kind not in KINDS:
            return
        at = self.clock.known_at(line.occurred_at, line.recorded_at)
        self._rows.append((epoch_microseconds(at), line.ledger, line.sequence, line.text))
        if len(self._rows) >= 1000:
            self._write()

    def in_order(self) -> Iterator[tuple[RecordedEvent, Event]]:
        """Every event once; raises BadInput for one that this release cannot read."""
        self._write()
        self.database.execute(_ORDER)
        query = "select ledger, sequence, line from event order by at, ledger, sequence"
        for ledger, sequence, text in self.database.execute(query):
            self.kept += 1
            yield _decoded(orjson.loads(text), f"ledger {ledger}, event {sequence}")

    def _write(self) -> None:
        self.database.executemany("insert or ignore into event values (?, ?, ?, ?)", self._rows)
        self._rows.clear()


def line_of(text: bytes) -> Line:
    """The event of a line of JSON; raises NotAnEvent."""
    try:
        return _line(orjson.loads(text), text)
    except NotAnEvent:
        raise
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise NotAnEvent("it is no event as an export writes it") from fault


def _line(members: dict[str, Any], text: bytes) -> Line:
    service, division = members["source"].removeprefix("/"), members["partitionkey"]
    sequence = _number(members["sequence"])
    occurred_at, recorded_at = map(_moment, (members["time"], members["recordedtime"]))
    if service not in LEDGER_KEEPERS or not isinstance(members["data"], dict):
        raise NotAnEvent("it is of no service that keeps ledgers")
    if {division_of(members["id"]), division_of(members["subject"])} != {division}:
        raise NotAnEvent("its id, its record and its ledger are not of one division")
    ledger = f"{service}/{division}"
    return Line(str(members["type"]), ledger, sequence, occurred_at, recorded_at, text)


def _decoded(members: dict[str, Any], where: str) -> tuple[RecordedEvent, Event]:
    kind, schema = members["type"], str(members.get("dataschema"))
    try:
        version = _number(schema.removeprefix(f"{_SCHEMA}{kind}/"))
        event = decode_data(kind, version, members["data"])
    except UnknownEvent as unknown:
        raise BadInput(f"{where}: a later release wrote it ({kind}).") from unknown
    except (ValidationError, ValueError, LookupError) as invalid:
        raise BadInput(f"{where}: the event {kind} is not as it has to be.") from invalid
    recorded = RecordedEvent(
        source=members["source"],
        division=members["partitionkey"],
        sequence=_number(members["sequence"]),
        stream_id=members["subject"],
        event_id=members["id"],
        kind=kind,
        schema_version=version,
        data=b"",
        occurred_at=from_wire(members["time"]),
        recorded_at=from_wire(members["recordedtime"]),
        previous_hash=b"",
        hash=b"",
    )
    return recorded, event


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and text[0] != "0" and len(text) < 17):
        raise NotAnEvent("a number in it is none")
    return int(text)


def _moment(text: str) -> datetime:
    moment = from_wire(text)
    if not _EARLIEST < moment.year < _LATEST:
        raise NotAnEvent("its time is out of all bounds")
    return moment

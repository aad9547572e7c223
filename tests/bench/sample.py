"""Events like a county's: lives of cases over all townships, and the wish that begins one."""

from collections.abc import Iterator
from datetime import date, timedelta

import psycopg

from shared.cloudevents import RecordedEvent
from shared.contracts.case_codes import Category, Channel
from tests.bench.stage import TOWNSHIPS
from tests.parts import FreshDatabase
from tests.stats.lives import Ledger

_FIRST_DAY = date(2024, 1, 1)
_CATEGORIES = list(Category)
_CHANNELS = [Channel.ONLINE, Channel.VISIT, Channel.LETTER, Channel.CALL]

FILING = {
    "channel": "visit",
    "purpose": "request",
    "category": "land",
    "headcount": 1,
    "first_or_repeat": "first",
    "person": {"name": "测试甲", "phone": "000-5550100"},
    "narrative": "村东头的地界多年不清，请求丈量并给出书面答复。" * 4,
}


def lives(events: int) -> list[RecordedEvent]:
    """So many events, four a case, the townships mixed as they come."""
    each = -(-events // len(TOWNSHIPS))
    ledgers = [_township(code, number, each) for number, code in enumerate(TOWNSHIPS)]
    return [event for row in zip(*ledgers, strict=True) for event in row][:events]


def _township(code: str, number: int, events: int) -> list[RecordedEvent]:
    ledger = Ledger(code)
    for case in range(-(-events // 4)):
        filed = _FIRST_DAY + timedelta(days=case % 700)
        case_id = ledger.file(
            filed.isoformat(),
            category=_CATEGORIES[(case + number) % len(_CATEGORIES)],
            channel=_CHANNELS[case % len(_CHANNELS)],
            village=f"{code}{case % 12 + 201}",
        )
        for step, days in ((ledger.accept, 3), (ledger.serve, 30), (ledger.resolve, 35)):
            step(case_id, (filed + timedelta(days=days)).isoformat())
    return ledger.events[:events]


_COLUMNS = (
    "division_code, seq, stream_id, version, event_id, kind, schema_version, data, actor_ref,"
    " occurred_at, recorded_at, digest, previous_hash, hash"
)


def store(database: FreshDatabase, events: list[RecordedEvent]) -> None:
    """Put events into a ledger's tables from beneath."""
    heads = {event.division: event.sequence for event in events}
    with psycopg.connect(database.superuser_dsn) as connection, connection.cursor() as cursor:
        with cursor.copy(f"copy event ({_COLUMNS}) from stdin") as copy:
            for row in map(_row, events):
                copy.write_row(row)
        cursor.executemany(
            "insert into ledger (division_code, head_seq, head_recorded_at) values (%s, %s, now())",
            list(heads.items()),
        )


def _row(event: RecordedEvent) -> tuple[object, ...]:
    return (
        event.division,
        event.sequence,
        event.stream_id,
        event.sequence,
        event.event_id,
        event.kind,
        event.schema_version,
        event.data.decode(),
        "post-1",
        event.occurred_at,
        event.recorded_at,
        bytes(32),
        bytes(32),
        bytes(32),
    )


def in_helpings(events: list[RecordedEvent], size: int) -> Iterator[list[RecordedEvent]]:
    for start in range(0, len(events), size):
        yield events[start : start + size]

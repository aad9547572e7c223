"""A made-up rule over places, the command that it decides on, and a topic to read events from."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import psycopg
from aiokafka.structs import ConsumerRecord

from shared.cloudevents import RecordedEvent, to_headers
from shared.contracts.event import Event
from shared.contracts.intake import CaseFiled, CaseWithdrawn
from shared.decider import Decider
from shared.due import DueRow, DueRunner
from shared.handling import Handling, Prepare, ready
from shared.ledger import Ledger
from shared.office.due_commands import DueCommands, caused_by_row
from shared.office.following import Following
from shared.office.stateful_policy import Decision, Rule
from shared.postgres import Connection, Pool, new_pool, transaction
from shared.streaming.chunk_writer import ChunkWriter
from shared.streaming.messages import parse_places
from shared.streaming.parking import Parking
from tests.parts import FreshDatabase
from tests.shared.folding.places import PLACES, PlaceFact
from tests.shared.ledgers import COUNTY

SERVICE, KIND, TOPIC = "trial", "warning", "concord.intake"
LONG_AFTER = datetime(2026, 6, 1, tzinfo=UTC)


def decide(before: PlaceFact | None, after: PlaceFact, _: RecordedEvent) -> Iterable[Decision]:
    """Warn of a place when a filing has completed a cluster there."""
    if after.cluster and (before is None or before.cluster != after.cluster):
        yield Decision(about=after.place_id, payload={"place": after.place_id})


RULE = Rule(name="cluster-of-filings", kind=KIND, tables=PLACES, decide=decide)


@dataclass(frozen=True)
class Warn:
    """Each command is an event: one that is carried out twice is seen twice."""

    stream_id: str


def _warn(command: Warn, _: None) -> list[Event]:
    stream_id = command.stream_id
    return [CaseWithdrawn(matter_id=stream_id, case_id=stream_id, statement_recorded=True)]


WARNING: Decider[Warn, None, Event] = Decider(
    initial=None, decide=_warn, evolve=lambda state, _: state
)


def stream_of(place_id: str) -> str:
    return f"{place_id.partition('-')[0]}-{uuid5(NAMESPACE_URL, place_id)}"


class Killed(BaseException):
    """The process is gone: nothing of it catches this."""


@dataclass
class Trial:
    """A service that follows a topic by a rule; a later process sees what an earlier one left."""

    database: FreshDatabase
    pool: Pool
    events: Sequence[RecordedEvent] = ()
    now: datetime = LONG_AFTER
    following: Following = field(
        default_factory=lambda: Following(
            service=SERVICE, source="/intake", stateful={CaseFiled.kind: [RULE]}
        )
    )

    async def read(
        self, start: int, end: int, *, singly: bool = False, killed: bool = False
    ) -> None:
        """The events from one place of the topic to another, in one transaction as a worker's."""
        records = [_record(offset, self.events[offset]) for offset in range(start, end)]
        found = parse_places(records, source="/intake", county=COUNTY)
        parking = Parking(
            self.pool, bootstrap="127.0.0.1:1", topic=TOPIC, source="/intake", county=COUNTY
        )
        writer = ChunkWriter(self.following, parking)
        async with transaction(self.pool, COUNTY) as connection:
            await writer.write(connection, found, "topic", singly=singly)
            if killed:
                raise Killed

    async def carry_out(self, *, killed_after: int | None = None) -> None:
        """Make commands of what is due; the process is killed after so many of them."""
        carried_out = 0

        async def one(row: DueRow) -> None:
            nonlocal carried_out
            await self.warn(row)
            carried_out += 1
            if carried_out == killed_after:
                raise Killed

        self.now += timedelta(hours=1)
        await self.runner(DueCommands(carry_out=one)).work_off()

    def runner(self, handler: DueCommands) -> DueRunner:
        return DueRunner(
            self.pool, handler, service=SERVICE, county=COUNTY, kind=KIND, now=lambda: self.now
        )

    async def warn(self, row: DueRow) -> None:
        stream_id = stream_of(str(row.payload["place"]))
        prepare: Prepare[None, Warn] = ready(Warn(stream_id), at=row.due_at)
        request = caused_by_row(row, prepare, stream_id, service=SERVICE, county=COUNTY)
        await self._handling().handle(request)

    def _handling(self) -> Handling[Warn, None]:
        ledger = Ledger(self.pool, source=f"/{SERVICE}")
        return Handling(ledger=ledger, decider=WARNING, answer=lambda _: None)

    async def warned(self) -> list[tuple[str, str]]:
        """The stream of each command's event, and the event that caused it, in their order."""
        return await self._rows(
            "select stream_id, causation_id from event order by division_code, seq"
        )

    async def due(self) -> dict[str, str]:
        """The state of each due row by its key."""
        return dict(await self._rows("select key, state from due_row"))

    async def _rows(self, query: Any) -> list[Any]:
        async with transaction(self.pool, COUNTY) as connection:
            return await (await connection.execute(query)).fetchall()

    def rebuild(self) -> None:
        """Forget state and positions, and nothing else: all events are read again."""
        with psycopg.connect(self.database.superuser_dsn, autocommit=True) as connection:
            connection.execute("truncate place_step, place_fact, inbox, parked")


class FailsOnce:
    """A stateful policy that is broken at first, after it has written its state."""

    def __init__(self) -> None:
        self.broken = True

    async def __call__(
        self, connection: Connection, event: RecordedEvent, fact: Event
    ) -> Sequence[DueRow]:
        rows = await RULE(connection, event, fact)
        if self.broken and rows:
            raise LookupError
        return rows


@asynccontextmanager
async def trial_in(database: FreshDatabase) -> AsyncIterator[Trial]:
    """With empty tables."""
    with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
        connection.execute(
            "truncate place_step, place_fact, inbox, parked, due_row, due_lease, event, ledger,"
            " command_receipt"
        )
    async with new_pool(database.dsn, name="trial", size=4) as pool:
        yield Trial(database, pool)


@asynccontextmanager
async def trial_again(trial: Trial) -> AsyncIterator[Trial]:
    """The next process of the same service, over what the last one left."""
    async with new_pool(trial.database.dsn, name="trial", size=4) as pool:
        yield replace(trial, pool=pool)


def _record(offset: int, event: RecordedEvent) -> ConsumerRecord[Any, Any]:
    return ConsumerRecord(
        topic=TOPIC,
        partition=0,
        offset=offset,
        timestamp=0,
        timestamp_type=0,
        key=event.division.encode(),
        value=event.data,
        checksum=None,
        serialized_key_size=9,
        serialized_value_size=len(event.data),
        headers=tuple(to_headers(event)),
    )

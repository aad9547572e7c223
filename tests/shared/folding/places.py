"""A made-up subject: places, of which three filings within seven days make a cluster."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any, LiteralString, NamedTuple

import psycopg
from psycopg.types.json import Jsonb

from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event
from shared.contracts.intake import CaseFiled
from shared.folding.occurrence import Occurrence
from shared.folding.step import Step, occurrence_of, step_of
from shared.folding.subject import Subject
from shared.folding.tables import Column, SubjectTables
from tests.parts import FreshDatabase, PostgresForTests
from tests.shared.ledgers import fresh_ledgers

CLUSTER, WINDOW = 3, timedelta(days=7)

CREATE: LiteralString = """
    create table place_step (
        division_code text collate "C" not null,
        source        text collate "C" not null,
        seq           bigint not null,
        place_id      text collate "C" not null,
        kind          text collate "C" not null,
        event_id      text collate "C" not null,
        occurred_at   timestamptz not null,
        recorded_at   timestamptz not null,
        day           date not null,
        due_at        timestamptz,
        due_day       date,
        primary key (division_code, source, seq, place_id)
    );
    create index place_step_of_place on place_step (division_code, place_id, seq);
    create table place_fact (
        division_code text collate "C" not null,
        place_id      text collate "C" not null,
        recent        jsonb not null,
        cluster_at    timestamptz,
        cluster_seq   bigint,
        primary key (division_code, place_id)
    );
    select concord_protect('place_step', 'select, insert');
    select concord_protect('place_fact', 'select, insert, update');
"""


class PlaceFact(NamedTuple):
    """What is known of one place: the filings that may still become a cluster, and the last one."""

    division: str
    place_id: str
    recent: tuple[Occurrence, ...] = ()
    cluster: Occurrence | None = None


def place_steps(event: RecordedEvent, data: Event) -> list[Step]:
    if not isinstance(data, CaseFiled) or data.village_code is None:
        return []
    return [step_of(event, f"{event.division}-{data.village_code}")]


def evolve(fact: PlaceFact | None, step: Step) -> PlaceFact:
    """A cluster uses up its filings: the next one needs three more."""
    fact = fact or PlaceFact(step.division, step.entity_id)
    found = (*fact.recent, occurrence_of(step))
    latest = max(each.at for each in found)
    recent = tuple(each for each in found if latest - each.at < WINDOW)
    if len(recent) < CLUSTER:
        return fact._replace(recent=recent)
    return fact._replace(recent=(), cluster=occurrence_of(step))


PLACE = Subject(name="place", source="/intake", read=place_steps, begins_with=None, evolve=evolve)


def _write(recent: Iterable[Occurrence]) -> Jsonb:
    return Jsonb([each.to_json() for each in recent])


def _read(written: list[list[Any]]) -> tuple[Occurrence, ...]:
    return tuple(map(Occurrence.from_json, written))


PLACES = SubjectTables(
    subject=PLACE,
    name="place",
    fact_as=PlaceFact,
    values=(Column("recent", "jsonb", write=_write, read=_read),),
    occurrences=("cluster",),
)


def places_database(postgres: PostgresForTests, folder: Path) -> FreshDatabase:
    """A service's database with an inbox, ledgers and the tables of places."""
    database = fresh_ledgers(postgres, folder)
    with psycopg.connect(database.owner_dsn, autocommit=True) as connection:
        connection.execute("select set_config('concord.role', %s, false)", (database.role,))
        connection.execute(CREATE)
    return database

"""The ledger on a real PostgreSQL: no gap, one chain, nothing by halves, nothing out of scope."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest

from shared.divisions import new_id
from shared.ledger import (
    Appended,
    Author,
    Conflict,
    KeyReused,
    Ledger,
    NewEvent,
    Receipt,
    Repeated,
    Statement,
)
from shared.ledger.chain import FIRST, digest_of, hash_after
from shared.ledger.errors import OutsideScope, RowTaken
from shared.postgres import new_pool, transaction
from tests.parts import FreshDatabase, PostgresForTests
from tests.shared.ledgers import COUNTY, DIVISION, NEIGHBOUR, fresh_ledgers

pytestmark = pytest.mark.parts

CLERK = Author(scope=DIVISION, actor_ref="post-1", correlation_id="request-1")
NEIGHBOURS_CLERK = Author(scope=NEIGHBOUR, actor_ref="post-2")


@pytest.fixture(scope="module")
def database(
    postgres: PostgresForTests, tmp_path_factory: pytest.TempPathFactory
) -> FreshDatabase:
    return fresh_ledgers(postgres, tmp_path_factory.mktemp("trial"))


@pytest.fixture
async def ledger(postgres: PostgresForTests, tmp_path: Path) -> AsyncIterator[Ledger]:
    fresh = fresh_ledgers(postgres, tmp_path)
    async with new_pool(fresh.dsn, name="trial") as pool:
        yield Ledger(pool, source="/trial")


def an_event(stream: str, version: int, *, data: bytes = b'{"a":1}') -> NewEvent:
    return NewEvent(
        stream_id=stream,
        version=version,
        event_id=new_id(stream[:9]),
        kind="thing-done",
        schema_version=1,
        data=data,
        occurred_at=datetime(2025, 3, 4, tzinfo=UTC),
    )


def a_row(division: str = DIVISION) -> Statement:
    return Statement(
        "insert into inbox (source, division_code) values ('/other', %(division)s)",
        {"division": division},
    )


async def rows_beside(ledger: Ledger) -> int:
    async with transaction(ledger.pool, COUNTY) as connection:
        found = await (await connection.execute("select count(*) from inbox")).fetchone()
    assert found is not None
    return int(found[0])


async def test_events_are_numbered_without_a_gap(ledger: Ledger) -> None:
    one, other = new_id(DIVISION), new_id(DIVISION)
    assert await ledger.append(DIVISION, [an_event(one, 1)], CLERK) == Appended(1, 1)
    several = [an_event(other, 1), an_event(one, 2), an_event(other, 2)]
    assert await ledger.append(DIVISION, several, CLERK) == Appended(2, 4)
    read = await ledger.read(DIVISION, DIVISION)
    assert [event.sequence for event in read] == [1, 2, 3, 4]
    assert [event.stream_id for event in read] == [one, other, one, other]


async def test_the_chain_is_what_a_stranger_computes(ledger: Ledger) -> None:
    stream = new_id(DIVISION)
    for version in range(1, 6):
        await ledger.append(
            DIVISION, [an_event(stream, version, data=b'{"z":"\xe6\xb0\xb4"}')], CLERK
        )
    previous = FIRST
    for event in await ledger.read(DIVISION, DIVISION):
        digest = digest_of(
            event_id=event.event_id,
            kind=event.kind,
            schema_version=event.schema_version,
            source="/trial",
            stream_id=event.stream_id,
            division=DIVISION,
            occurred_at=event.occurred_at,
            data=event.data,
            actor_ref=event.actor_ref,
            correlation_id=event.correlation_id,
            causation_id=event.causation_id,
        )
        assert event.previous_hash == previous
        assert event.digest == digest
        previous = hash_after(previous, digest, event.sequence, event.recorded_at)
        assert event.hash == previous


async def test_recorded_time_never_runs_backwards(ledger: Ledger) -> None:
    stream = new_id(DIVISION)
    await ledger.append(DIVISION, [an_event(stream, 1)], CLERK)
    async with transaction(ledger.pool, COUNTY) as connection:
        await connection.execute("update ledger set head_recorded_at = now() + interval '1 hour'")
    await ledger.append(DIVISION, [an_event(stream, 2)], CLERK)
    first, second = await ledger.read(DIVISION, DIVISION)
    assert (second.recorded_at - first.recorded_at).total_seconds() > 3590


async def test_a_version_that_is_taken_is_a_conflict_and_nothing_is_written(
    ledger: Ledger,
) -> None:
    stream = new_id(DIVISION)
    await ledger.append(DIVISION, [an_event(stream, 1)], CLERK)
    fresh = new_id(DIVISION)
    outcome = await ledger.append(
        DIVISION, [an_event(fresh, 1), an_event(stream, 1)], CLERK, also=[a_row()]
    )
    assert outcome == Conflict()
    assert await ledger.stream(DIVISION, fresh) == []
    assert await rows_beside(ledger) == 0


async def test_a_version_ahead_of_the_stream_is_a_conflict(ledger: Ledger) -> None:
    assert await ledger.append(DIVISION, [an_event(new_id(DIVISION), 2)], CLERK) == Conflict()


async def test_rows_beside_the_events_are_written_with_them(ledger: Ledger) -> None:
    stream = new_id(DIVISION)
    assert await ledger.append(DIVISION, [an_event(stream, 1)], CLERK, also=[a_row()]) == Appended(
        1, 1
    )
    assert await rows_beside(ledger) == 1


async def test_a_row_that_is_there_already_undoes_the_events(ledger: Ledger) -> None:
    stream = new_id(DIVISION)
    await ledger.append(DIVISION, [an_event(stream, 1)], CLERK, also=[a_row()])
    with pytest.raises(RowTaken, match="inbox"):
        await ledger.append(DIVISION, [an_event(stream, 2)], CLERK, also=[a_row()])
    assert len(await ledger.read(DIVISION, DIVISION)) == 1


async def test_a_row_of_another_township_undoes_the_events(ledger: Ledger) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await ledger.append(
            DIVISION, [an_event(new_id(DIVISION), 1)], CLERK, also=[a_row(NEIGHBOUR)]
        )
    assert await ledger.read(DIVISION, DIVISION) == []


def a_receipt(request: bytes = b"request", key: str = "key") -> Receipt:
    return Receipt(route="POST /things", key=key, request_mac=request, response=b"sealed answer")


async def test_the_same_request_is_answered_again_and_appended_once(ledger: Ledger) -> None:
    first = [an_event(new_id(DIVISION), 1)]
    assert await ledger.append(DIVISION, first, CLERK, receipt=a_receipt()) == Appended(1, 1)
    again = [an_event(new_id(DIVISION), 1)]
    outcome = await ledger.append(DIVISION, again, CLERK, receipt=a_receipt(), also=[a_row()])
    assert outcome == Repeated(1, b"sealed answer")
    assert len(await ledger.read(DIVISION, DIVISION)) == 1
    assert await rows_beside(ledger) == 0


async def test_a_key_of_another_request_is_said_to_be_reused(ledger: Ledger) -> None:
    await ledger.append(DIVISION, [an_event(new_id(DIVISION), 1)], CLERK, receipt=a_receipt())
    other = [an_event(new_id(DIVISION), 1)]
    outcome = await ledger.append(DIVISION, other, CLERK, receipt=a_receipt(b"another"))
    assert outcome == KeyReused()


async def test_a_key_counts_per_township_and_actor(ledger: Ledger) -> None:
    for author in (CLERK, NEIGHBOURS_CLERK, Author(scope=DIVISION, actor_ref="post-3")):
        division = author.scope
        event = an_event(new_id(division), 1)
        outcome = await ledger.append(division, [event], author, receipt=a_receipt())
        assert isinstance(outcome, Appended)


async def test_a_wish_that_changes_nothing_leaves_its_receipt(ledger: Ledger) -> None:
    outcome = await ledger.append(DIVISION, [], CLERK, receipt=a_receipt(), position=7)
    assert outcome == Appended(None, 7)
    assert await ledger.append(DIVISION, [], CLERK, receipt=a_receipt(), position=9) == Repeated(
        7, b"sealed answer"
    )


async def test_another_township_is_out_of_reach(ledger: Ledger) -> None:
    stream = new_id(NEIGHBOUR)
    await ledger.append(NEIGHBOUR, [an_event(stream, 1)], NEIGHBOURS_CLERK)
    with pytest.raises(OutsideScope):
        await ledger.append(NEIGHBOUR, [an_event(stream, 2)], CLERK)
    assert await ledger.stream(DIVISION, stream) == []
    assert await ledger.read(DIVISION, NEIGHBOUR) == []
    assert len(await ledger.read(COUNTY, NEIGHBOUR)) == 1


async def test_writers_of_one_township_queue_and_leave_no_gap(ledger: Ledger) -> None:
    streams = [new_id(DIVISION) for _ in range(8)]

    async def write(stream: str) -> None:
        for version in range(1, 26):
            outcome = await ledger.append(DIVISION, [an_event(stream, version)], CLERK)
            assert isinstance(outcome, Appended)

    await asyncio.gather(*(write(stream) for stream in streams))
    events = await ledger.read(DIVISION, DIVISION)
    assert [event.sequence for event in events] == list(range(1, 201))
    assert all(a.hash == b.previous_hash for a, b in pairwise(events))
    assert all(a.recorded_at <= b.recorded_at for a, b in pairwise(events))


async def test_of_two_that_want_the_same_version_one_gets_it(ledger: Ledger) -> None:
    stream = new_id(DIVISION)
    outcomes = await asyncio.gather(
        *(ledger.append(DIVISION, [an_event(stream, 1)], CLERK) for _ in range(6))
    )
    assert sum(isinstance(outcome, Appended) for outcome in outcomes) == 1
    assert outcomes.count(Conflict()) == 5


async def test_hostile_text_is_kept_as_it_is(ledger: Ledger) -> None:
    stream = new_id(DIVISION)
    hostile = b'{"x":"\'; drop table event; -- \\u0000 \xf0\x9f\x90\x89"}'
    await ledger.append(DIVISION, [an_event(stream, 1, data=hostile)], CLERK)
    [event] = await ledger.read(DIVISION, DIVISION)
    assert event.data == hostile


# --- what the service's own role may do with raw SQL ------------------------------------------

REFUSED = [
    "update event set data = '{}'",
    "delete from event",
    "truncate event",
    "delete from ledger",
    "delete from command_receipt",
    "update command_receipt set response = ''",
    "alter table event disable row level security",
    "drop policy within_scope on event",
    "alter function ledger_append_v1 rename to mine",
    "create table mine (a int)",
]


@pytest.mark.parametrize("attempt", REFUSED)
def test_the_services_role_cannot_rewrite_history(database: FreshDatabase, attempt: str) -> None:
    with psycopg.connect(database.dsn) as connection:
        connection.execute("select set_config('concord.scope', %s, false)", (COUNTY,))
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(attempt.encode())


@pytest.mark.parametrize("scope", [None, "", NEIGHBOUR, "5199001010", "51990010"])
async def test_raw_sql_sees_only_what_lies_in_scope(ledger: Ledger, scope: str | None) -> None:
    await ledger.append(DIVISION, [an_event(new_id(DIVISION), 1)], CLERK)
    async with ledger.pool.connection() as connection:
        if scope is not None:
            await connection.execute("select set_config('concord.scope', %s, false)", (scope,))
        found = await (await connection.execute("select count(*) from event")).fetchone()
        await connection.execute("reset concord.scope")
    within = scope == "51990010"  # a prefix that no token can carry: the door refuses its length
    assert found == (1 if within else 0,)


def test_the_services_role_can_become_nobody_else(database: FreshDatabase) -> None:
    owner = psycopg.conninfo.conninfo_to_dict(database.owner_dsn)["user"]
    for role in (str(owner), "postgres", "pg_read_all_data"):
        become = psycopg.sql.SQL("set role {}").format(psycopg.sql.Identifier(role))
        with (
            psycopg.connect(database.dsn) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(become)

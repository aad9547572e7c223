"""The ledger on a real PostgreSQL: no gap, one chain, nothing by halves, nothing out of scope."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest
from psycopg import errors

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
from shared.ledger.errors import EventTooLarge, OutsideScope, RowTaken
from shared.postgres import new_pool, transaction
from shared.topics import LARGEST_EVENT_BYTES
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


@pytest.fixture(params=[1, 3], ids=["one event", "several events"])
def count(request: pytest.FixtureRequest) -> int:
    """One event and several go by two functions of the database, which do the same."""
    amount: int = request.param
    return amount


def a_stream(count: int, division: str = DIVISION) -> list[NewEvent]:
    stream = new_id(division)
    return [an_event(stream, version) for version in range(1, count + 1)]


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


async def test_a_failure_leaves_its_connection_of_use(ledger: Ledger) -> None:
    """The last statement would be prepared just when the one before it fails."""

    def beside(division: str) -> list[Statement]:
        mark = Statement("select set_config('trial.mark', %(mark)s, true)", {"mark": "1"})
        return [a_row(division), mark]

    for failures in range(1, 8):
        township = f"5199001{failures:02}"
        author = Author(scope=township, actor_ref="post-1")
        for _ in range(failures):
            with pytest.raises(errors.InsufficientPrivilege):
                await ledger.append(
                    township, a_stream(1, township), author, also=beside(DIVISION[:6] + "199")
                )
        begun = await ledger.append(township, a_stream(1, township), author, also=beside(township))
        assert begun == Appended(1, 1)


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


async def test_a_version_ahead_of_the_stream_is_a_conflict(ledger: Ledger, count: int) -> None:
    begun = a_stream(count + 1)
    assert await ledger.append(DIVISION, begun[1:], CLERK) == Conflict()
    assert await ledger.append(DIVISION, begun[:1], CLERK) == Appended(1, 1)
    assert await ledger.append(DIVISION, begun[1:], CLERK) == Appended(2, count + 1)
    assert await ledger.append(DIVISION, begun[1:], CLERK, also=[a_row()]) == Conflict()
    assert await rows_beside(ledger) == 0


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


async def test_the_same_request_is_answered_again_and_appended_once(
    ledger: Ledger, count: int
) -> None:
    first = a_stream(count)
    assert await ledger.append(DIVISION, first, CLERK, receipt=a_receipt()) == Appended(1, count)
    for again in (a_stream(count), a_stream(4 - count)):
        outcome = await ledger.append(DIVISION, again, CLERK, receipt=a_receipt(), also=[a_row()])
        assert outcome == Repeated(count, b"sealed answer")
    assert len(await ledger.read(DIVISION, DIVISION)) == count
    assert await rows_beside(ledger) == 0


async def test_a_key_of_another_request_is_said_to_be_reused(ledger: Ledger, count: int) -> None:
    await ledger.append(DIVISION, a_stream(1), CLERK, receipt=a_receipt())
    other = a_stream(count)
    outcome = await ledger.append(DIVISION, other, CLERK, receipt=a_receipt(b"another"))
    assert outcome == KeyReused()
    assert len(await ledger.read(DIVISION, DIVISION)) == 1


async def test_a_receipt_says_where_its_events_stand(ledger: Ledger, count: int) -> None:
    await ledger.append(DIVISION, a_stream(2), CLERK)
    await ledger.append(DIVISION, a_stream(count), CLERK, receipt=a_receipt())
    async with transaction(ledger.pool, DIVISION) as connection:
        kept = await connection.execute(
            "select first_seq, last_seq, recorded_at = (select max(recorded_at) from event)"
            " from command_receipt"
        )
        assert await kept.fetchall() == [(3, 2 + count, True)]


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


async def test_what_no_topic_would_take_is_not_recorded(ledger: Ledger) -> None:
    stream, text = new_id(DIVISION), b'"' + b"x" * (LARGEST_EVENT_BYTES - 2) + b'"'
    largest, beyond = an_event(stream, 1, data=text), an_event(stream, 3, data=text + b" ")
    await ledger.append(DIVISION, [largest], CLERK)
    with pytest.raises(EventTooLarge):
        await ledger.append(DIVISION, [an_event(stream, 2), beyond], CLERK)
    assert len(await ledger.read(DIVISION, DIVISION)) == 1


async def test_writers_of_one_township_queue_and_leave_no_gap(ledger: Ledger) -> None:
    streams = [new_id(DIVISION) for _ in range(8)]

    async def write(stream: str) -> None:
        for version in (1, 2, 4, 5, 7, 8, *range(10, 26)):
            several = [an_event(stream, version)]
            if version in {2, 5, 8}:
                several.append(an_event(stream, version + 1))
            assert isinstance(await ledger.append(DIVISION, several, CLERK), Appended)

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
    "alter function ledger_append_v2 rename to mine",
    "alter function ledger_append_one_v2 rename to mine",
    "alter table ledger disable trigger ledger_time",
    "drop trigger ledger_time on ledger",
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

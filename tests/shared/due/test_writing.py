"""Rows are written in the transaction of what sets their time, or not at all."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from psycopg import errors

from shared.canonical import NotCanonical
from shared.divisions import new_id
from shared.due import DueRow, Outcome, Patience, cancel, move, put, resume, write
from shared.ledger import Appended, Author, Conflict, Ledger, NewEvent
from shared.postgres import transaction
from tests.parts import FreshDatabase, PostgresForTests
from tests.shared.due.trials import KIND, Trial, a_row, due_database, minute, trial_in
from tests.shared.ledgers import DIVISION, NEIGHBOUR

pytestmark = pytest.mark.parts

CLERK = Author(scope=DIVISION, actor_ref="post-1")


@pytest.fixture(scope="module")
def database(
    postgres: PostgresForTests, tmp_path_factory: pytest.TempPathFactory
) -> FreshDatabase:
    return due_database(postgres, tmp_path_factory.mktemp("trial"))


@pytest.fixture
async def trial(database: FreshDatabase) -> AsyncIterator[Trial]:
    async with trial_in(database) as opened:
        yield opened


def an_event(stream: str, version: int) -> NewEvent:
    return NewEvent(
        stream_id=stream,
        version=version,
        event_id=new_id(DIVISION),
        kind="thing-done",
        schema_version=1,
        data=b"{}",
        occurred_at=datetime(2025, 3, 4, tzinfo=UTC),
    )


async def test_a_row_is_written_with_the_append_that_sets_its_time_or_not(trial: Trial) -> None:
    ledger, stream = Ledger(trial.pool, source="/trial"), new_id(DIVISION)
    outcome = await ledger.append(
        DIVISION, [an_event(stream, 1)], CLERK, also=[put([a_row("a", 1)])]
    )
    assert isinstance(outcome, Appended)
    late = [move(DIVISION, KIND, "a", due_at=minute(9)), put([a_row("b", 1)])]
    outcome = await ledger.append(DIVISION, [an_event(stream, 1)], CLERK, also=late)
    assert isinstance(outcome, Conflict)
    assert await trial.rows() == {(DIVISION, "a"): (minute(1), "waiting", 0)}
    outcome = await ledger.append(
        DIVISION, [an_event(stream, 2)], CLERK, also=[cancel(DIVISION, KIND, "a")]
    )
    assert isinstance(outcome, Appended)
    trial.now = minute(60)
    assert not await trial.runner().work_once()


async def park(trial: Trial, *rows: DueRow) -> None:
    async def fail(_: str, __: Sequence[DueRow]) -> list[Outcome]:
        raise LookupError

    await trial.put(*rows)
    once = Patience(most_tries=1)
    await trial.runner(fail, patience=once).work_off()
    assert {state for _, state, _ in (await trial.rows()).values()} == {"parked"}


async def test_a_parked_row_that_is_cancelled_is_not_resumed(trial: Trial) -> None:
    await park(trial, a_row("a", 0), a_row("b", 0))
    await trial.write(cancel(DIVISION, KIND, "a"))
    await trial.write(resume(DIVISION, KIND))
    await trial.runner().work_off()
    assert [row.key for rows in trial.handled for row in rows] == ["b"]
    assert (await trial.rows())[DIVISION, "a"] == (minute(0), "cancelled", 1)


async def test_a_parked_row_that_is_moved_falls_due_at_its_new_time_alone(trial: Trial) -> None:
    await park(trial, a_row("a", 0))
    await trial.write(move(DIVISION, KIND, "a", due_at=minute(9)))
    assert await trial.rows() == {(DIVISION, "a"): (minute(9), "waiting", 0)}
    await trial.write(resume(DIVISION, KIND))
    assert not await trial.runner().work_once()
    trial.now = minute(9)
    await trial.runner().work_off()
    assert [[row.due_at for row in rows] for rows in trial.handled] == [[minute(9)]]


async def test_a_row_that_a_follower_writes_goes_with_its_transaction(trial: Trial) -> None:
    async with transaction(trial.pool, DIVISION) as connection:
        await write(connection, [put([a_row("a", 1)])])
        await connection.rollback()
    assert await trial.rows() == {}


async def test_a_row_that_is_put_again_stays_as_it_is(trial: Trial) -> None:
    row = a_row("a", 0, causation_id="event-1", correlation_id="request-1", payload={"n": 1})
    await trial.put(row)
    await trial.put(replace(row, due_at=minute(5)))
    await trial.runner().work_off()
    assert trial.handled == [[row]]
    await trial.put(row)
    assert await trial.rows() == {(DIVISION, "a"): (minute(0), "done", 0)}
    assert not await trial.runner().work_once()


async def test_nothing_is_put_outside_the_scope(trial: Trial) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        await trial.write(put([a_row("a", 0, NEIGHBOUR)]), scope=DIVISION)
    await trial.put(a_row("a", 0, NEIGHBOUR))
    await trial.write(cancel(NEIGHBOUR, KIND, "a"), scope=DIVISION)
    assert await trial.rows() == {(NEIGHBOUR, "a"): (minute(0), "waiting", 0)}


def test_a_payload_is_canonical() -> None:
    with pytest.raises(NotCanonical):
        put([a_row("a", 0, payload={"share": 0.5})])

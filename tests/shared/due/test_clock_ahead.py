"""A clock that ran ahead holds no rows back once it is right, and is blamed on no row."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from shared.due import Done, DueRow, Outcome
from shared.ledger import ClockNotBelieved
from shared.postgres import new_pool
from tests.parts import PostgresForTests
from tests.shared.due.trials import BASE, Trial, a_row, due_database

pytestmark = pytest.mark.parts

AHEAD = timedelta(days=400)


@pytest.fixture
async def trial(postgres: PostgresForTests, tmp_path: Path) -> AsyncIterator[Trial]:
    database = due_database(postgres, tmp_path)
    async with new_pool(database.dsn, name="trial", size=6) as pool:
        yield Trial(pool)


async def test_a_lease_taken_under_it_ends_with_it(trial: Trial) -> None:
    """Its holder was killed."""
    await trial.put(a_row("one", due=0))
    trial.now = BASE + AHEAD
    assert await trial.runner()._leases.take(trial.now) is not None
    trial.now = BASE
    assert await trial.runner().work_once()
    assert [row.key for [row] in trial.handled] == ["one"]


async def test_rows_whose_appends_it_refuses_wait_untried_and_are_done_when_it_is_right(
    trial: Trial,
) -> None:
    await trial.put(a_row("one", due=0))
    tried: list[int] = []

    async def append(_: str, rows: Sequence[DueRow]) -> list[Outcome]:
        tried.extend(row.tries for row in rows)
        if trial.now > BASE:
            raise ClockNotBelieved("not now")
        return [Done()] * len(rows)

    for days in range(20):
        trial.now = BASE + AHEAD + timedelta(days=days)
        assert await trial.runner(append).work_once()
    trial.now = BASE
    assert await trial.runner(append).work_once()
    assert tried == [0] * 21

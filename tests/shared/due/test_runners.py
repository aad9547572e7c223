"""Several processes on the same rows, leases that run out, faults, and what is told of them."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import psycopg
import pytest
from prometheus_client import REGISTRY

from shared.background import end
from shared.due import Done, DueRow, Outcome, Patience, looking, move, resume, run_together
from shared.due.backlog import lateness
from shared.due.leasing import Lease, Leases
from shared.handling import RecordOfALaterRelease, StreamMovedOn
from shared.postgres import Pool
from shared.refusals import Refusal
from shared.testing.waiters import eventually
from tests.parts import FreshDatabase, PostgresForTests
from tests.shared.due.trials import KIND, Trial, a_row, due_database, minute, trial_in
from tests.shared.ledgers import DIVISION, NEIGHBOUR

pytestmark = pytest.mark.parts

LEDGERS = (DIVISION, NEIGHBOUR, "519900103")


@pytest.fixture(scope="module")
def database(
    postgres: PostgresForTests, tmp_path_factory: pytest.TempPathFactory
) -> FreshDatabase:
    return due_database(postgres, tmp_path_factory.mktemp("trial"))


@pytest.fixture
async def trial(database: FreshDatabase) -> AsyncIterator[Trial]:
    async with trial_in(database) as opened:
        yield opened


class Killed(BaseException):
    """The process is gone: nothing of it catches this."""


class NotSo(Refusal):
    """It is not so."""


def told(metric: str, **labels: str) -> float:
    named = {"service": "trial", "kind": KIND} | labels
    return REGISTRY.get_sample_value(metric, named) or 0


async def states(trial: Trial) -> dict[str, str]:
    return {key: state for (_, key), (_, state, _) in (await trial.rows()).items()}


async def test_after_a_pause_all_is_caught_up_in_order_with_the_true_due_times(
    trial: Trial,
) -> None:
    due = [a_row(f"{number:02}", number, division) for number in range(20) for division in LEDGERS]
    await trial.put(*random.Random(3).sample(due, len(due)))
    trial.now = minute(60 * 24 * 30)
    await trial.runner(most_rows=4).work_off()
    for division in LEDGERS:
        handled = [row for rows in trial.handled for row in rows if row.division == division]
        assert [row.due_at for row in handled] == [minute(number) for number in range(20)]
    oldest = [rows[0].due_at for rows in trial.handled]
    assert oldest == sorted(oldest)


async def test_many_processes_that_are_killed_lose_nothing_and_double_nothing(
    trial: Trial,
) -> None:
    due = [a_row(f"{number:03}", number, division) for number in range(60) for division in LEDGERS]
    await trial.put(*due)
    chance = random.Random(5)
    killed = 0

    async def handle(_: str, rows: Sequence[DueRow]) -> list[Outcome]:
        for row in rows:
            await trial.have_effect([row])
            if chance.random() < 0.05:
                raise Killed
        return [Done()] * len(rows)

    async def a_process() -> None:
        """Started again whenever it is killed, and while anything is left."""
        nonlocal killed
        patience = Patience(lease=timedelta(milliseconds=100))
        runner = trial.runner(handle, now=lambda: None, most_rows=9, patience=patience)
        while "waiting" in {state for _, state, _ in (await trial.rows()).values()}:
            try:
                await runner.work_off()
            except Killed:
                killed += 1
            await asyncio.sleep(0.01)

    async with asyncio.timeout(60):
        await asyncio.gather(*(a_process() for _ in range(4)))
    effects = await trial.effects()
    assert killed > 3
    assert sorted(effects) == sorted((row.division, row.command_key) for row in due)
    for division in LEDGERS:
        own = [key for of, key in effects if of == division]
        assert all(earlier < later for earlier, later in pairwise(own))


async def test_a_holder_whose_lease_ran_out_takes_nothing_from_the_next_one(trial: Trial) -> None:
    await trial.put(a_row("a", 0), a_row("b", 1))
    trial.now = minute(5)
    begun, leased, settled = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def slow(division: str, rows: Sequence[DueRow]) -> list[Outcome]:
        begun.set()
        trial.now += timedelta(minutes=4)
        await leased.wait()
        return await trial.handle(division, rows)

    async def next_holder(division: str, rows: Sequence[DueRow]) -> list[Outcome]:
        leased.set()
        await settled.wait()
        return await trial.handle(division, rows)

    late = asyncio.create_task(trial.runner(slow, most_rows=1).work_once())
    await begun.wait()
    following = asyncio.create_task(trial.runner(next_holder, most_rows=1).work_once())
    assert await late
    assert await states(trial) == {"a": "done", "b": "waiting"}
    assert not await trial.runner(most_rows=1).work_once()
    settled.set()
    assert await following
    assert await trial.runner(most_rows=1).work_once()
    assert [key for _, key in await trial.effects()] == [
        a_row("a", 0).command_key,
        a_row("b", 1).command_key,
    ]


async def test_a_row_that_is_moved_while_it_is_handled_falls_due_again(trial: Trial) -> None:
    await trial.put(a_row("a", 0))

    async def meanwhile(_: str, rows: Sequence[DueRow]) -> list[Outcome]:
        await trial.write(move(DIVISION, KIND, "a", due_at=minute(9)))
        return await trial.handle(_, rows)

    assert await trial.runner(meanwhile).work_once()
    assert await states(trial) == {"a": "waiting"}
    trial.now = minute(9)
    assert await trial.runner().work_once()
    assert [key for _, key in await trial.effects()] == [
        a_row("a", 0).command_key,
        a_row("a", 9).command_key,
    ]


async def test_a_row_that_fails_holds_back_its_own_ledger_alone_and_is_parked(
    trial: Trial,
) -> None:
    await trial.put(a_row("a", 0), a_row("b", 1), a_row("c", 2), a_row("n", 2, NEIGHBOUR))

    async def handle(division: str, rows: Sequence[DueRow]) -> list[Outcome]:
        if any(row.key == "b" for row in rows):
            raise LookupError
        return await trial.handle(division, rows)

    trial.now = minute(10)
    assert await trial.runner(handle).work_off() == 2
    assert await states(trial) == {"a": "done", "b": "waiting", "c": "waiting", "n": "done"}
    for _ in range(2):
        trial.now += timedelta(minutes=10)
        await trial.runner(handle).work_off()
    assert await states(trial) == {"a": "done", "b": "parked", "c": "done", "n": "done"}
    await trial.runner().measure()
    assert told("concord_due_rows_parked") == 1
    await trial.write(resume(DIVISION, KIND))
    await trial.runner().work_off()
    await trial.runner().measure()
    assert told("concord_due_rows_parked") == 0
    assert set((await states(trial)).values()) == {"done"}


@pytest.mark.parametrize("fault", [StreamMovedOn, RecordOfALaterRelease])
async def test_contention_is_tried_again_and_a_rules_refusal_is_not(
    trial: Trial, fault: type[Refusal]
) -> None:
    await trial.put(a_row("a", 0), a_row("b", 1))
    faults: dict[str, Exception] = {"a": NotSo(), "b": fault()}
    refused = told("concord_due_refused_total", type="not-so")

    async def handle(division: str, rows: Sequence[DueRow]) -> list[Outcome]:
        for row in rows:
            if row.key in faults:
                raise faults[row.key]
        return await trial.handle(division, rows)

    trial.now = minute(10)
    await trial.runner(handle).work_off()
    assert await states(trial) == {"a": "refused", "b": "waiting"}
    assert told("concord_due_refused_total", type="not-so") == refused + 1
    del faults["b"]
    trial.now = minute(20)
    await trial.runner(handle).work_off()
    assert await states(trial) == {"a": "refused", "b": "done"}


async def test_a_record_of_a_later_release_is_waited_for_as_long_as_it_takes(
    trial: Trial,
) -> None:
    await trial.put(a_row("a", 0), a_row("b", 1))

    async def handle(division: str, rows: Sequence[DueRow]) -> list[Outcome]:
        raise RecordOfALaterRelease

    for _ in range(5):
        trial.now += timedelta(minutes=10)
        assert await trial.runner(handle).work_once()
    assert await states(trial) == {"a": "waiting", "b": "waiting"}
    trial.now += timedelta(minutes=10)
    await trial.runner().work_off()
    assert await states(trial) == {"a": "done", "b": "done"}


async def test_the_lag_is_that_of_the_oldest_row_that_is_due(trial: Trial) -> None:
    await trial.put(a_row("a", 3), a_row("n", 5, NEIGHBOUR))
    for now, lag in ((0, 0), (3, 0), (10, 7 * 60)):
        trial.now = minute(now)
        await trial.runner().measure()
        assert told("concord_clock_scheduler_lag_seconds") == lag
    await trial.runner().work_off()
    await trial.runner().measure()
    assert told("concord_clock_scheduler_lag_seconds") == 0


async def test_the_loop_works_by_the_databases_clock_and_gives_its_lease_back(
    trial: Trial,
) -> None:
    blocked, first = asyncio.Event(), asyncio.Event()

    async def block(_: str, rows: Sequence[DueRow]) -> list[Outcome]:
        first.set()
        await blocked.wait()
        return [Done()] * len(rows)

    now = datetime.now(UTC)
    soon = now + timedelta(milliseconds=300)
    await trial.put(a_row("a", 0), replace(a_row("b", 0), due_at=now + timedelta(hours=1)))
    await trial.put(replace(a_row("n", 0, NEIGHBOUR), due_at=soon))
    loop = asyncio.create_task(trial.runner(block, now=lambda: None).run())
    await first.wait()
    loop.cancel()
    with suppress(asyncio.CancelledError):
        await loop
    runner = trial.runner(now=lambda: None)
    loop = asyncio.create_task(runner.run())

    async def are_done() -> bool:
        runner.nudge()
        return await states(trial) == {"a": "done", "b": "waiting", "n": "done"}

    await eventually(are_done)
    loop.cancel()
    with suppress(asyncio.CancelledError):
        await loop


async def test_a_process_that_is_stopped_at_any_moment_gives_its_lease_back(trial: Trial) -> None:
    await trial.put(a_row("a", 0))
    chance = random.Random(7)
    for _ in range(60):
        first = asyncio.Event()

        async def block(
            _: str, rows: Sequence[DueRow], begun: asyncio.Event = first
        ) -> list[Outcome]:
            begun.set()
            await asyncio.Event().wait()
            return []

        loop = asyncio.create_task(trial.runner(block, now=lambda: None).run())
        async with asyncio.timeout(20):
            await first.wait()
            await asyncio.sleep(chance.choice([0, chance.random() * 0.004]))
            loop.cancel()
            with suppress(asyncio.CancelledError):
                await loop
    assert await states(trial) == {"a": "waiting"}


async def test_a_database_that_is_away_is_waited_for_and_counts_against_no_row(
    trial: Trial,
) -> None:
    await trial.put(a_row("a", 0))

    async def handle(_: str, rows: Sequence[DueRow]) -> list[Outcome]:
        raise psycopg.OperationalError

    for _ in range(5):
        trial.now += timedelta(minutes=10)
        assert await trial.runner(handle).work_once()
        assert not await trial.runner(handle).work_once()
    assert await trial.rows() == {(DIVISION, "a"): (minute(0), "waiting", 0)}


async def test_idle_runners_of_a_process_look_together(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, takes = list[int](), list[str]()
    look, take = lateness, Leases.take

    async def counted_look(
        pool: Pool, county: str, moments: dict[str, datetime | None]
    ) -> dict[str, float]:
        looks.append(len(moments))
        return await look(pool, county, moments)

    async def counted_take(leases: Leases, now: datetime | None) -> Lease | None:
        takes.append(leases.kind)
        return await take(leases, now)

    monkeypatch.setattr(looking, "lateness", counted_look)
    monkeypatch.setattr(Leases, "take", counted_take)
    kinds = [f"kind{number}" for number in range(5)]
    runners = [trial.runner(kind=kind, look_seconds=0.1, workers=1) for kind in kinds]
    running = asyncio.create_task(run_together(runners))
    try:
        await eventually(lambda: len(looks) >= 5)
        assert set(looks) == {5}
        # one as each began, and none since: nothing was due
        assert sorted(takes) == kinds
        await trial.put(replace(a_row("1", -1), kind="kind3"))
        await eventually(lambda: trial.handled)
    finally:
        await end(running)
    assert trial.handled == [[replace(a_row("1", -1), kind="kind3")]]
    assert set(takes[5:]) == {"kind3"}

"""Waits for positions: one poller for all of them, bounded, and nothing is left of them."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import pytest

from shared.http.position_waits import MOST_OF_A_POST, PositionWaits
from shared.http.positions import LedgerPlace, Position
from shared.http.refusals import PositionNotReached, TooBusy
from tests.parts import PostgresForTests
from tests.shared.ledgers import fresh_ledgers

LEDGER = ("intake", "519900101")
ROUNDS = 20


class Heads:
    """Ledgers in memory, which count how often they are asked for."""

    def __init__(self) -> None:
        self.heads: dict[LedgerPlace, int] = {}
        self.asked = 0
        self.fault: Exception | None = None

    async def __call__(self, ledgers: Collection[LedgerPlace]) -> dict[LedgerPlace, int]:
        self.asked += 1
        await asyncio.sleep(0.001)
        if self.fault is not None:
            raise self.fault
        return {ledger: self.heads[ledger] for ledger in ledgers if ledger in self.heads}


async def test_one_poller_wakes_everybody_who_waits() -> None:
    heads = Heads()
    waits = PositionWaits(heads, follows={"intake"})
    tasks = [
        asyncio.create_task(waits.until([Position(*LEDGER, number % 9)], post=str(number)))
        for number in range(500)
    ]
    await asyncio.gather(*tasks[::9])
    assert sum(task.done() for task in tasks) == 56
    # 500 of them, each asking for itself, would be 500 questions at least
    assert heads.asked < 20
    heads.heads[LEDGER] = 8
    await asyncio.gather(*tasks)


async def test_the_poller_ends_with_the_last_waiter_and_starts_again() -> None:
    heads = Heads()
    waits = PositionWaits(heads, follows={"intake"})
    for _ in range(3):
        with pytest.raises(PositionNotReached):
            await waits.until([Position(*LEDGER, 1)], post="post-1", within=0.02)
        await asyncio.sleep(0.1)
        asked = heads.asked
        await asyncio.sleep(0.1)
        assert heads.asked == asked
    heads.heads[LEDGER] = 1
    await waits.until([Position(*LEDGER, 1)], post="post-1")


async def test_a_poller_that_hangs_keeps_nobody_beyond_their_time() -> None:
    async def hanging(_: Collection[LedgerPlace]) -> dict[LedgerPlace, int]:
        await asyncio.sleep(1)
        return {}

    waits = PositionWaits(hanging, follows={"intake"})
    async with asyncio.timeout(0.5):
        with pytest.raises(PositionNotReached):
            await waits.until([Position(*LEDGER, 1)], post="post-1", within=0.02)


async def test_of_one_post_no_more_than_so_many_wait() -> None:
    waits = PositionWaits(Heads(), follows={"intake"})
    wait = [Position(*LEDGER, 1)]
    tasks = [
        asyncio.create_task(waits.until(wait, post="post-1", within=0.1))
        for _ in range(MOST_OF_A_POST)
    ]
    await asyncio.sleep(0)
    with pytest.raises(TooBusy):
        await waits.until(wait, post="post-1")
    with pytest.raises(PositionNotReached):
        await waits.until(wait, post="post-2", within=0.05)
    await asyncio.gather(*tasks, return_exceptions=True)
    with pytest.raises(PositionNotReached):
        await waits.until(wait, post="post-1", within=0.05)


async def test_a_fault_is_told_to_all_who_wait() -> None:
    heads = Heads()
    heads.fault = LookupError("the database is away")
    waits = PositionWaits(heads, follows={"intake"})
    tasks = [waits.until([Position(*LEDGER, 1)], post=str(number)) for number in range(5)]
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert {type(each) for each in ended} == {LookupError}


def another_python() -> str:
    """A Python 3.13 that has what the services need; skips the test where there is none."""
    found = os.environ.get("CONCORD_OTHER_PYTHON") or shutil.which("python3.13") or ""
    probe = [found or "false", "-c", "import fastapi, psycopg_pool, uvicorn"]
    if subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("there is no Python 3.13 with the packages of the services")
    return found


@pytest.mark.parts
@pytest.mark.slow
@pytest.mark.parametrize("python", [lambda: sys.executable, another_python], ids=["own", "3.13"])
def test_after_many_rounds_of_waiters_no_transaction_is_left(
    postgres: PostgresForTests, tmp_path: Path, python: object
) -> None:
    assert callable(python)
    dsn = fresh_ledgers(postgres, tmp_path).dsn
    told = subprocess.run(
        [python(), "-m", "tests.shared.waiting_process", dsn, str(ROUNDS)],
        capture_output=True,
        check=True,
        timeout=120,
        cwd=Path(__file__).parents[2],
    )
    left = json.loads(told.stdout)
    assert left["outcomes"] == {
        "position-not-reached": 66 * ROUNDS,
        "CancelledError": 34 * ROUNDS,
    }
    assert (left["open"], left["asked since"], left["tasks"]) == (0, 0, 0)
    assert left["asked"] < 20 * ROUNDS

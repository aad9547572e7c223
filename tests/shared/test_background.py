"""A loop beside an API: it ends with the API, and a fault in it ends the process."""

import asyncio

import pytest

from shared.background import Background
from shared.testing.waiters import eventually


async def test_a_loop_ends_with_what_it_runs_beside() -> None:
    cancelled = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    loop = Background("trial", work, on_fault=lambda: None)
    async with loop.running():
        assert await loop.check() is None
        await asyncio.sleep(0)
    assert cancelled.is_set()


async def test_a_fault_in_a_loop_is_loud_and_ends_the_process() -> None:
    told: list[str] = []

    async def work() -> None:
        raise LookupError("nobody may read this")

    loop = Background("trial", work, on_fault=lambda: told.append("ended"))
    async with loop.running():
        await eventually(lambda: told == ["ended"])
        assert await loop.check() == "has ended"


async def test_a_loop_that_swallows_its_cancellation_is_cancelled_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shared.background._CANCEL_AGAIN_SECONDS", 0.01)
    swallowed = 0

    async def work() -> None:
        nonlocal swallowed
        while True:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                if swallowed:
                    raise
                swallowed += 1

    async with Background("trial", work).running():
        await asyncio.sleep(0)
    assert swallowed == 1

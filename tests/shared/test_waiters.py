"""Waiters wait as long as needed, not longer, and say what they saw last."""

import pytest

from shared.http import Position
from shared.testing.waiters import eventually, wait_for_position


class Growing:
    def __init__(self) -> None:
        self.seen = 0

    def __call__(self) -> int:
        self.seen += 1
        return self.seen if self.seen > 3 else 0

    async def later(self) -> int:
        self.seen += 1
        return self.seen


async def test_the_first_true_thing_is_given() -> None:
    assert await eventually(Growing(), every=0.001) == 4


async def test_coroutines_and_assertions_are_waited_for() -> None:
    growing = Growing()

    async def enough() -> bool:
        assert await growing.later() > 3, "not enough"
        return True

    assert await eventually(enough, every=0.001)


async def test_a_failure_says_what_was_seen_last() -> None:
    def never() -> bool:
        raise AssertionError("7 of 8 came")

    with pytest.raises(AssertionError, match=r"not within 0\.02 s.*never.*7 of 8 came"):
        await eventually(never, within=0.02, every=0.005)


async def test_a_position_is_waited_for() -> None:
    await wait_for_position(Growing().later, Position("intake", "519900101", 3))


async def test_a_position_that_does_not_come_is_told() -> None:
    async def stuck() -> int:
        return 5

    with pytest.raises(AssertionError, match="intake/519900101@6 is wanted, 5 is reached"):
        await wait_for_position(stuck, Position("intake", "519900101", 6), within=0.05)

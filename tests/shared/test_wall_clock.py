"""A wall clock against time that only passes: a jump is seen, a slow correction is followed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.times import CLOCKS_MAY_DIFFER, end_of, is_day_before, is_later_day, may_be_today
from shared.wall_clock import WallClock, since_start

DAY = timedelta(days=1)
MIDNIGHT = datetime(2026, 3, 4, 16, tzinfo=UTC)
"""When 5 March 2026 begins in China."""


@dataclass
class Machine:
    """A machine whose wall clock somebody sets while time passes."""

    wall: float = 1_700_000_000.0
    passed: float = 50.0

    def clock(self) -> WallClock:
        return WallClock(lambda: self.wall, lambda: self.passed)

    def go_on(self, seconds: float, *, wall: float | None = None) -> None:
        self.passed += seconds
        self.wall += seconds if wall is None else wall


def test_the_real_clocks_agree() -> None:
    assert abs(WallClock().apart()) < timedelta(seconds=1)
    assert since_start() > 0


@given(st.floats(0, 10_000_000), st.floats(-1e9, 1e9))
def test_a_jump_is_told_as_it_is_and_undone_by_setting_it_back(passed: float, jump: float) -> None:
    machine = Machine()
    clock = machine.clock()
    machine.go_on(passed)
    assert abs(clock.apart()) < timedelta(seconds=1)
    machine.wall += jump
    assert abs(clock.apart().total_seconds() - jump) < 1e-3
    if abs(jump) > CLOCKS_MAY_DIFFER.total_seconds() + 1:
        assert abs(clock.now().timestamp() - (machine.wall - jump)) < 1e-3
    machine.wall -= jump
    assert abs(clock.apart()) < CLOCKS_MAY_DIFFER


def test_corrections_that_a_time_service_makes_add_up_to_no_jump() -> None:
    machine = Machine()
    clock = machine.clock()
    for _ in range(400):
        machine.go_on(86_400, wall=86_405)
        assert abs(clock.apart()) < timedelta(seconds=10)


def test_many_small_steps_are_a_jump() -> None:
    machine = Machine()
    clock = machine.clock()
    found = []
    for _ in range(30):
        machine.go_on(60, wall=120)
        found.append(clock.apart())
    assert found[-1] > 5 * CLOCKS_MAY_DIFFER


def test_a_clock_is_believed_again_as_it_is() -> None:
    machine = Machine()
    clock = machine.clock()
    machine.wall += 86_400
    clock.believe()
    assert clock.apart() == timedelta()
    assert clock.now() == clock.wall()


@pytest.mark.parametrize("seconds", [30, 299])
def test_over_midnight_in_china_the_day_of_a_faster_clock_is_today(seconds: int) -> None:
    slow = MIDNIGHT - timedelta(seconds=seconds)
    assert may_be_today(date(2026, 3, 5), now=slow)
    assert not may_be_today(date(2026, 3, 6), now=slow)
    assert not may_be_today(date(2026, 3, 5), now=MIDNIGHT - timedelta(minutes=6))


def test_a_later_day_is_one_by_every_right_clock() -> None:
    tomorrow = date(2026, 3, 5)
    assert not is_later_day(tomorrow, MIDNIGHT - timedelta(seconds=30))
    assert not is_later_day(tomorrow, MIDNIGHT)
    assert is_later_day(tomorrow, MIDNIGHT - timedelta(minutes=6))
    assert is_later_day(tomorrow, end_of(date(2026, 3, 4)))  # a day that was stated
    assert is_later_day(date(2026, 3, 6), MIDNIGHT - timedelta(seconds=30))


def test_the_end_of_a_day_is_before_the_next_unless_clocks_explain_it() -> None:
    slow = MIDNIGHT - timedelta(seconds=20)
    assert not is_day_before(slow, MIDNIGHT + timedelta(seconds=10))
    assert is_day_before(slow, MIDNIGHT + timedelta(hours=1))
    assert not is_day_before(MIDNIGHT, slow)

"""Tells what time it is to whoever appends, and refuses while the clocks cannot be believed.

Events are stamped by the database's clock, and a ledger's time never runs backwards: one event under
a clock that ran ahead would give its time to every later one. So an append says what time the
process takes it to be, and the database refuses when its own clock is far from that. What the
process itself may believe is decided here:

    at the start    the wall clock is not far beyond the newest record, or somebody said it is right
    from then on    the wall clock has moved as the time since the machine's start has

A clock that lies behind the newest record is told and refuses nothing: times stand still there.
"""

from datetime import datetime, timedelta
from typing import Protocol

from shared.ledger.errors import ClockNotBelieved
from shared.times import CLOCKS_MAY_DIFFER
from shared.wall_clock import WallClock


class AppendClock(Protocol):
    """Gives the time for an append; raises ClockNotBelieved."""

    async def now(self) -> datetime:
        """What time it is."""
        ...


class SteadyClock:
    """The time of a process that has looked at no ledger, such as one of an operator's command."""

    def __init__(self, clock: WallClock | None = None) -> None:
        self._clock = clock or WallClock()

    async def now(self) -> datetime:
        """What time it is; raises ClockNotBelieved when the wall clock was set meanwhile."""
        if not self._clock.is_right():
            raise ClockNotBelieved(jumped(self._clock.apart()))
        return self._clock.now()


def too_far(wall: datetime, beyond: timedelta) -> str:
    """What is said of a clock at the start of a process."""
    return (
        f"the clock says {wall:%Y-%m-%d %H:%M} UTC, {_long(beyond)} after the newest record: nothing "
        "is recorded until it is set right, or somebody says that it is (concord up "
        "--clock-is-right)"
    )


def jumped(apart: timedelta) -> str:
    """What is said of a clock that was set."""
    way = "ahead" if apart > timedelta() else "back"
    return (
        f"the clock was set {_long(abs(apart))} {way} while this process ran: nothing is recorded "
        "until it is right again, or somebody says that it is (concord up --clock-is-right)"
    )


def other_clock(apart: timedelta) -> str | None:
    """What is said of a database whose clock is another one, if it is."""
    if abs(apart) <= CLOCKS_MAY_DIFFER:
        return None
    way = "ahead of" if apart > timedelta() else "behind"
    return (
        f"the database's clock is {_long(abs(apart))} {way} this process's: nothing is recorded "
        "until they agree"
    )


def behind(lag: timedelta) -> str:
    """What is said of a clock behind what is recorded."""
    return (
        f"the clock is {_long(lag)} behind the newest record: times stand still; set it right, or "
        "correct the ledger if its time is wrong (concord correct-clock)"
    )


def _long(time: timedelta) -> str:
    if time >= timedelta(days=2):
        return f"{round(time / timedelta(days=1))} days"
    minutes = round(time / timedelta(minutes=1))
    return f"{minutes} minutes" if minutes < 120 else f"{round(minutes / 60)} hours"

"""clock: due dates for office and petitioner on one core, against looking at each day.

Ours is what a caller gets: both dates, whether they are provisional, and the course that an
explanation is made from, for every clock of the national policy that counts days by law. The
obvious model walks and looks each day up in chinesecalendar. Beside it, the same walk with the
kind of every day remembered, and what else is asked of ours: starts given as moments, and the
explanation with its sentences in both languages.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from time import process_time

from shared.clocks.clock import Clock, Unit
from shared.clocks.clock_run import Start
from shared.clocks.due import due_of
from shared.clocks.explanation import explain
from shared.clocks.sentence_en import sentence_en
from shared.clocks.sentence_zh import sentence_zh
from shared.clocks.shipped import shipped_calendar, shipped_policy
from tests.bench.figures import Reach, Result, alternate
from tests.bench.stage import Stage
from tests.shared.clocks.slow_model import count, is_worked, look_up

_AIM = 200_000
_FIRST, _DAYS = date(2024, 1, 1), 1096
Asked = tuple[Clock, date]


async def bench(stage: Stage) -> list[Result]:
    asked = _asked(int(stage.sized(300_000, 60_000)))
    some, few = asked[: len(asked) // 10], asked[: len(asked) // 50]
    calendar, policy = shipped_calendar(), shipped_policy()
    moments = {day: datetime.combine(day, time(9, 30), UTC) for _, day in asked}

    def due(clock: Clock, start: Start) -> object:
        return due_of(clock.id, start, policy=policy, calendar=calendar)

    def told(clock: Clock, start: date) -> object:
        explained = explain(due_of(clock.id, start, policy=policy, calendar=calendar))
        return sentence_en(explained), sentence_zh(explained)

    async def ours() -> float:
        return _each_second(asked, due)

    async def obvious() -> float:
        return _each_second(some, partial(_walked, look_up))

    runs = await alternate(ours, obvious)
    beside = {
        "days_remembered": _each_second(asked, partial(_walked, is_worked)),
        "from_moments": _each_second(asked, lambda clock, day: due(clock, moments[day])),
        "explained": _each_second(few, told),
    }
    return [Result("clock", "due dates/s", Reach(_AIM, of="ours"), runs, beside)]


def _asked(wanted: int) -> list[Asked]:
    clocks = [
        clock
        for clock in shipped_policy().clocks()
        if isinstance(clock.length, int) and clock.unit is not Unit.HOURS
    ]
    days = [_FIRST + timedelta(days=n) for n in range(_DAYS)]
    return [(clocks[n % len(clocks)], days[n % _DAYS]) for n in range(wanted)]


def _walked(worked: Callable[[date], bool], clock: Clock, start: date) -> object:
    assert isinstance(clock.length, int)
    working = clock.unit is Unit.WORKING_DAYS
    return count(start, clock.length, working=working, is_worked=worked)


def _each_second(asked: Sequence[Asked], work: Callable[[Clock, date], object]) -> float:
    """By the processor's time, so that a neighbour on the machine takes none of it."""
    began = process_time()
    for clock, start in asked:
        work(clock, start)
    return len(asked) / (process_time() - began)

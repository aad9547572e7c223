"""live: from the answer to a command until its figure is shown, at 100 commands a second.

The whole path runs: intake with its relay, Kafka, the stats worker, the stats server. Whoever
has filed a case asks at once for `cases_filed`, to be shown at least that position: what is
timed is from the command's answer to the figure's. Every fourth command's figure is asked for:
the questions share the two cores with the path that they time.
"""

import asyncio
from collections.abc import Iterator

from shared.identity import Role
from shared.testing.tokens import TokenMaker
from shared.testing.waiters import eventually
from shared.topics import dead_letters_of, topic_of
from tests.bench.command_http import filings
from tests.bench.doors import intake, stats, stats_worker
from tests.bench.figures import TIMES, Reach, Result, Run
from tests.bench.issuer import issuing
from tests.bench.stage import COUNTY, Stage, Stopwatch
from tests.bench.wire import Line, get
from tests.intake.doors import fresh_intake
from tests.stats.folding import fresh_stats

RATE = 100
_ASKED_EVERY = 4
_LINES = 24
_PATIENCE_SECONDS = 60


async def bench(stage: Stage) -> list[Result]:
    kept, counted = fresh_intake(stage.postgres), fresh_stats(stage.postgres)
    stage.empty_topics(topic_of("intake"), dead_letters_of(topic_of("intake")))
    with (
        issuing(stage.port()) as tokens,
        intake(stage, kept.dsn, issuer=tokens.issuer, bootstrap=stage.kafka.bootstrap) as commands,
        stats_worker(stage, counted.dsn),
        stats(stage, counted.dsn, issuer=tokens.issuer) as figures,
    ):
        path = _Path(tokens, filings(tokens))
        await path.open(commands, figures)
        await path.walk(stage.sized(3, 2))
        loads = [await path.walk(stage.sized(15, 5)) for _ in range(TIMES)]
        path.close()
    runs = [Run(percentile(times, 99), None) for times, _ in loads]
    middle = sorted(time for times, _ in loads for time in times)
    beside = {
        "p50": percentile(middle, 50),
        "p90": percentile(middle, 90),
        "commands_a_second": min(rate for _, rate in loads),
    }
    return [Result("live", "ms", Reach(300, "at most", "ours"), runs, beside)]


class _Path:
    """From intake's door to that of stats."""

    def __init__(self, tokens: TokenMaker, requests: Iterator[bytes]) -> None:
        self._requests = requests
        token = tokens.token(Role.COUNTY_LEADER, COUNTY, expires_in=3600)
        self._headers = {"Authorization": f"Bearer {token}"}
        self._commands: asyncio.Queue[Line] = asyncio.Queue()
        self._figures: asyncio.Queue[Line] = asyncio.Queue()

    async def open(self, commands: int, figures: int) -> None:
        """Connect, and see one case through: then everything has started."""
        for _ in range(_LINES):
            self._commands.put_nowait(await Line.to(commands))
            self._figures.put_nowait(await Line.to(figures))
        position = await self._file()
        await eventually(lambda: self._shows(position), within=_PATIENCE_SECONDS)

    def close(self) -> None:
        for lines in (self._commands, self._figures):
            while not lines.empty():
                lines.get_nowait().close()

    async def walk(self, seconds: float) -> tuple[list[float], float]:
        """Milliseconds of each figure asked for, and the commands a second that were answered."""
        watch, times = Stopwatch(), list[float]()
        commands = int(seconds * RATE)
        async with asyncio.TaskGroup() as under_way:
            for number in range(commands):
                await asyncio.sleep(max(0.0, number / RATE - watch.seconds))
                under_way.create_task(self._go(times, asks=number % _ASKED_EVERY == 0))
        return times, commands / watch.seconds

    async def _go(self, times: list[float], *, asks: bool) -> None:
        position = await self._file()
        if asks:
            watch = Stopwatch()
            if not await self._shows(position):
                raise AssertionError(f"{position} was not shown in time")
            times.append(watch.seconds * 1000)

    async def _file(self) -> str:
        line = await self._commands.get()
        answer = await line.ask(next(self._requests))
        self._commands.put_nowait(line)
        if answer.status != 201:
            raise AssertionError(answer.body.decode())
        return answer.header("Concord-Position")

    async def _shows(self, position: str) -> bool:
        division = position.partition("/")[2].partition("@")[0]
        line = await self._figures.get()
        asked = f"division={division}&period=all&ids=cases_filed&at_least={position}"
        answer = await line.ask(get(f"/figures?{asked}", **self._headers))
        self._figures.put_nowait(line)
        return answer.status == 200


def percentile(times: list[float], percent: int) -> float:
    return sorted(times)[min(len(times) - 1, len(times) * percent // 100)]

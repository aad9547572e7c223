"""lifecycle: file, accept, answer and list a case over HTTP, while everything is up.

Sixteen clients each go through the lifecycle of a case in one township after another. The floor is
a server that writes the same rows by the same routes (`floor_lifecycle`), with nobody behind it.
Beside it stand what a lifecycle cost each process on the cores, how long the readers took to catch
up, and the floor of `command_http` on this host. With `--full` all of it is measured again over a
million cases, which are relayed and folded first.
"""

import asyncio
import itertools
import secrets
import statistics
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

from shared.identity import Role
from shared.testing.tokens import TokenMaker
from tests.bench.command_http import LINES, filings, filings_a_second
from tests.bench.command_http import floor as command_floor
from tests.bench.doors import listening
from tests.bench.figures import TIMES, Reach, Result, Run
from tests.bench.floor_lifecycle import make_tables
from tests.bench.stage import TOWNSHIPS, Stage, Stopwatch
from tests.bench.whole_system import WholeSystem, cores_of, whole_system
from tests.bench.wire import Answer, Line, get, post
from tests.intake.doors import ACCEPT, ANSWER
from tests.parts import FreshDatabase

_FEW, _MANY = 10_000, 1_000_000
_WARM_UP_SECONDS = 3.0
_AIM = 100


async def bench(stage: Stage) -> list[Result]:
    results = [await _measured("lifecycle", stage, int(stage.sized(_FEW, 3000)))]
    if stage.full:
        results.append(await _measured("lifecycle_million", stage, _MANY))
    return results


@dataclass(frozen=True)
class Load:
    """What some seconds of load came to; `beside` are milliseconds, by what they tell."""

    a_second: float
    done: int
    beside: Mapping[str, float]


async def _measured(name: str, stage: Stage, cases: int) -> Result:
    seconds = stage.sized(10, 5)
    with ExitStack() as stack:
        system = stack.enter_context(whole_system(stage, cases))
        await system.all_read()
        floor_port = stack.enter_context(_floor(stage, system.kept))
        await _load(system.tokens, system.port, _WARM_UP_SECONDS)
        await _load(system.tokens, floor_port, _WARM_UP_SECONDS)
        ours, floors = [], []
        for _ in range(TIMES):
            ours.append(await _costed(stage, system, seconds))
            floors.append(await _load(system.tokens, floor_port, seconds))
        barest = stack.enter_context(command_floor(stage, system.kept))
        commands = await filings_a_second(barest, system.tokens, 3)
    runs = [Run(one.a_second, other.a_second) for one, other in zip(ours, floors, strict=True)]
    beside = {
        **_middle(ours),
        "floor_p99_ms": _middle(floors)["p99_ms"],
        "command_floor": commands,
        "cases": cases,
    }
    return Result(name, "lifecycles/s", Reach(_AIM, "at least", "ours"), runs, beside)


def _middle(loads: list[Load]) -> dict[str, float]:
    return {
        name: statistics.median(load.beside[name] for load in loads) for name in loads[0].beside
    }


@contextmanager
def _floor(stage: Stage, database: FreshDatabase) -> Iterator[int]:
    make_tables(database)
    port = stage.port()
    environment = {"FLOOR_DATABASE_URL": database.dsn, "FLOOR_PORT": str(port)}
    with listening(stage, "tests.bench.floor_lifecycle", port, **environment):
        yield port


async def _costed(stage: Stage, system: WholeSystem, seconds: float) -> Load:
    """The load on the whole system, with what it costs until everybody has read it."""
    cores, client = cores_of(stage), time.process_time()
    found = await _load(system.tokens, system.port, seconds)
    client = time.process_time() - client
    watch = Stopwatch()
    await system.all_read()
    caught_up = watch.seconds
    costs = {
        name.removesuffix("_us") + "_ms": micros / 1000
        for name, micros in cores.micros_each(found.done).items()
    }
    costs["client_ms"] = client / found.done * 1000
    beside = {
        **found.beside,
        "caught_up_ms": caught_up * 1000,
        "cpu_ms": sum(costs.values()),
        **costs,
    }
    return replace(found, beside=beside)


async def _load(tokens: TokenMaker, port: int, seconds: float) -> Load:
    """The lifecycles that the clients see through in this time."""
    walk = _Walk(tokens)
    lines = [await Line.to(port) for _ in range(LINES)]
    watch = Stopwatch()
    try:
        await asyncio.gather(*(walk.go_on(line, watch, seconds) for line in lines))
    finally:
        for line in lines:
            line.close()
    times = sorted(walk.times)
    p50, p99 = (times[len(times) * part // 100] * 1000 for part in (50, 99))
    return Load(len(times) / watch.seconds, len(times), {"p50_ms": p50, "p99_ms": p99})


class _Walk:
    """Lifecycles of cases, in one township after another."""

    def __init__(self, tokens: TokenMaker) -> None:
        self.times: list[float] = []
        # in step with each other: both go round the same list
        self._filings = filings(tokens)
        self._townships = itertools.cycle([(code, _headers(tokens, code)) for code in TOWNSHIPS])

    async def go_on(self, line: Line, watch: Stopwatch, seconds: float) -> None:
        """One client."""
        while watch.seconds < seconds:
            began = time.perf_counter()
            await self._see_through(line)
            self.times.append(time.perf_counter() - began)

    async def _see_through(self, line: Line) -> None:
        (code, headers), filing = next(self._townships), next(self._filings)
        case = _checked(await line.ask(filing), 201).json()["case_id"]
        for verb, body in (ACCEPT, ANSWER):
            key = secrets.token_hex(16)
            request = post(f"/cases/{case}/{verb}", body, Idempotency_Key=key, **headers)
            _checked(await line.ask(request), 200)
        _checked(await line.ask(get(f"/cases?division={code}", **headers)), 200)


def _headers(tokens: TokenMaker, division: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens.token(Role.HANDLER, division, expires_in=3600)}"}


def _checked(answer: Answer, status: int) -> Answer:
    if answer.status != status:
        raise AssertionError(answer.body.decode())
    return answer

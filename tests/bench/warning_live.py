"""warning_live: from the answer to the third matter of a cluster until its red warning is shown.

Intake with its relay, Kafka, grid's worker with its rules and due rows, and grid's API run, while a
hundred other cases a second are filed. Two matters of each cluster are there before. The floor is the
same third filing at a consumer that only reads it, and then one question to the same list.
"""

import asyncio
import itertools
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiokafka import AIOKafkaConsumer

from shared.identity import Role
from shared.testing.tokens import TokenMaker
from shared.testing.waiters import eventually
from shared.topics import TOPICS, topic_of
from tests.bench.command_http import filings
from tests.bench.doors import follower, grid, intake
from tests.bench.figures import TIMES, Reach, Result, Run
from tests.bench.issuer import issuing
from tests.bench.live import RATE, percentile
from tests.bench.sample import FILING
from tests.bench.stage import COUNTY, TOWNSHIPS, Stage, Stopwatch
from tests.bench.wire import Answer, Line, get, post
from tests.grid.doors import fresh_grid
from tests.intake.doors import fresh_intake

_CLUSTERS_A_SECOND = 4
_LINES = 24
_POLL_SECONDS = 0.02
_PATIENCE_SECONDS = 60


async def bench(stage: Stage) -> list[Result]:
    filed, warned = fresh_intake(stage.postgres), fresh_grid(stage.postgres)
    stage.empty_topics(*TOPICS)
    bootstrap = stage.kafka.bootstrap
    with (
        issuing(stage.port()) as tokens,
        intake(stage, filed.dsn, issuer=tokens.issuer, bootstrap=bootstrap) as commands,
        grid(stage, warned.dsn, issuer=tokens.issuer, bootstrap=bootstrap) as lists,
        follower(stage, "grid", warned.dsn, issuer=tokens.issuer),
    ):
        async with _opened(tokens, commands, lists, bootstrap) as office:
            await office.walk(stage.sized(3, 2))
            walks = [await office.walk(stage.sized(15, 6)) for _ in range(TIMES)]
    runs = [Run(percentile(walk.shown, 99), percentile(walk.read, 99)) for walk in walks]
    shown = [each for walk in walks for each in walk.shown]
    read = [each for walk in walks for each in walk.read]
    explained = {
        "p50": percentile(shown, 50),
        "p90": percentile(shown, 90),
        "floor_p50": percentile(read, 50),
        "clusters": float(len(shown)),
        "commands_a_second": min(walk.rate for walk in walks),
    }
    return [Result("warning_live", "ms", Reach(1_000, "at most", "ours"), runs, explained)]


class _Lines:
    """A few connections to a server, opened anew where it has closed one."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._free: list[Line] = []
        self._turns = asyncio.Semaphore(_LINES)

    async def ask(self, request: bytes, *, status: int) -> Answer:
        """The answer; any other than of that status is a fault of the bench."""
        async with self._turns:
            line = self._free.pop() if self._free else await Line.to(self._port)
            if line.is_closed:
                line = await Line.to(self._port)
            answer = await line.ask(request)
            self._free.append(line)
        if answer.status != status:
            raise AssertionError(answer.body.decode())
        return answer

    def close(self) -> None:
        for line in self._free:
            line.close()


@dataclass
class _Walk:
    """Milliseconds until each warning was shown, and until its filing was read at the floor."""

    shown: list[float] = field(default_factory=list)
    read: list[float] = field(default_factory=list)
    rate: float = 0


@dataclass
class _Office:
    """Clerks who file, and a leader who looks at the list."""

    tokens: TokenMaker
    background: Iterator[bytes]
    commands: _Lines
    lists: _Lines
    arrived: dict[str, "asyncio.Future[None]"] = field(default_factory=dict)
    """By village: a third matter's event has come to the bare consumer."""
    villages: Iterator[str] = field(
        default_factory=lambda: (
            f"{township}{number}"
            for number, township in itertools.product(range(900, 300, -1), TOWNSHIPS)
        )
    )
    """Each completes one cluster."""
    _headers: dict[str, str] = field(default_factory=dict)

    async def walk(self, seconds: float) -> _Walk:
        """File for so long, and have clusters completed meanwhile."""
        villages = [next(self.villages) for _ in range(int(seconds * _CLUSTERS_A_SECOND))]
        for village in villages:
            await self._file(self._matter(village))
            await self._file(self._matter(village))
        walk, watch = _Walk(), Stopwatch()
        every = RATE // _CLUSTERS_A_SECOND
        async with asyncio.TaskGroup() as under_way:
            for number in range(int(seconds * RATE)):
                await asyncio.sleep(max(0.0, number / RATE - watch.seconds))
                if number % every == 0 and villages:
                    under_way.create_task(self._complete(villages.pop(0), walk))
                else:
                    under_way.create_task(self._file(next(self.background)))
        walk.rate = seconds * RATE / watch.seconds
        return walk

    async def _complete(self, village: str, walk: _Walk) -> None:
        self.arrived[village] = asyncio.get_running_loop().create_future()
        await self._file(self._matter(village))
        watch = Stopwatch()
        async with asyncio.TaskGroup() as both:
            both.create_task(self._until_read(village, watch, walk))
            both.create_task(self._until_shown(village, watch, walk))

    async def _until_shown(self, village: str, watch: Stopwatch, walk: _Walk) -> None:
        while await self._levels(village) != ["red"]:
            if watch.seconds > _PATIENCE_SECONDS:
                raise AssertionError(f"no warning of {village} is shown")
            await asyncio.sleep(_POLL_SECONDS)
        walk.shown.append(watch.seconds * 1000)

    async def _until_read(self, village: str, watch: Stopwatch, walk: _Walk) -> None:
        await asyncio.wait_for(self.arrived[village], _PATIENCE_SECONDS)
        del self.arrived[village]
        await self._levels(village)
        walk.read.append(watch.seconds * 1000)

    async def _levels(self, village: str) -> list[str]:
        asked = f"/warnings?rule=cluster&village_code={village}"
        bearer = self._bearer(Role.COUNTY_LEADER, COUNTY)
        answer = await self.lists.ask(get(asked, Authorization=bearer), status=200)
        return [each["level"] for each in answer.json()["items"]]

    async def _file(self, request: bytes) -> None:
        await self.commands.ask(request, status=201)

    def _matter(self, village: str) -> bytes:
        township = village[:9]
        return post(
            f"/townships/{township}/cases",
            FILING | {"village_code": village, "category": "labour"},
            Idempotency_Key=secrets.token_hex(16),
            Authorization=self._bearer(Role.CLERK, township),
        )

    def _bearer(self, role: Role, scope: str) -> str:
        if scope not in self._headers:
            token = self.tokens.token(role, scope, expires_in=3600)
            self._headers[scope] = f"Bearer {token}"
        return self._headers[scope]


@asynccontextmanager
async def _opened(
    tokens: TokenMaker, commands: int, lists: int, bootstrap: str
) -> AsyncIterator[_Office]:
    """With lines to both, once one cluster is seen through: then everything has started."""
    office = _Office(tokens, filings(tokens), _Lines(commands), _Lines(lists))
    consumer = AIOKafkaConsumer(topic_of("intake"), bootstrap_servers=bootstrap)
    await consumer.start()
    reading = asyncio.ensure_future(_read(consumer, office))
    try:
        first = next(office.villages)
        for _ in range(3):
            await office._file(office._matter(first))
        await eventually(lambda: _is_red(office, first), within=_PATIENCE_SECONDS)
        yield office
    finally:
        reading.cancel()
        await consumer.stop()
        office.commands.close()
        office.lists.close()


async def _is_red(office: _Office, village: str) -> bool:
    return await office._levels(village) == ["red"]


async def _read(consumer: AIOKafkaConsumer, office: _Office) -> None:
    """The floor: a consumer that reads, and does nothing but tell of it."""
    async for record in consumer:
        for village, waiting in list(office.arrived.items()):
            if village.encode() in record.value and not waiting.done():
                waiting.set_result(None)

"""The moment of the swap: whoever reads, and whoever writes, notices nothing but a short wait."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from deploy.local.ports import reserved_ports
from services.stats.asking.figures import figures
from services.stats.asking.question import Question
from services.stats.domain.measures import MEASURES
from services.stats.domain.period import Period
from services.stats.store.snapshot import snapshot
from shared.cloudevents import RecordedEvent
from tests.parts import KafkaForTests, PostgresForTests
from tests.stats.doors import Doors, doors_over
from tests.stats.lives import COUNTY, NEIGHBOUR, TOWNSHIP, Ledger
from tests.stats.rebuilds import Stage

pytestmark = [pytest.mark.parts, pytest.mark.slow]

_EVIDENCE = 50
COUNTED = {
    "cases_filed": "case-filed",
    "cases_accepted": "case-accepted",
    "cases_resolved": "case-resolved",
}


@pytest.fixture
def stage(postgres: PostgresForTests, kafka: KafkaForTests) -> Iterator[Stage]:
    stage = Stage.fresh(postgres, kafka)
    with reserved_ports(1) as (stage.port,):
        yield stage


def a_life(ledger: Ledger) -> list[RecordedEvent]:
    """One more case, from its filing to its end."""
    before = len(ledger.events)
    case = ledger.file("2025-03-04")
    ledger.accept(case, "2025-03-10")
    ledger.resolve(case, "2025-04-02")
    return ledger.events[before:]


@dataclass
class Reader:
    """Asks for figures and evidence again and again, and holds every answer against the ledgers."""

    doors: Doors
    ledgers: list[Ledger]
    answers: int = 0
    last: dict[str, int] = field(default_factory=dict)

    async def read_until(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            await self.read()

    async def read(self) -> None:
        found = await self.doors.figures(division=COUNTY)
        told = {name: int(found[name]["value"]) for name in COUNTED}
        assert told == self.counted(found["as_of"])
        assert all(told[name] >= self.last.get(name, 0) for name in told), "a figure fell"
        self.last = told
        page = await self.doors.get(
            "/figures/cases_resolved/evidence", division=COUNTY, period="all", limit=_EVIDENCE
        )
        assert page.status_code == 200, page.text
        resolved = self.counted(page.json()["as_of"])["cases_resolved"]
        assert len(page.json()["items"]) == min(resolved, _EVIDENCE)
        self.answers += 1

    def counted(self, as_of: dict[str, int]) -> dict[str, int]:
        """What the ledgers hold up to there."""
        until = {name.removeprefix("intake/"): seq for name, seq in as_of.items()}
        events = [
            event.kind
            for ledger in self.ledgers
            for event in ledger.events[: until.get(ledger.division, 0)]
        ]
        return {name: events.count(kind) for name, kind in COUNTED.items()}


async def go_on(stage: Stage, ledgers: list[Ledger], stop: asyncio.Event) -> None:
    """Commands keep coming."""
    while not stop.is_set():
        for ledger in ledgers:
            await stage.send(a_life(ledger))


async def test_figures_follow_their_ledgers_while_views_are_rebuilt_under_a_worker(
    stage: Stage,
) -> None:
    ledgers = [Ledger(TOWNSHIP), Ledger(NEIGHBOUR)]
    await stage.send([event for ledger in ledgers for _ in range(100) for event in a_life(ledger)])
    enough, stop = asyncio.Event(), asyncio.Event()
    async with doors_over(stage.database.dsn) as doors, stage.worker():
        await stage.until_folded(*(ledger.events for ledger in ledgers))
        readers = [Reader(doors, ledgers) for _ in range(2)]
        async with asyncio.TaskGroup() as tasks:
            for reader in readers:
                tasks.create_task(reader.read_until(stop))
            tasks.create_task(go_on(stage, ledgers, enough))
            before = table(stage), stage.folded()[TOWNSHIP]
            process = stage.process()
            await asyncio.to_thread(process.communicate, timeout=60)
            assert process.returncode == 0
            assert table(stage) != before[0]
            assert stage.folded()[TOWNSHIP] > before[1]
            enough.set()
            # the worker goes on with the new tables
            await stage.until_folded(*(ledger.events for ledger in ledgers))
            stop.set()
        assert all(reader.answers > 5 for reader in readers)
        await readers[0].read()
    live = stage.rows()
    await stage.rebuild()
    assert stage.rows() == live


def table(stage: Stage) -> Any:
    """Which table it is that bears the name."""
    return stage.ask("select 'case_day_rollup'::regclass::oid")


async def test_a_reader_at_work_is_waited_for_and_sees_nothing_of_the_new_view(
    stage: Stage,
) -> None:
    ledger = Ledger()
    old = a_life(ledger)
    await stage.fold(old)
    a_life(ledger)
    await stage.send(ledger.events)
    async with stage.pool() as pool:
        async with snapshot(pool, COUNTY) as reading:
            rebuilding = asyncio.create_task(stage.rebuild())
            await asyncio.sleep(2)
            assert not rebuilding.done()
            assert await filed(reading) == "1"
        await rebuilding
        async with snapshot(pool, COUNTY) as reading:
            assert await filed(reading) == "2"


async def filed(reading: Any) -> str | None:
    question = Question(division=TOWNSHIP, period=Period.parse("all"))
    answer = await figures(reading, question, [MEASURES["cases_filed"]])
    return answer.figures[0].value

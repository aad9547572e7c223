"""Over the real Kafka: three topics in any interleaving, and a worker that is killed in between."""

import asyncio
import secrets
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count, groupby
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from deploy.kafka.topics import make_topics
from deploy.local.ports import reserved_ports
from services.grid.domain.named_ids import warning_id
from services.grid.stream.early_warnings import warning_runners
from services.grid.stream.rule_fold import ASKED
from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event
from shared.contracts.intake import CaseEvent
from shared.contracts.mediation import MediationEvent
from shared.topics import topic_of
from tests.examples import THOROUGH
from tests.grid.doors import COUNTY, Doors, fresh_grid, open_doors
from tests.grid.rules.given import TOWNSHIP, an_id, applied, filed, outcome, submitted
from tests.grid.rules.running import Running, in_division
from tests.grid.rules.test_any_order import interleavings
from tests.parts import FreshDatabase, KafkaForTests, PostgresForTests
from tests.shared.streams import send, until

pytestmark = [
    *(pytest.mark.parts, pytest.mark.slow, pytest.mark.timeout(900)),
    pytest.mark.filterwarnings("ignore:Generating overly large repr"),
]
_TOWNSHIPS = count(200)
"""Each run of an example has its own, as long as three digits last."""
_PATIENCE = 60
_CONSUMED = "select source, division_code, next_seq from inbox where division_code = %s"
_RAISED = """
    select data from event where division_code = %s and kind = 'warning-raised' order by seq
"""
A_CLUSTER = (
    (filed(matter_id=an_id(0xAD00), case_id=an_id(0xAD01)), 1),
    (submitted(matter_id=an_id(0xAD02)), 2),
    (applied(matter_id=an_id(0xAD03), mediation_id=an_id(0xAD04)), 3),
)
"""One event of each topic: without any of them there is no such warning."""
Found = set[tuple[Any, ...]]


@dataclass
class Topics:
    """The three topics, and the worker that follows them, killed and started again."""

    kafka: KafkaForTests
    database: FreshDatabase
    ending: str
    port: int
    _worker: subprocess.Popen[bytes] | None = None
    _groups: Iterator[int] = field(default_factory=count)

    def start(self) -> None:
        """A worker of a group of its own: it reads again whatever the database does not have."""
        group = f"rules-{self.ending}-{next(self._groups)}"
        arguments = (self.database.dsn, self.kafka.bootstrap, str(self.port), group, self.ending)
        command = [sys.executable, "-m", "tests.grid.rules.worker_process", *arguments]
        self._worker = subprocess.Popen(command)

    def kill(self) -> None:
        """As the kernel does it."""
        if self._worker is not None:
            self._worker.kill()
            self._worker.wait()

    async def publish(self, events: Sequence[RecordedEvent]) -> None:
        """In this order; those of one topic that follow one another at once."""
        for source, following in groupby(events, lambda each: each.source):
            topic = f"{topic_of(source.removeprefix('/'))}.{self.ending}"
            await send(self.kafka.bootstrap, topic, list(following))

    async def consumed(self, events: Sequence[RecordedEvent]) -> None:
        """Wait until each topic is read so far."""
        expected = {(each.source, each.division): each.sequence + 1 for each in events}

        def is_read() -> bool:
            with psycopg.connect(self.database.superuser_dsn) as connection:
                rows = connection.execute(_CONSUMED, (events[0].division,)).fetchall()
            known = {(source, division): next_seq for source, division, next_seq in rows}
            return all(known.get(place, 1) >= next_seq for place, next_seq in expected.items())

        await until(is_read, within=_PATIENCE, what="the whole fold")


@pytest.fixture(scope="module")
def topics(postgres: PostgresForTests, kafka: KafkaForTests) -> Iterator[Topics]:
    ending = secrets.token_hex(4)
    make_topics(
        kafka.bootstrap,
        [f"{topic_of(each)}.{ending}" for each in ("intake", "grid", "mediation")],
    )
    with reserved_ports(1) as (port,):
        opened = Topics(kafka, fresh_grid(postgres), ending, port)
        opened.start()
        try:
            yield opened
        finally:
            opened.kill()


def in_ledgers(read: Sequence[tuple[Event, RecordedEvent]], division: str) -> list[RecordedEvent]:
    """The events in the township's three ledgers, each numbered without a gap."""
    last: dict[str, Iterator[int]] = {}
    numbered = []
    for (event, _), recorded in zip(read, in_division(read, division), strict=True):
        source = _source_of(event)
        sequence = next(last.setdefault(source, count(1)))
        numbered.append(replace(recorded, source=source, sequence=sequence))
    return numbered


def _source_of(event: Event) -> str:
    match event:
        case CaseEvent():
            return "/intake"
        case MediationEvent():
            return "/mediation"
        case _:
            return "/grid"


async def play(
    topics: Topics, running: Running, read: list[Any], steps: list[tuple[int, str]]
) -> Found:
    """Publish so many events, then go on, wait until they are read, or kill the worker."""
    left = in_ledgers(read, running.division)
    everything = list(left)
    for length, then in steps:
        published, left = left[:length], left[length:]
        await topics.publish(published)
        match then:
            case "wait" if published:
                await topics.consumed(published)
            case "kill":
                topics.kill()
                topics.start()
            case _:
                pass
    await topics.publish(left)
    if everything:
        await topics.consumed(everything)
    await _carry_out(running)
    return await _found(topics, running)


async def _carry_out(running: Running) -> None:
    """What is due and not carried out yet, also what a killed worker has leased."""
    later = datetime.now(UTC) + timedelta(minutes=10)
    for _ in range(3):
        for runner in warning_runners(
            running.doors.office.ledger, county=COUNTY, now=lambda: later
        ):
            await runner.work_off()


async def _found(topics: Topics, running: Running) -> Found:
    """Every warning by id, with its level, how often its cause came, and because of which events."""
    here = running.division
    board = await running.board()
    with psycopg.connect(topics.database.superuser_dsn) as connection:
        raised = connection.execute(_RAISED, (here,)).fetchall()
        waiting = connection.execute(
            "select count(*) from due_row where division_code = %s and kind = %s"
            " and state <> 'done'",
            (here, ASKED),
        ).fetchone()
    assert waiting == (0,)
    assert len(raised) == len(board)
    for each in board:
        named = (here, each["rule"], each["subject"], each["episode"])
        assert each["warning_id"] == warning_id(*named)
    return {
        (
            *(each["rule"], _named(here, each["subject"]), each["episode"], each["level"]),
            each["counted"],
            frozenset(_named(here, event) for event in each["because"] or ()),
        )
        for each in board
    }


def _named(division: str, text: str) -> str:
    return text.replace(division, TOWNSHIP)


steps = st.lists(
    st.tuples(st.integers(1, 9), st.sampled_from(["go on", "go on", "wait", "wait", "kill"])),
    min_size=2,
    max_size=6,
)


@settings(
    max_examples=40 if THOROUGH else 4,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(orders=interleavings(*A_CLUSTER), one=steps, other=steps)
def test_any_interleaving_of_three_topics_and_any_kill_gives_the_same_warnings(
    topics: Topics, orders: Any, one: Any, other: Any
) -> None:
    async def check() -> None:
        async with open_doors(topics.database) as doors:
            found = [
                await play(topics, _a_township(doors), read, played)
                for read, played in zip(orders, (one, other), strict=True)
            ]
        assert found[0] == found[1]
        assert "cluster" in {rule for rule, *_ in found[0]}
        levels = {(rule, subject): level for rule, subject, _, level, *_ in found[0]}
        assert levels == outcome(orders[0])

    asyncio.run(check())


def _a_township(doors: Doors) -> Running:
    return Running(doors, f"519900{next(_TOWNSHIPS) % 800 + 200}")

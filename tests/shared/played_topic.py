"""A topic in memory, workers that read it by a real consumer, and kills at chosen steps."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import psycopg
import pytest
from aiokafka.structs import ConsumerRecord
from faust.types.tuples import TP

from shared import inbox
from shared.cloudevents import RecordedEvent, to_headers
from shared.contracts.catalogue import dataschema
from shared.partitions import partition_of
from shared.postgres import Connection, Pool
from shared.streaming import passing
from shared.streaming.consumer import Consumer
from shared.streaming.parking import Parking
from shared.streaming.transport import Chunk
from tests.parts import FreshDatabase
from tests.shared.ledgers import COUNTY
from tests.shared.streams import SOURCE, StrictFold, event

TOPIC, PARTITIONS = "concord.trial", 2
PASSED, FOLLOWED = "case-withdrawn", "case-filed"


class Killed(BaseException):
    """The process is gone: nothing of it catches this."""


@dataclass
class Steps:
    """Counts the steps of a transaction and kills the process at one of them."""

    left: int | None = None

    def step(self) -> None:
        """A moment at which a process may be killed."""
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                self.left = None
                raise Killed


class PassingFold(StrictFold):
    """Folds what is followed, and would notice if it were given anything else."""

    passes_over = frozenset({(PASSED.encode(), dataschema(PASSED, 1).encode())})

    def __init__(self, steps: Steps) -> None:
        self._steps = steps

    async def apply(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        self._steps.step()
        followed = [each for each in events if each.kind == FOLLOWED]
        await super().apply(connection, followed)
        self._steps.step()


@dataclass
class PlayedTopic:
    """Partitions with their records, and the offsets that the group has committed."""

    partitions: dict[int, list[ConsumerRecord]] = field(default_factory=lambda: defaultdict(list))
    committed: dict[TP, int] = field(default_factory=dict)

    def send(self, division: str, sequence: int, *, followed: bool) -> None:
        """Append an event, as often as a relay sends it."""
        kind = FOLLOWED if followed else PASSED
        partition = partition_of(division, PARTITIONS)
        records = self.partitions[partition]
        sent = replace(event(sequence, division), kind=kind)
        records.append(_record(partition, len(records), sent))


def _record(partition: int, offset: int, sent: RecordedEvent) -> ConsumerRecord:
    headers = tuple(to_headers(sent))
    key = sent.division.encode()
    return ConsumerRecord(
        TOPIC, partition, offset, 0, 0, key, sent.data, None, len(key), len(sent.data), headers
    )


class PlayedReader:
    """Reads the topic from the committed offsets on; seeks at once."""

    def __init__(self, topic: PlayedTopic) -> None:
        self._topic = topic
        self._tps = [TP(TOPIC, number) for number in range(PARTITIONS)]
        self._began = {tp: topic.committed.get(tp, 0) for tp in self._tps}
        self._next = dict(self._began)
        self._epochs = dict.fromkeys(self._tps, 0)
        self.seeks: list[tuple[TP, int]] = []

    def fetch(self, records: int) -> list[Chunk]:
        """The next records of every partition, at most so many of each."""
        found = []
        for tp in self._tps:
            start = self._next[tp]
            if some := self._topic.partitions[tp.partition][start : start + records]:
                self._next[tp] = start + len(some)
                found.append(Chunk(tp, some, self._epochs[tp]))
        return found

    def is_current(self, chunk: Chunk) -> bool:
        return chunk.epoch == self._epochs[chunk.tp]

    def request_seek(self, tp: TP, offset: int) -> None:
        self.seeks.append((tp, offset))
        self._epochs[tp] += 1
        self._next[tp] = offset

    def done(self, tp: TP, next_offset: int) -> None:
        self._topic.committed[tp] = next_offset

    def began_at(self, tp: TP) -> int | None:
        return self._began[tp]

    def ends(self) -> dict[TP, int]:
        return {tp: len(self._topic.partitions[tp.partition]) for tp in self._tps}


class PlayedWorker:
    """A process: what it knows is lost when another is made."""

    def __init__(self, pool: Pool, topic: PlayedTopic, steps: Steps) -> None:
        fold = PassingFold(steps)
        parking = Parking(pool, bootstrap="", topic=TOPIC, source=SOURCE, county=COUNTY)
        self.reader = PlayedReader(topic)
        self.consumer = Consumer(
            pool, topic=TOPIC, fold=fold, parking=parking, county=COUNTY, service="trial"
        )
        self.consumer.topic_id = "topic"

    async def read(self, records: int) -> bool:
        """Fetch and consume; False at the topic's end."""
        chunks = self.reader.fetch(records)
        await self.consumer.consume_all(chunks, self.reader)
        return bool(chunks)

    async def write(self) -> None:
        """As the timer does."""
        await self.consumer.write_runs(self.reader)

    async def look(self) -> None:
        """As the watch does."""
        tps = list(self.reader.ends())
        await self.consumer.look(tps, self.reader)


@contextmanager
def kills(steps: Steps) -> Iterator[None]:
    """Let a process be killed around each statement on the inbox, and after each commit."""
    with pytest.MonkeyPatch.context() as patch:
        for module, name in ((inbox, "read"), (inbox, "move"), (passing.Passing, "learn")):
            patch.setattr(module, name, _stepping(getattr(module, name), steps, name))
        patch.setattr(passing.Passing, "written", _stepping(passing.Passing.written, steps, "w"))
        yield


def _stepping(function: Any, steps: Steps, name: str) -> Any:
    if name in {"read", "move"}:

        async def stepping(*given: Any) -> Any:
            steps.step()
            found = await function(*given)
            steps.step()
            return found

        return stepping

    def step_first(*given: Any) -> Any:
        steps.step()
        return function(*given)

    return step_first


def positions(database: FreshDatabase) -> dict[str, int]:
    """The next sequence of each ledger, as the inbox has it."""
    with psycopg.connect(database.superuser_dsn) as connection:
        return dict(connection.execute("select division_code, next_seq from inbox").fetchall())


def empty(database: FreshDatabase) -> None:
    with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
        connection.execute("truncate folded, inbox, parked")

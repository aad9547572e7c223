"""Events that nobody follows cost no transaction, and every event still counts once."""

import asyncio
from collections.abc import AsyncIterator

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.inbox import Position
from shared.postgres import Pool, new_pool
from shared.streaming import consumer
from shared.streaming.passing import Run
from tests.parts import FreshDatabase, PostgresForTests
from tests.shared.played_topic import (
    Killed,
    PlayedTopic,
    PlayedWorker,
    Steps,
    empty,
    kills,
    positions,
)
from tests.shared.streams import folded, folding_database

TOWNS = [f"5199001{number:02}" for number in range(1, 7)]
"""More than partitions: of one partition some are passed over while others are folded."""
WORKERS = 2


@given(st.integers(1, 20), st.integers(1, 10), st.integers(0, 10))
def test_a_run_moves_a_position_only_forward_and_only_from_inside(
    at: int, first: int, length: int
) -> None:
    run, position = Run(first, first + length, 3, 40), Position(at, "topic", 3, 30)
    moved = run.move(position, "topic")
    assert moved.next_seq == (first + length if first <= at <= first + length else at)
    assert run.move(moved, "topic") == moved


def test_a_run_moves_no_ledger_that_has_parked_events() -> None:
    position = Position(5, "topic", 3, 40, frozenset({5}))
    assert Run(5, 8, 3, 43).move(position, "topic") == position


@pytest.fixture(scope="module")
def database(
    postgres: PostgresForTests, tmp_path_factory: pytest.TempPathFactory
) -> FreshDatabase:
    return folding_database(postgres, tmp_path_factory.mktemp("passing"))


@pytest.fixture
async def pool(database: FreshDatabase) -> AsyncIterator[Pool]:
    empty(database)
    async with new_pool(database.dsn, name="passing", size=4) as opened:
        yield opened


sendings = st.tuples(st.sampled_from(TOWNS), st.integers(0, 3), st.integers(1, 6))
"""A ledger, how many of its last events are sent again, and how many new ones follow."""
kinds = st.lists(st.booleans(), min_size=40, max_size=40)
"""Whether an event is followed, by its sequence."""
worker = st.integers(0, WORKERS - 1)
moves = st.one_of(
    st.tuples(st.just("send"), worker, sendings),
    st.tuples(st.just("hold back"), worker, sendings),
    st.tuples(st.just("read"), worker, st.integers(1, 8)),
    st.tuples(st.just("write"), worker, st.none()),
    st.tuples(st.just("look"), worker, st.none()),
    st.tuples(st.just("kill"), worker, st.none()),
    st.tuples(st.just("killed while reading"), worker, st.integers(0, 7)),
    st.tuples(st.just("killed while writing"), worker, st.integers(0, 5)),
)


class Walk:
    """Two workers of one group, each of which may believe that all partitions are its own."""

    def __init__(self, pool: Pool, followed: list[bool]) -> None:
        self.pool, self.followed = pool, followed
        self.topic, self.steps = PlayedTopic(), Steps()
        self.workers = [self._worker() for _ in range(WORKERS)]
        self.heads = dict.fromkeys(TOWNS, 0)
        self.sent: set[tuple[str, int]] = set()

    def _worker(self) -> PlayedWorker:
        return PlayedWorker(self.pool, self.topic, self.steps)

    def send(self, town: str, again: int, new: int, *, skip: int = 0) -> None:
        head = self.heads[town]
        last = min(head + new, len(self.followed))
        for sequence in range(max(1, head - again + 1) + skip, last + 1):
            self._send_one(town, sequence)
        self.heads[town] = last

    def _send_one(self, town: str, sequence: int) -> None:
        self.topic.send(town, sequence, followed=self.followed[sequence - 1])
        self.sent.add((town, sequence))

    async def go(self, what: str, number: int, how: object) -> None:
        worker = self.workers[number]
        match what, how:
            case "send" | "hold back", (str(town), int(again), int(new)):
                self.send(town, again, new, skip=again + 1 if what == "hold back" else 0)
            case "read", int(records):
                await worker.read(records)
            case "write", _:
                await worker.write()
            case "look", _:
                await worker.look()
            case "killed while reading" | "killed while writing", int(left):
                await self._killed(number, left, reading=what.endswith("reading"))
            case _:
                self.workers[number] = self._worker()

    async def _killed(self, number: int, left: int, *, reading: bool) -> None:
        self.steps.left = left
        try:
            await (self.workers[number].read(3) if reading else self.workers[number].write())
        except Killed:
            self.workers[number] = self._worker()
        self.steps.left = None

    async def end(self) -> None:
        """What was held back, and nothing else, is sent, and a last process reads the rest."""
        for town, head in self.heads.items():
            for sequence in range(1, head + 1):
                if (town, sequence) not in self.sent:
                    self._send_one(town, sequence)
        last = self._worker()
        while await last.read(5):
            pass
        await last.write()
        await last.look()
        while await last.read(5):
            pass
        await last.write()


@pytest.mark.parts
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(followed=kinds, made=st.lists(moves, max_size=30))
def test_every_event_that_is_followed_is_folded_once_and_positions_reach_the_heads(
    database: FreshDatabase, followed: list[bool], made: list[tuple[str, int, object]]
) -> None:
    async def check() -> dict[str, int]:
        async with new_pool(database.dsn, name="passing", size=4) as pool:
            walk = Walk(pool, followed)
            with kills(walk.steps):
                for what, number, how in made:
                    await walk.go(what, number, how)
                await walk.end()
            return {town: head for town, head in walk.heads.items() if head}

    empty(database)
    begun = asyncio.run(check())
    expected = {
        town: [seq for seq in range(1, head + 1) if followed[seq - 1]]
        for town, head in begun.items()
    }
    assert folded(database) == {town: seqs for town, seqs in expected.items() if seqs}
    assert positions(database) == {town: head + 1 for town, head in begun.items()}


@pytest.mark.parts
async def test_what_is_passed_over_takes_no_transaction_until_it_is_written(
    database: FreshDatabase, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = Walk(pool, [False] * 40)
    walk.send(TOWNS[0], 0, 3)
    await walk.workers[0].read(3)
    with monkeypatch.context() as patch:
        patch.setattr(consumer, "transaction", _no_transaction)
        for _ in range(5):
            walk.send(TOWNS[0], 0, 3)
            await walk.workers[0].read(3)
    assert positions(database) == {TOWNS[0]: 4}
    await walk.workers[0].write()
    assert positions(database) == {TOWNS[0]: 19}


@pytest.mark.parts
async def test_what_a_kill_leaves_unwritten_is_read_again(
    database: FreshDatabase, pool: Pool
) -> None:
    walk = Walk(pool, [False] * 10 + [True])
    walk.send(TOWNS[0], 0, 3)
    await walk.workers[0].read(3)
    walk.send(TOWNS[0], 0, 3)
    await walk.workers[0].read(3)
    await walk.go("kill", 0, None)
    walk.send(TOWNS[0], 0, 5)
    while await walk.workers[0].read(9):
        pass
    assert folded(database) == {TOWNS[0]: [11]}
    assert positions(database) == {TOWNS[0]: 12}


@pytest.mark.parts
async def test_a_gap_among_what_is_passed_over_is_noticed(
    database: FreshDatabase, pool: Pool
) -> None:
    walk = Walk(pool, [False] * 40)
    walk.send(TOWNS[0], 0, 3)
    await walk.workers[0].read(3)
    walk.send(TOWNS[0], 0, 3, skip=1)
    await walk.workers[0].read(3)
    await walk.workers[0].write()
    assert positions(database) == {TOWNS[0]: 4}
    walk.topic.send(TOWNS[0], 4, followed=False)
    while await walk.workers[0].read(3):
        pass
    await walk.workers[0].write()
    assert positions(database) == {TOWNS[0]: 7}


@pytest.mark.parts
async def test_what_follows_what_was_passed_over_is_no_gap(
    database: FreshDatabase, pool: Pool
) -> None:
    walk = Walk(pool, [False] * 6 + [True] + [False] * 9)
    for _ in range(4):
        walk.send(TOWNS[0], 0, 3)
        await walk.workers[0].read(3)
    await walk.workers[0].write()
    assert walk.workers[0].reader.seeks == []
    assert folded(database) == {TOWNS[0]: [7]}
    assert positions(database) == {TOWNS[0]: 13}


@pytest.mark.parts
async def test_a_database_that_was_put_back_is_filled_again(
    database: FreshDatabase, pool: Pool
) -> None:
    walk = Walk(pool, [False] * 40)
    walk.send(TOWNS[0], 0, 5)
    await walk.workers[0].read(5)
    walk.send(TOWNS[0], 0, 5)
    await walk.workers[0].read(5)
    with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
        connection.execute("update inbox set next_seq = 2, last_offset = 0")
    await walk.workers[0].write()
    while await walk.workers[0].read(5):
        pass
    await walk.workers[0].write()
    assert positions(database) == {TOWNS[0]: 11}


def _no_transaction(*_: object) -> None:
    raise AssertionError("a transaction was begun")

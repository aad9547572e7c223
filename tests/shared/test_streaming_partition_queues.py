"""Chunks of different partitions run concurrently, those of one partition in order."""

import asyncio
from collections.abc import Sequence
from functools import partial

import pytest
from faust.types.tuples import TP

from deploy.kafka.topics import make_topics
from shared.partitions import partition_of
from shared.streaming.partition_queues import AT_ONCE, PartitionQueues
from shared.streaming.poison import MOST_IN_A_ROW, SeveralPoisoned
from shared.topics import PARTITIONS, dead_letters_of
from tests.shared.ledgers import COUNTY
from tests.shared.streams import POISON, Trial, event, until

A, B, C = (TP("topic", number) for number in range(3))
Noted = tuple[str, TP, int]


async def noted(partitions: Sequence[TP]) -> list[Noted]:
    """What began and ended, in that order, when work takes a few rounds of the loop."""
    found: list[Noted] = []

    async def work(tp: TP, number: int) -> None:
        found.append(("began", tp, number))
        await _few_rounds(3)
        found.append(("ended", tp, number))

    async with asyncio.TaskGroup() as group:
        queues = PartitionQueues(group)
        for number, tp in enumerate(partitions):
            await queues.take([tp], partial(work, tp, number))
    return found


async def _few_rounds(rounds: int) -> None:
    for _ in range(rounds):
        await asyncio.sleep(0)


async def test_chunks_of_one_partition_follow_each_other() -> None:
    found = await noted([A] * 6)
    assert found == [(what, A, number) for number in range(6) for what in ("began", "ended")]


async def test_chunks_of_two_partitions_go_beside_each_other_but_no_more() -> None:
    found = await noted([A, B, C])
    assert found[:2] == [("began", A, 0), ("began", B, 1)]
    under_way = 0
    for what, _, _ in found:
        under_way += 1 if what == "began" else -1
        assert under_way <= AT_ONCE


async def test_a_chunk_that_waits_for_its_own_partition_keeps_no_other_from_its_turn() -> None:
    found = await noted([A, A, B])
    assert found.index(("began", B, 2)) < found.index(("ended", A, 0))


async def test_no_more_is_taken_than_is_soon_begun() -> None:
    gate, taken = asyncio.Event(), 0

    async def work() -> None:
        await gate.wait()

    async def take_all() -> None:
        nonlocal taken
        async with asyncio.TaskGroup() as group:
            queues = PartitionQueues(group)
            for _ in range(20):
                await queues.take([A], work)
                taken += 1

    taking = asyncio.ensure_future(take_all())
    await _few_rounds(50)
    assert taken == 2 * AT_ONCE
    gate.set()
    await taking


@pytest.mark.parts
async def test_poison_in_a_row_is_counted_across_what_is_under_way(trial: Trial) -> None:
    ledgers = {partition_of(name, PARTITIONS): name for name in map(_township, range(100))}
    poison = [event(1, name, POISON) for name in list(ledgers.values())[:MOST_IN_A_ROW]]
    assert len(poison) == MOST_IN_A_ROW
    make_topics(trial.kafka.bootstrap, [dead_letters_of(trial.topic)])
    await trial.send(poison)
    with pytest.raises(SeveralPoisoned):
        async with trial.worker() as worker:
            await until(worker.ended.is_set, what="the end of the worker")
    assert len(trial.parked()) == MOST_IN_A_ROW - 1


def _township(number: int) -> str:
    return f"{COUNTY}{number:03}"

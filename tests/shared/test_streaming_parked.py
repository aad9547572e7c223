"""A parked event: its ledger goes on or waits, and it is made good without loss or repetition."""

import dataclasses
from collections.abc import Sequence

import pytest
from aiokafka import AIOKafkaProducer

from shared.cloudevents import RecordedEvent, to_headers
from shared.metrics import PARKED_EVENTS
from shared.partitions import partition_of
from shared.postgres import Connection, new_pool
from shared.streaming.dead_letters import DeadLetters, Replayed
from shared.streaming.fold import Fold
from shared.topics import PARTITIONS
from tests.shared.ledgers import COUNTY, DIVISION, NEIGHBOUR
from tests.shared.streams import (
    POISON,
    SOURCE,
    StrictFold,
    Trial,
    WaitingFold,
    event,
    ledger,
    until,
)

pytestmark = pytest.mark.parts


class Mended(StrictFold):
    """The release that knows what to do with what was poison."""

    async def apply(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        await super().apply(connection, [dataclasses.replace(e, data=b"{}") for e in events])


class MendedWaiting(Mended):
    after_parked = WaitingFold.after_parked


def _poisoned(at: int, last: int) -> list[RecordedEvent]:
    return [event(seq, data=POISON) if seq == at else event(seq) for seq in range(1, last + 1)]


def _same_partition(division: str) -> str:
    wanted = partition_of(division, PARTITIONS)
    others = (f"519900{number}" for number in range(102, 999))
    return next(name for name in others if partition_of(name, PARTITIONS) == wanted)


async def _replay(trial: Trial, fold: Fold) -> list[Replayed]:
    async with new_pool(trial.database.dsn, name="replay", size=1) as pool:
        return [done async for done in DeadLetters(pool, fold, county=COUNTY).replay()]


async def _send_garbage(trial: Trial, sequence: int) -> None:
    """The right headers around a value that is none."""
    async with AIOKafkaProducer(bootstrap_servers=trial.kafka.bootstrap) as producer:
        await producer.send_and_wait(
            trial.topic,
            key=DIVISION.encode(),
            value=None,
            headers=to_headers(event(sequence)),
            partition=partition_of(DIVISION, PARTITIONS),
        )


def _unreplayed(trial: Trial) -> int:
    return trial.count("select count(*) from parked where replayed_at is null")


async def test_a_ledger_that_waits_lets_the_others_go_on_and_goes_on_after_the_replay(
    trial: Trial,
) -> None:
    other = _same_partition(DIVISION)
    await trial.send([*_poisoned(3, 6), *ledger(4, other)])
    async with trial.worker(WaitingFold()):
        await trial.until_folded({DIVISION: [1, 2], other: [1, 2, 3, 4]})
    await trial.send([event(7), event(5, other)])
    async with trial.worker(WaitingFold()):
        # a restart keeps it
        await trial.until_folded({DIVISION: [1, 2], other: [1, 2, 3, 4, 5]})
        gauge = PARKED_EVENTS.labels(trial.topic, SOURCE)
        await until(lambda: gauge._value.get() == 1, what="the gauge")
        assert await _replay(trial, WaitingFold()) == [
            Replayed(DIVISION, 3, "the fold raised ValueError")
        ]
        assert await _replay(trial, MendedWaiting()) == [Replayed(DIVISION, 3, None)]
        await trial.until_folded({DIVISION: [1, 2, 3, 4, 5, 6, 7], other: [1, 2, 3, 4, 5]})
        await until(lambda: gauge._value.get() == 0, what="the end of the alarm")
    assert await _replay(trial, MendedWaiting()) == []


async def test_a_ledger_that_goes_on_takes_the_replayed_event_late_and_once(trial: Trial) -> None:
    await trial.send(_poisoned(3, 6))
    async with trial.worker():
        await trial.until_folded({DIVISION: [1, 2, 4, 5, 6]})
        assert await _replay(trial, Mended()) == [Replayed(DIVISION, 3, None)]
        assert await _replay(trial, Mended()) == []
        # the relay sends all of it again
        await trial.send([*_poisoned(3, 6), event(7)])
        await trial.until_folded({DIVISION: [1, 2, 4, 5, 6, 3, 7]})
    assert trial.count("select cardinality(parked_seqs) from inbox") == 0


@pytest.mark.parametrize("fold", [StrictFold, WaitingFold], ids=["goes on", "waits"])
async def test_the_true_event_after_a_spoilt_copy_of_it_is_not_lost(
    trial: Trial, fold: type[StrictFold]
) -> None:
    await trial.send(ledger(2))
    await _send_garbage(trial, 3)
    await trial.send([event(4)])
    async with trial.worker(fold()):
        await until(lambda: _unreplayed(trial) == 1, what="the parked copy")
        # in another chunk, and again in one with the spoilt copy before it
        await trial.send([event(3), event(5)])
        await until(lambda: sorted(trial.folded()[DIVISION]) == [1, 2, 3, 4, 5], what="the event")
        assert _unreplayed(trial) == 0
    await _send_garbage(trial, 6)
    await trial.send([event(6), event(7), event(6)])
    async with trial.worker(fold()):
        await until(
            lambda: sorted(trial.folded()[DIVISION]) == [1, 2, 3, 4, 5, 6, 7], what="the rest"
        )
        await until(lambda: _unreplayed(trial) == 0, what="nothing parked")


async def test_copies_that_a_relay_sends_again_are_parked_once(trial: Trial) -> None:
    await trial.send(_poisoned(2, 3))
    async with trial.worker():
        await trial.until_folded({DIVISION: [1, 3]})
        await trial.send([*_poisoned(2, 4), *ledger(1, NEIGHBOUR)])
        await trial.until_folded({DIVISION: [1, 3, 4], NEIGHBOUR: [1]})
    assert trial.count("select count(*) from parked") == 1

"""Messages that cannot be consumed are parked whole; the others go on; several in a row stop."""

import dataclasses

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from deploy.kafka.topics import make_topics
from shared.metrics import DEAD_LETTERS
from shared.partitions import partition_of
from shared.postgres import new_pool
from shared.streaming.park_by_hand import CannotPark, park_by_hand
from shared.streaming.poison import MOST_IN_A_ROW, SeveralPoisoned, Streak
from shared.topics import PARTITIONS, dead_letters_of
from tests.shared.ledgers import COUNTY, DIVISION
from tests.shared.streams import POISON, SOURCE, Trial, event, ledger, until


def test_good_messages_end_a_streak() -> None:
    streak = Streak().after([False, False, True, False])
    assert streak == Streak(1)
    assert streak.after([]) == streak


def test_several_in_a_row_are_too_many_also_across_chunks() -> None:
    streak = Streak().after([False] * (MOST_IN_A_ROW - 1))
    with pytest.raises(SeveralPoisoned):
        streak.after([False])


@pytest.mark.parts
async def test_an_event_whose_fold_raises_is_parked_and_its_ledger_goes_on(trial: Trial) -> None:
    events = ledger(6)
    events[2] = event(3, data=POISON)
    await trial.send(events)
    async with trial.worker():
        await trial.until_folded({DIVISION: [1, 2, 4, 5, 6]})
    assert trial.parked() == [(2, "the fold raised ValueError")]
    assert DEAD_LETTERS.labels(trial.topic, SOURCE)._value.get() == 1


@pytest.mark.parts
async def test_what_is_no_event_of_ours_is_parked_and_sent_to_the_dead_letters(
    trial: Trial,
) -> None:
    make_topics(trial.kafka.bootstrap, [dead_letters_of(trial.topic)])
    await trial.send(ledger(1))
    await _send_raw(trial, [("who", b"knows")], b"\xff not json")
    await trial.send([dataclasses.replace(event(2), source="/elsewhere"), event(2)])
    async with trial.worker():
        await trial.until_folded({DIVISION: [1, 2]})
        await until(lambda: _dead_lettered(trial) == 2, what="the dead letters")
    reasons = [reason for _, reason in trial.parked()]
    assert reasons == [
        "the message names no ledger and no place in it",
        "the message comes from another source than its topic's",
    ]
    letters = await _dead_letters(trial)
    assert letters[0] == (b"\xff not json", reasons[0].encode())


@pytest.mark.parts
async def test_reading_again_parks_nothing_twice(trial: Trial) -> None:
    await _send_raw(trial, [], None)
    await trial.send(ledger(3))
    for again in range(2):
        # another group: it begins at the first message
        async with dataclasses.replace(trial, group=f"{trial.topic}.{again}").worker():
            await trial.until_folded({DIVISION: [1, 2, 3]})
            await until(lambda: len(trial.parked()) == 1, what="the parked message")


@pytest.mark.parts
async def test_several_in_a_row_stop_the_worker_and_move_nothing(trial: Trial) -> None:
    await trial.send([*ledger(2), *(event(3 + n, data=POISON) for n in range(MOST_IN_A_ROW))])
    with pytest.raises(SeveralPoisoned):
        async with trial.worker() as worker:
            await until(worker.ended.is_set, what="the end of the worker")
    assert trial.folded() == {}
    assert trial.parked() == []


@pytest.mark.parts
async def test_strangers_in_a_row_are_put_aside_by_hand_and_the_worker_goes_on(
    trial: Trial,
) -> None:
    make_topics(trial.kafka.bootstrap, [dead_letters_of(trial.topic)])
    await trial.send(ledger(2))
    for _ in range(MOST_IN_A_ROW + 2):
        await _send_raw(trial, [], b"rubbish")
    await trial.send([event(3)])
    with pytest.raises(SeveralPoisoned):
        async with trial.worker() as worker:
            await until(worker.ended.is_set, what="the end of the worker")

    assert await _park(trial, range(2, 2 + MOST_IN_A_ROW + 2)) == MOST_IN_A_ROW + 2
    assert await _park(trial, range(2, 2 + MOST_IN_A_ROW + 2)) == 0

    async with trial.worker():
        await trial.until_folded({DIVISION: [1, 2, 3]})
        await until(lambda: _dead_lettered(trial) == MOST_IN_A_ROW + 2, what="the dead letters")
    assert len(trial.parked()) == MOST_IN_A_ROW + 2


@pytest.mark.parts
@pytest.mark.parametrize(
    ("offsets", "why"),
    [
        (range(3), f"is the event trial/{DIVISION}@1"),
        (range(2, 9), "ends before 3"),
        (range(5, 5), "1 to 1000"),
    ],
)
async def test_an_event_is_never_put_aside_by_hand(trial: Trial, offsets: range, why: str) -> None:
    await trial.send(ledger(2))
    await _send_raw(trial, [], None)
    with pytest.raises(CannotPark, match=why):
        await _park(trial, offsets)
    assert trial.parked() == []


async def _park(trial: Trial, offsets: range) -> int:
    async with new_pool(trial.database.dsn, name="by-hand", size=1) as pool:
        return await park_by_hand(
            pool,
            bootstrap=trial.kafka.bootstrap,
            topic=trial.topic,
            source=SOURCE,
            county=COUNTY,
            partition=partition_of(DIVISION, PARTITIONS),
            offsets=offsets,
        )


async def _send_raw(trial: Trial, headers: list[tuple[str, bytes]], value: bytes | None) -> None:
    async with AIOKafkaProducer(bootstrap_servers=trial.kafka.bootstrap) as producer:
        place = partition_of(DIVISION, PARTITIONS)
        await producer.send_and_wait(
            trial.topic, key=b"k", value=value, headers=headers, partition=place
        )


def _dead_lettered(trial: Trial) -> int:
    return trial.count("select count(*) from parked where dead_lettered_at is not null")


async def _dead_letters(trial: Trial) -> list[tuple[bytes, bytes]]:
    topic = dead_letters_of(trial.topic)
    async with AIOKafkaConsumer(
        topic, bootstrap_servers=trial.kafka.bootstrap, auto_offset_reset="earliest"
    ) as consumer:
        records = [await anext(consumer) for _ in range(2)]
    ordered = sorted(records, key=lambda record: record.timestamp)
    return [(record.value, dict(record.headers)["concord_reason"]) for record in ordered]

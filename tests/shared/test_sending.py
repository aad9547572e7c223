"""A producer, and a topic or a broker that goes: it puts nothing first that is not, and lets go."""

import asyncio
import os
import signal
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from aiokafka.errors import KafkaError
from aiokafka.producer import sender as producing

from deploy.kafka.topics import make_topics
from shared.relay import sending
from shared.relay.sending import Sender, SendingFailed
from shared.topics import PARTITIONS
from tests.parts import KafkaForTests
from tests.shared.ledgers import NEIGHBOUR
from tests.shared.relaying import lose
from tests.shared.streams import Trial, event
from tests.shared.topic_readers import sequences_on

pytestmark = pytest.mark.parts


@contextmanager
def _not_answering(kafka: KafkaForTests) -> Iterator[None]:
    os.kill(kafka.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(kafka.pid, signal.SIGCONT)


def _of_the_client() -> list[str]:
    running = [repr(task.get_coro()) for task in asyncio.all_tasks()]
    return [name for name in running if "Sender." in name or "MessageAccumulator." in name]


async def test_nothing_of_a_producer_is_left_when_a_broker_did_not_answer(
    kafka: KafkaForTests,
) -> None:
    sender = Sender(kafka.bootstrap, topic=kafka.fresh_topic(), partitions=PARTITIONS)
    async with sender:
        await sender.send([event(1)])
        with _not_answering(kafka):
            under_way = asyncio.create_task(sender.send([event(2)]))
            await asyncio.sleep(0.1)
            under_way.cancel()
            with suppress(asyncio.CancelledError):
                await under_way
            assert _of_the_client()
            await sender.__aexit__()
    assert _of_the_client() == []


async def test_a_broker_that_lets_no_producer_begin_is_given_up(
    kafka: KafkaForTests, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one without a controller: the relay would tell no lag while it waits."""

    async def no_id(*_: Any) -> bool:
        await asyncio.sleep(0.1)
        return False

    monkeypatch.setattr(producing.Sender, "_do_init_pid", no_id)
    monkeypatch.setattr(sending, "_START_SECONDS", 0.5)
    sender = Sender(kafka.bootstrap, topic=kafka.fresh_topic(), partitions=PARTITIONS)
    with pytest.raises(KafkaError, match="begin"):
        async with asyncio.timeout(5):
            await sender.__aenter__()
    assert _of_the_client() == []


def _sender(trial: Trial, *, non_empty: Collection[int] = ()) -> Sender:
    return Sender(
        trial.kafka.bootstrap, topic=trial.topic, partitions=PARTITIONS, non_empty=non_empty
    )


async def _send_while_the_topic_is_lost(trial: Trial, sender: Sender) -> None:
    lose(trial)
    sending = asyncio.create_task(sender.send([event(2)]))
    # by now it was refused once, as by a broker that came back and has no topic yet
    await asyncio.sleep(0.1)
    make_topics(trial.kafka.bootstrap, [trial.topic])
    # unless the lost topic took it in its last moment, it is refused
    with suppress(SendingFailed):
        await sending


async def test_what_a_lost_topic_did_not_take_does_not_come_first_on_the_new_one(
    trial: Trial,
) -> None:
    async with _sender(trial) as sender:
        await sender.send([event(1)])
        await _send_while_the_topic_is_lost(trial, sender)
    assert await sequences_on(trial.kafka.bootstrap, trial.topic) == {}


async def test_what_an_earlier_producer_began_does_not_go_on_first_on_a_new_topic(
    trial: Trial,
) -> None:
    await trial.send([event(1)])
    async with _sender(trial, non_empty=range(PARTITIONS)) as sender:
        await _send_while_the_topic_is_lost(trial, sender)
    assert await sequences_on(trial.kafka.bootstrap, trial.topic) == {}


async def test_what_a_producer_that_missed_the_topic_holds_does_not_come_first_on_the_new_one(
    trial: Trial,
) -> None:
    async with _sender(trial) as sender:
        await sender.send([event(1)])
        lose(trial)
        # as the client does by itself every few seconds: it knows of no such topic now
        client = sender._producer.client
        while client.cluster.partitions_for_topic(trial.topic):
            await client.force_metadata_update()
        make_topics(trial.kafka.bootstrap, [trial.topic])
        await trial.send([event(1, NEIGHBOUR)])
        with pytest.raises(SendingFailed, match="a partition is gone"):
            await sender.send([event(2)])
    assert await sequences_on(trial.kafka.bootstrap, trial.topic) == {NEIGHBOUR: [1]}

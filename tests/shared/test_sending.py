"""A producer that lets go: of a broker that does not answer, and of one that lets none begin."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from aiokafka.errors import KafkaError
from aiokafka.producer import sender as producing

from shared.relay import sending
from shared.relay.sending import Sender
from shared.topics import PARTITIONS
from tests.parts import KafkaForTests
from tests.shared.streams import event

pytestmark = pytest.mark.parts


@contextmanager
def _not_answering(kafka: KafkaForTests) -> Iterator[None]:
    kafka.part.process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        kafka.part.process.send_signal(signal.SIGCONT)


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

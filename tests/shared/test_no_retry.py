"""Kafka's client tries nothing twice where a partition holds events; the broker is played here."""

from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka.cluster import ClusterMetadata
from aiokafka.errors import KafkaConnectionError, KafkaError, NoError, UnknownTopicOrPartitionError
from aiokafka.protocol.metadata import MetadataResponse_v1
from aiokafka.protocol.produce import ProduceRequest

from shared.relay.no_retry import NoRetry, NotRetried

_TOPIC = "concord.trial"
_ACCEPTED, _NOT_YET = NoError.errno, UnknownTopicOrPartitionError.errno
_EVENTS = ProduceRequest(required_acks=-1, timeout=4000, topics=[], transactional_id=None)


class PlayedClient:
    """The client of a producer, with what the broker says of partition 3 laid ready."""

    def __init__(self, *answers: int | KafkaError) -> None:
        self._answers = list(answers)
        self.cluster = ClusterMetadata()

    async def send(self, node_id: int, request: Any, **how: Any) -> Any:
        answer = self._answers.pop(0)
        if isinstance(answer, KafkaError):
            raise answer
        return SimpleNamespace(topics=[(_TOPIC, [(3, answer, 0, -1)])])

    async def send_events(self) -> None:
        await self.send(1, _EVENTS)

    def tell(self, *, leader: int | None) -> None:
        """As the client learns every few seconds who leads the partition, if there is one."""
        partitions = [] if leader is None else [(0, 3, leader, [1], [1])]
        topic = (_NOT_YET if leader is None else _ACCEPTED, _TOPIC, False, partitions)
        self.cluster.update_metadata(
            MetadataResponse_v1([(1, "localhost", 9092, None)], 1, [topic])
        )


def _wrap(client: PlayedClient, *, non_empty: set[int]) -> NoRetry:
    return NoRetry(client, topic=_TOPIC, non_empty=non_empty)


async def test_a_partition_that_holds_nothing_may_say_not_yet() -> None:
    client = PlayedClient(_NOT_YET, _ACCEPTED)
    _wrap(client, non_empty={4})
    await client.send_events()
    await client.send_events()


async def test_a_partition_that_held_events_before_this_producer_has_no_second_try() -> None:
    client = PlayedClient(_NOT_YET, _ACCEPTED)
    _wrap(client, non_empty={3})
    await client.send_events()
    with pytest.raises(NotRetried, match="UnknownTopicOrPartition"):
        await client.send_events()


async def test_a_partition_that_took_events_of_this_producer_has_no_second_try() -> None:
    client = PlayedClient(_ACCEPTED, _NOT_YET, _ACCEPTED)
    _wrap(client, non_empty=set())
    await client.send_events()
    await client.send_events()
    with pytest.raises(NotRetried):
        await client.send_events()


async def test_an_answer_that_was_lost_ends_it_for_whatever_partition() -> None:
    client = PlayedClient(KafkaConnectionError(), _ACCEPTED)
    _wrap(client, non_empty=set())
    for _ in range(2):
        with pytest.raises(NotRetried, match="KafkaConnectionError"):
            await client.send_events()


@pytest.mark.parametrize("leader", [None, -1])
async def test_what_waited_for_a_partition_to_be_there_again_is_not_sent(
    leader: int | None,
) -> None:
    client = PlayedClient(_ACCEPTED)
    no_retry = _wrap(client, non_empty={3})
    client.tell(leader=1)
    no_retry.watch()
    client.tell(leader=leader)
    client.tell(leader=1)
    with pytest.raises(NotRetried):
        await client.send_events()


async def test_a_partition_that_holds_nothing_may_wait_for_its_leader() -> None:
    client = PlayedClient(_ACCEPTED)
    _wrap(client, non_empty=set()).watch()
    client.tell(leader=None)
    client.tell(leader=1)
    await client.send_events()

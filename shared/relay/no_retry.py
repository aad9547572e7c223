"""Keeps Kafka's client from retrying a failed batch: the relay decides what is sent again.

A broker that lost its folder comes back with empty topics within seconds. An idempotent producer
keeps a failed batch and retries it until it is accepted, so the middle of a ledger would come
first on the new topic. After its first failure this producer sends nothing more; the relay looks
at the topic and sends from the topic's end. An empty partition may answer "not yet", as a topic
that was just created does: there the client may retry, since it sends the ledgers' first events.
"""

from collections.abc import Collection, Iterator
from typing import Any

from aiokafka import TopicPartition
from aiokafka.client import AIOKafkaClient
from aiokafka.cluster import ClusterMetadata
from aiokafka.errors import DuplicateSequenceNumber, KafkaError, NoError, for_code
from aiokafka.protocol.produce import ProduceRequest

_ACCEPTED = {NoError.errno, DuplicateSequenceNumber.errno}
_NO_LEADER = {None, -1}


class NotRetried(KafkaError):  # type: ignore[misc]  # aiokafka's errors have no types
    """Kafka rejected events of this producer before; it sends no more."""

    retriable = False


class NoRetry:
    """Wraps a producer's client; passes events on until Kafka rejects some."""

    def __init__(self, client: AIOKafkaClient, *, topic: str, non_empty: Collection[int]) -> None:
        """Replace `client.send` for the life of the producer.

        `non_empty` are the partitions that held events before it.
        """
        self._send = client.send
        self._cluster = client.cluster
        self._fault: str | None = None
        self._non_empty = {TopicPartition(topic, number) for number in non_empty}
        # an instance's own attribute: the method is what the producer's tasks look up
        setattr(client, "send", self.send)  # noqa: B010

    def watch(self) -> None:
        """From now on, a non-empty partition that disappears counts as a failure.

        The client would keep the events meant for it and send them once the topic exists again.
        """
        self._cluster.add_listener(self._look_at)

    def _look_at(self, cluster: ClusterMetadata) -> None:
        if any(cluster.leader_for_partition(place) in _NO_LEADER for place in self._non_empty):
            self._fault = "a partition is gone"

    async def send(self, node_id: int, request: Any, **how: Any) -> Any:
        """Send as the client does; raises NotRetried for events after Kafka rejected some."""
        if not isinstance(request, ProduceRequest):
            return await self._send(node_id, request, **how)
        if self._fault:
            raise NotRetried(self._fault)
        try:
            response = await self._send(node_id, request, **how)
        except KafkaError as fault:
            self._fault = type(fault).__name__
            raise NotRetried(self._fault) from fault
        for partition, code in _answers(response):
            self._note_code(partition, code)
        return response

    def _note_code(self, partition: TopicPartition, code: int) -> None:
        if code in _ACCEPTED:
            self._non_empty.add(partition)
        elif partition in self._non_empty:
            self._fault = for_code(code).__name__


def _answers(response: Any) -> Iterator[tuple[TopicPartition, int]]:
    """The broker's code for each partition, in any version of the response."""
    for topic, partitions in response.topics:
        for number, code, *_ in partitions:
            yield TopicPartition(topic, number), code

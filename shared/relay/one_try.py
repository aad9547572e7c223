"""No second try by Kafka's client: what is sent again is decided by whoever knows the topic.

A broker that lost its folder comes back with empty topics within seconds. An idempotent producer
keeps a batch that had failed and tries it until it is taken: so the middle of a ledger came first
on the new topic. After a first failure this producer sends nothing any more, the relay looks at
the topic, and sends from where that one stands. Only a partition that holds nothing may say "not
yet", since whatever comes first there is the first of its ledger: a topic that was just made does.
"""

from collections.abc import Collection, Iterator
from typing import Any

from aiokafka import TopicPartition
from aiokafka.client import AIOKafkaClient
from aiokafka.cluster import ClusterMetadata
from aiokafka.errors import DuplicateSequenceNumber, KafkaError, NoError, for_code
from aiokafka.protocol.produce import ProduceRequest

_TAKEN = {NoError.errno, DuplicateSequenceNumber.errno}
_NO_LEADER = {None, -1}


class NoSecondTry(KafkaError):  # type: ignore[misc]  # aiokafka's errors have no types
    """Events were not taken once; this producer has no other attempt."""

    retriable = False


class OneTry:
    """Stands before the client of a producer, and lets events through until some are not taken."""

    def __init__(self, client: AIOKafkaClient, *, topic: str, begun: Collection[int]) -> None:
        """Takes the place of `client.send`, for as long as the producer lives.

        `begun` are the partitions that held events before it.
        """
        self._send = client.send
        self._cluster = client.cluster
        self._fault: str | None = None
        self._begun = {TopicPartition(topic, number) for number in begun}
        # an instance's own attribute: the method is what the producer's tasks look up
        setattr(client, "send", self.send)  # noqa: B010

    def watch(self) -> None:
        """From now on a begun partition that is gone counts as events not taken.

        The client would keep what is meant for it, and send that when there is such a topic again.
        """
        self._cluster.add_listener(self._look_at)

    def _look_at(self, cluster: ClusterMetadata) -> None:
        if any(cluster.leader_for_partition(place) in _NO_LEADER for place in self._begun):
            self._fault = "a partition is gone"

    async def send(self, node_id: int, request: Any, **how: Any) -> Any:
        """As the client does it; NoSecondTry for events once some were not taken."""
        if not isinstance(request, ProduceRequest):
            return await self._send(node_id, request, **how)
        if self._fault:
            raise NoSecondTry(self._fault)
        try:
            response = await self._send(node_id, request, **how)
        except KafkaError as fault:
            self._fault = type(fault).__name__
            raise NoSecondTry(self._fault) from fault
        for partition, code in _answers(response):
            self._note(partition, code)
        return response

    def _note(self, partition: TopicPartition, code: int) -> None:
        if code in _TAKEN:
            self._begun.add(partition)
        elif partition in self._begun:
            self._fault = for_code(code).__name__


def _answers(response: Any) -> Iterator[tuple[TopicPartition, int]]:
    """The broker's code for each partition, whichever version of the answer it is."""
    for topic, partitions in response.topics:
        for number, code, *_ in partitions:
            yield TopicPartition(topic, number), code

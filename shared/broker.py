"""Reads topic ids and end offsets from Kafka's admin interface.

A topic that was deleted and created again, or a broker whose folder was lost, answers under the
same name as before; only the topic's id, or an end offset before what was written, shows it.
aiokafka cannot read the id, so kafka-python's admin client is used, in a thread of its own.
"""

import asyncio
import socket
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from kafka import TopicPartition
from kafka.admin import KafkaAdminClient, OffsetSpec
from kafka.errors import KafkaError

_PATIENCE_SECONDS = 5
Answer = TypeVar("Answer")


class BrokerAway(Exception):
    """Kafka does not answer, or does not have the topic (yet)."""


@dataclass(frozen=True, slots=True)
class TopicState:
    """A topic's id, and for each partition the offset of the next message."""

    id: str
    ends: Mapping[int, int]


class Broker:
    """Reads topics; connects at the first request, and again after a failure."""

    def __init__(self, bootstrap: str) -> None:
        """`bootstrap` is host:port, several separated by commas."""
        self._bootstrap = bootstrap
        self._admin: KafkaAdminClient | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="broker")

    async def __aenter__(self) -> Self:
        """Nothing is opened before the first request."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the connection and let the thread end."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._disconnect)
        self._thread.shutdown(wait=False)

    async def topic_id(self, name: str) -> str:
        """The current id of the topic; raises BrokerAway."""
        return await self._ask(lambda admin: str(_described(admin, name)["topic_id"]))

    async def topic(self, name: str) -> TopicState:
        """The id of the topic and the ends of its partitions; raises BrokerAway."""
        return await self._ask(lambda admin: _state(admin, name))

    async def _ask(self, question: Callable[[KafkaAdminClient], Answer]) -> Answer:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._answer, question)

    def _answer(self, question: Callable[[KafkaAdminClient], Answer]) -> Answer:
        try:
            return question(self._connected())
        except (KafkaError, OSError) as fault:
            self._disconnect()
            raise BrokerAway(f"Kafka does not answer ({type(fault).__name__})") from fault

    def _connected(self) -> KafkaAdminClient:
        if self._admin is None:
            servers = self._bootstrap.split(",")
            _check_reachable(servers)
            self._admin = KafkaAdminClient(
                bootstrap_servers=servers,
                client_id="concord-broker",
                request_timeout_ms=_PATIENCE_SECONDS * 1000,
                bootstrap_timeout_ms=_PATIENCE_SECONDS * 1000,
                reconnect_backoff_max_ms=1000,
            )
        return self._admin

    def _disconnect(self) -> None:
        admin, self._admin = self._admin, None
        if admin is not None:
            admin.close()


def _check_reachable(servers: list[str]) -> None:
    """Fail at once if nobody listens: the admin client would keep trying until its timeout."""
    fault = OSError("no server named")
    for server in servers:
        host, _, port = server.strip().rpartition(":")
        try:
            socket.create_connection((host, int(port)), timeout=_PATIENCE_SECONDS).close()
        except OSError as refused:
            fault = refused
        else:
            return
    raise fault


def _described(admin: KafkaAdminClient, name: str) -> dict[str, Any]:
    [topic] = admin.describe_topics([name])
    if topic["error_code"] or not topic["topic_id"]:
        raise BrokerAway(f"Kafka has no topic {name}")
    return dict(topic)


def _state(admin: KafkaAdminClient, name: str) -> TopicState:
    topic = _described(admin, name)
    # only partitions described together with the id: a topic may vanish between two requests
    places = [TopicPartition(name, found["partition_index"]) for found in topic["partitions"]]
    ends = admin.list_partition_offsets(dict.fromkeys(places, OffsetSpec.LATEST))
    return TopicState(
        str(topic["topic_id"]), {place.partition: found.offset for place, found in ends.items()}
    )

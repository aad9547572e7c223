"""A trickle is gathered by the broker, the first event after a silence and a backlog are not."""

from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka.protocol.fetch import FetchRequest
from aiokafka.protocol.metadata import MetadataRequest

from shared.streaming.gathering import (
    AT_ONCE,
    ENOUGH_BYTES,
    GATHERS,
    IN_SILENCE,
    Gathering,
    Patience,
    patience_after,
)

_PARTITIONS = 12


class PlayedClient:
    """The client of a consumer, with the bytes of each partition's answer laid ready."""

    def __init__(self, *answers: bytes | None) -> None:
        self._answers = list(answers)
        self.asked: list[Patience] = []

    async def send(self, _: int, request: Any, **__: Any) -> Any:
        if isinstance(request, FetchRequest):
            self.asked.append(Patience(request._min_bytes, request._max_wait_ms))
            return SimpleNamespace(
                topics=[("concord.trial", [(3, 0, 9, [], self._answers.pop(0))])]
            )
        return request

    async def fetch(self, partitions: int = _PARTITIONS) -> None:
        places = [(number, 0, 1 << 20) for number in range(partitions)]
        await self.send(1, FetchRequest(500, 1, 1 << 20, 0, [("concord.trial", places)]))


def _gathering(*answers: bytes | None) -> PlayedClient:
    client = PlayedClient(*answers)
    Gathering(client, assigned=lambda: _PARTITIONS)
    return client


async def test_after_a_few_events_the_broker_may_wait_for_more_but_not_for_the_first() -> None:
    client = _gathering(b"", b"event", b"event", b"")
    for _ in range(4):
        await client.fetch()
    assert client.asked == [AT_ONCE, IN_SILENCE, GATHERS, GATHERS]
    assert GATHERS.longest_ms <= 30


async def test_a_backlog_is_fetched_without_a_wait() -> None:
    client = _gathering(b"x" * ENOUGH_BYTES, b"x" * ENOUGH_BYTES)
    for _ in range(2):
        await client.fetch()
    assert client.asked == [AT_ONCE, AT_ONCE]


async def test_it_is_no_silence_when_a_partition_was_not_asked_for() -> None:
    client = _gathering(None, None)
    for _ in range(2):
        await client.fetch(_PARTITIONS - 1)
    assert client.asked == [AT_ONCE, AT_ONCE]


async def test_the_longer_the_silence_the_longer_the_broker_holds_a_fetch() -> None:
    client = _gathering(*[b""] * 6, b"event", b"", b"")
    for _ in range(9):
        await client.fetch()
    waits = [patience.longest_ms for patience in client.asked[1:]]
    assert waits == [500, 1000, 2000, 4000, 4000, 4000, GATHERS.longest_ms, 500]
    assert all(asked.least_bytes == 1 for asked in client.asked[1:7])


async def test_other_requests_go_as_they_are() -> None:
    client, request = _gathering(), MetadataRequest([])
    assert await client.send(1, request) is request


@pytest.mark.parametrize("received", [1, ENOUGH_BYTES - 1, ENOUGH_BYTES, 10 * ENOUGH_BYTES])
def test_whatever_is_behind_by_enough_is_answered_at_once(received: int) -> None:
    patience = patience_after(received, asked_for_all=True)
    assert patience.least_bytes <= ENOUGH_BYTES
    assert (patience is GATHERS) == (received < ENOUGH_BYTES)

"""Lets the broker gather a trickle: a fetch that would bring a few events waits for some more.

A fetch costs the broker, the client and the transaction behind it about the same for one event as
for twenty. So after an answer with little in it the broker may hold the next fetch for 25 ms. The
first event after a silence comes at once, and so does whatever is behind: where enough waits on the
topic, the broker answers without waiting. The longer the silence, the longer the broker holds an
empty fetch, up to four seconds: whoever reads a partition again, or is given another one, waits for
its end.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from aiokafka.client import AIOKafkaClient
from aiokafka.protocol.fetch import FetchRequest

ENOUGH_BYTES = 64 << 10
"""Some fifty events: a consumer that is behind by more waits for nothing."""
_GATHER_MS = 25
_SILENCE_MS = 500
_LONGEST_SILENCE_MS = 4000


@dataclass(frozen=True, slots=True)
class Patience:
    """How much the broker waits for before it answers a fetch, and how long at most."""

    least_bytes: int
    longest_ms: int


AT_ONCE = Patience(1, 200)
"""Not for longer: what was being consumed when the fetch was sent waits for its end."""
GATHERS = Patience(ENOUGH_BYTES, _GATHER_MS)
IN_SILENCE = Patience(1, _SILENCE_MS)


def patience_after(received: int, *, asked_for_all: bool, silences: int = 0) -> Patience:
    """The patience of the fetch that follows an answer with so many bytes.

    `silences` counts the empty answers before it: each has the broker hold the next fetch for
    twice as long.
    """
    if received:
        return GATHERS if received < ENOUGH_BYTES else AT_ONCE
    if not asked_for_all:
        return AT_ONCE
    doubled = _SILENCE_MS << min(silences, 10)
    return replace(IN_SILENCE, longest_ms=min(doubled, _LONGEST_SILENCE_MS))


class Gathering:
    """Wraps a consumer's client, which has one fetch at a time under way."""

    def __init__(self, client: AIOKafkaClient, *, assigned: Callable[[], int]) -> None:
        """Replace `client.send`; `assigned` counts the partitions that are assigned."""
        self._send = client.send
        self._assigned = assigned
        self._patience = AT_ONCE
        self._silences = 0
        # an instance's own attribute: the method is what the fetcher looks up
        setattr(client, "send", self.send)  # noqa: B010

    async def send(self, node_id: int, request: Any, **how: Any) -> Any:
        """Send as the client does, a fetch with the patience that suits the last answer."""
        if not isinstance(request, FetchRequest):
            return await self._send(node_id, request, **how)
        asked = sum(len(partitions) for _, partitions in request.topics)
        request._min_bytes = self._patience.least_bytes  # noqa: SLF001  built before we see it
        request._max_wait_ms = self._patience.longest_ms  # noqa: SLF001
        self._patience = AT_ONCE
        response = await self._send(node_id, request, **how)
        received, asked_for_all = _bytes_in(response), asked >= self._assigned()
        self._patience = patience_after(
            received, asked_for_all=asked_for_all, silences=self._silences
        )
        self._silences = 0 if received or not asked_for_all else self._silences + 1
        return response


def _bytes_in(response: Any) -> int:
    """The bytes of messages in any version of the response."""
    return sum(
        len(partition[-1] or b"") for _, partitions in response.topics for partition in partitions
    )

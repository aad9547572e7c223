"""The import API of a service, with retries; a batch that is sent twice records nothing twice."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx

from cli.importing.batches import Batch
from cli.positions import positions_in
from cli.problems import raise_for_problem
from cli.refusals import NotReachable
from cli.register.mapping import Target

REJECTED = "rejected"
_AWAY = {
    HTTPStatus.CONFLICT,  # others wrote to the same ledgers meanwhile
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
}
_LONGEST_PAUSE = 5.0
PATIENCE = 60.0
"""For how many seconds a service that is away is asked again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a batch."""

    counts: dict[str, int]
    refused: tuple[tuple[int, dict[str, Any]], ...]
    """Place in the batch and problem of every rejected row."""
    positions: dict[str, int]


class ImportApiAway(NotReachable):
    """The service did not come back in time; rows with an answer are recorded."""

    def __init__(self, address: httpx.URL) -> None:
        super().__init__(
            f"The import API at {address} does not answer; run the same command again when it "
            "does: it goes on where this one stopped, and files nothing twice."
        )


@dataclass(frozen=True)
class ImportApi:
    """Where the rows of a target go."""

    client: httpx.AsyncClient
    target: Target

    async def send(self, batch: Batch) -> Answer:
        """What became of the batch's rows; ImportApiAway when patience ends."""
        until = time.monotonic() + PATIENCE
        for pause in pauses():
            answer = await self._try(batch)
            if isinstance(answer, Answer):
                return answer
            wait = max(pause, answer)
            if time.monotonic() + wait > until:
                break
            await asyncio.sleep(wait)
        raise ImportApiAway(self.client.base_url)

    async def _try(self, batch: Batch) -> Answer | float:
        """The answer, or how many seconds the service asks to wait."""
        headers = {"Content-Type": "application/json"}
        try:
            answer = await self.client.post(self.target.path, content=batch.body, headers=headers)
        except httpx.TransportError:
            return 0.0
        if answer.status_code in _AWAY:
            return retry_after(answer)
        if answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE and len(batch.rows) == 1:
            return _too_large()
        raise_for_problem(answer)
        return self._read(answer)

    def _read(self, answer: httpx.Response) -> Answer:
        body = answer.json()
        refused = tuple(
            (place, result["problem"])
            for place, result in enumerate(body["results"])
            if result["outcome"] == REJECTED
        )
        counts = {name: int(body[name]) for name in (*self.target.outcomes, REJECTED)}
        return Answer(counts, refused, positions_in(answer))


def pauses() -> Iterator[float]:
    """Seconds between one attempt and the next, without end."""
    pause = 0.2
    while True:
        yield pause
        pause = min(pause * 2, _LONGEST_PAUSE)


def retry_after(answer: httpx.Response) -> float:
    """The seconds that an answer asks for, within reason."""
    asked = answer.headers.get("Retry-After", "")
    return min(float(asked), _LONGEST_PAUSE) if asked.isdecimal() else 0.0


def _too_large() -> Answer:
    problem = {"detail": "larger than the import takes", "field": None}
    return Answer({REJECTED: 1}, ((0, problem),), {})

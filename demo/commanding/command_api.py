"""Client of a service's commands: retries while it is away; a command sent twice is done once."""

import asyncio
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx

from cli.importing.import_api import PATIENCE, pauses, retry_after
from cli.positions import positions_in
from cli.problems import RequestRefused, problem_of, slug_of
from cli.refusals import NotReachable
from demo.commanding.posting import Post

_AWAY = {
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
}

_OTHERWISE = "idempotency-key-reused"

# no existing record has this version: a command with it is answered from its receipt, or not done
_VERSION_OF_NOTHING = '"0"'


class StepRefused(RequestRefused):
    """A service refused a step of what is played."""

    def __init__(self, key: str, answer: httpx.Response) -> None:
        super().__init__(
            f"The step {key} was refused ({answer.status_code}): {problem_of(answer)}."
        )


class PlayedOtherwise(RequestRefused):
    """The data folder has a demonstration of another release, which is not changed."""

    def __init__(self) -> None:
        super().__init__(
            "This data folder holds the demonstration as another release played it, and nothing "
            "in it is recorded over. Play this one in an empty folder: "
            "CONCORD_DATA=some-new-folder make demo."
        )


class ServiceAway(NotReachable):
    """The service did not come back in time; steps with an answer are recorded."""

    def __init__(self, service: str) -> None:
        super().__init__(
            f"The service {service} does not answer; `concord status` says what runs. "
            "Start the demo again when it does: it goes on where this one stopped."
        )


@dataclass(frozen=True, slots=True)
class Command:
    """Path, body and idempotency key of a request."""

    path: str
    body: dict[str, Any]
    key: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The content of an answer, and the ledger positions of what was written."""

    content: dict[str, Any]
    positions: dict[str, int]


@dataclass(frozen=True)
class CommandApi:
    """`POST` of any command of a service."""

    service: str
    post: Post

    async def send(self, command: Command) -> Answer:
        """Send the command; a repeat gets the first answer. Raises StepRefused or ServiceAway."""
        return _read(await self._ask(command, {}), command)

    async def earlier_answer(self, command: Command) -> Answer | None:
        """The answer of an earlier run, or None; does not run the command."""
        answer = await self._ask(command, {"If-Match": _VERSION_OF_NOTHING})
        if answer.status_code == HTTPStatus.PRECONDITION_FAILED:
            return None
        return _read(answer, command)

    async def _ask(self, command: Command, headers: dict[str, str]) -> httpx.Response:
        until = time.monotonic() + PATIENCE
        for pause in pauses():
            sent = headers | {"Idempotency-Key": command.key}
            answer = await self.post(command.path, command.body, sent)
            if answer is not None and answer.status_code not in _AWAY:
                return answer
            wait = pause if answer is None else max(pause, retry_after(answer))
            if time.monotonic() + wait > until:
                break
            await asyncio.sleep(wait)
        raise ServiceAway(self.service)


def _read(answer: httpx.Response, command: Command) -> Answer:
    if slug_of(answer) == _OTHERWISE:
        raise PlayedOtherwise
    if not answer.is_success:
        raise StepRefused(command.key, answer)
    return Answer(answer.json(), positions_in(answer))

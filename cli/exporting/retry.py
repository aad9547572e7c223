"""GET requests that are retried while the service is away or cannot answer yet."""

import time
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import httpx

from cli.problems import problem_of, raise_for_problem
from cli.refusals import NotReachable

PATIENCE = 60.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 5.0
_AWAY = {
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
}


class ServiceAway(NotReachable):
    """The service did not answer in time."""

    def __init__(self, client: httpx.Client, why: str) -> None:
        super().__init__(
            f"{client.base_url} does not answer what was asked ({why}); `concord status` says "
            "what runs."
        )


def get(client: httpx.Client, path: str, asked: Mapping[str, str | int]) -> httpx.Response:
    """The answer, also a refusal; raises ServiceAway after a minute."""
    until, pause = time.monotonic() + PATIENCE, _FIRST_PAUSE
    while True:
        try:
            answer = client.get(path, params=dict(asked))
        except httpx.TransportError as fault:
            why = type(fault).__name__
        else:
            if answer.status_code not in _AWAY:
                return answer
            why = problem_of(answer)
        if time.monotonic() + pause > until:
            raise ServiceAway(client, why)
        time.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


def get_json(
    client: httpx.Client, path: str, asked: Mapping[str, str | int] | None = None
) -> dict[str, Any]:
    """The body of a successful answer; raises a refusal as CommandRefused."""
    answer = get(client, path, asked or {})
    raise_for_problem(answer)
    body: dict[str, Any] = answer.json()
    return body

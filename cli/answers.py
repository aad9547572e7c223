"""What a door's answer means to the person at the command line: an answer, or one sentence."""

from http import HTTPStatus
from typing import Any

import httpx

from cli.refusals import BadInput, NotReachable

_NOT_ALLOWED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}


class DoorRefused(BadInput):
    """The door understood, and says no."""


def refuse_problem(answer: httpx.Response) -> None:
    """Nothing for an answer that is none of a problem; else the sentence that tells it."""
    if answer.is_success:
        return
    told = problem_of(answer)
    if answer.status_code in _NOT_ALLOWED:
        raise DoorRefused(
            f"{answer.url.host} does not allow that ({told}); the token has to be valid, "
            "and of a role and division that reach so far."
        )
    if answer.is_server_error:
        raise NotReachable(f"{answer.url.host}:{answer.url.port} cannot serve now: {told}.")
    raise DoorRefused(f"{told}.")


def problem_of(answer: httpx.Response) -> str:
    """Title and detail of a problem, with the fields it names; the status where there is none."""
    problem = _problem(answer)
    title = str(problem.get("title") or f"status {answer.status_code}")
    # the fields say more than the sentence that announces them
    details = [_field(error) for error in problem.get("errors") or ()]
    said = [detail.rstrip(".") for detail in details or [str(problem.get("detail") or "")]]
    return ": ".join([title.rstrip("."), "; ".join(said)]) if any(said) else title.rstrip(".")


def slug_of(answer: httpx.Response) -> str:
    """The name of the problem, such as `stale-version`; empty where the answer is none."""
    return str(_problem(answer).get("type") or "").rpartition("/")[2]


def _problem(answer: httpx.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _field(error: dict[str, Any]) -> str:
    return f"{error.get('field')} {error.get('message')}"

"""Turns a service's problem answers into one sentence for the command line."""

from http import HTTPStatus
from typing import Any

import httpx

from cli.refusals import BadInput, NotReachable

_NOT_ALLOWED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}


class RequestRefused(BadInput):
    """The service refused the request."""


def raise_for_problem(answer: httpx.Response) -> None:
    """Raise RequestRefused or NotReachable with a sentence if the answer is a problem."""
    if answer.is_success:
        return
    described = problem_of(answer)
    if answer.status_code in _NOT_ALLOWED:
        raise RequestRefused(
            f"{answer.url.host} does not allow that ({described}); the token has to be valid, "
            "and of a role and division that reach so far."
        )
    if answer.is_server_error:
        raise NotReachable(f"{answer.url.host}:{answer.url.port} cannot serve now: {described}.")
    raise RequestRefused(f"{described}.")


def problem_of(answer: httpx.Response) -> str:
    """Title and detail of a problem, with the fields it names; else the HTTP status."""
    problem = _problem(answer)
    title = str(problem.get("title") or f"status {answer.status_code}")
    # the fields say more than the general detail
    details = [_field(error) for error in problem.get("errors") or ()]
    said = [detail.rstrip(".") for detail in details or [str(problem.get("detail") or "")]]
    return ": ".join([title.rstrip("."), "; ".join(said)]) if any(said) else title.rstrip(".")


def slug_of(answer: httpx.Response) -> str:
    """The slug of the problem, such as `stale-version`; empty for other answers."""
    return str(_problem(answer).get("type") or "").rpartition("/")[2]


def _problem(answer: httpx.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _field(error: dict[str, Any]) -> str:
    return f"{error.get('field')} {error.get('message')}"

"""Client of `GET /figures` of the stats service."""

from collections.abc import Sequence
from typing import Any

import httpx

from cli.problems import raise_for_problem
from cli.refusals import NotReachable
from cli.system import System, Wanted
from shared.divisions import COUNTY, county_of, township_of
from shared.identity import Role

Figures = dict[str, Any]
"""The JSON answer: division, period, as_of, figures."""


def scope_of(division: str) -> str:
    """The county or township whose token reaches a division."""
    return county_of(division) if len(division) == COUNTY else township_of(division)


def ask_figures(system: System, wanted: Wanted, only: Sequence[str] = ()) -> Figures:
    """The figures of a division and a period; of all measures unless some are named."""
    return ask(system, "/figures", {**wanted, "ids": ",".join(only) or None})


def ask(system: System, path: str, wanted: Wanted) -> dict[str, Any]:
    """The stats service's answer; raises a problem as CommandRefused."""
    with auditor(system, str(wanted["division"])) as client:
        return ask_by(client, path, wanted)


def auditor(system: System, division: str) -> httpx.Client:
    """A client that may read the figures of a division, for several requests."""
    return system.client("stats", Role.AUDITOR, scope_of(division))


def ask_by(client: httpx.Client, path: str, wanted: Wanted) -> dict[str, Any]:
    """As `ask`, with an open client."""
    given = {name: value for name, value in wanted.items() if value is not None}
    try:
        answer = client.get(path, params=given)
    except httpx.TransportError as away:
        raise NotReachable(
            f"The stats service at {client.base_url} does not answer; "
            "`concord status` says what runs."
        ) from away
    raise_for_problem(answer)
    body: dict[str, Any] = answer.json()
    return body

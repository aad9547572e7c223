"""`GET /figures` of the stats service, as commands ask it."""

from collections.abc import Sequence
from typing import Any

import httpx

from cli.answers import refuse_problem
from cli.refusals import NotReachable
from cli.system import System, Wanted
from shared.divisions import COUNTY, county_of, township_of
from shared.identity import Role

Figures = dict[str, Any]
"""The object of the interface: division, period, as_of, figures."""


def scope_of(division: str) -> str:
    """The county or township whose token reaches a division."""
    return county_of(division) if len(division) == COUNTY else township_of(division)


def ask_figures(system: System, wanted: Wanted, only: Sequence[str] = ()) -> Figures:
    """The figures of a division and a period; of all measures unless some are named."""
    return ask(system, "/figures", {**wanted, "ids": ",".join(only) or None})


def ask(system: System, path: str, wanted: Wanted) -> dict[str, Any]:
    """What the stats service says there; a problem is raised as its sentence."""
    with auditor(system, str(wanted["division"])) as client:
        return ask_by(client, path, wanted)


def auditor(system: System, division: str) -> httpx.Client:
    """A client that may read the figures of a division: for several questions, opened once."""
    return system.client("stats", Role.AUDITOR, scope_of(division))


def ask_by(client: httpx.Client, path: str, wanted: Wanted) -> dict[str, Any]:
    """The same as `ask`, by a client that is open."""
    given = {name: value for name, value in wanted.items() if value is not None}
    try:
        answer = client.get(path, params=given)
    except httpx.TransportError as away:
        raise NotReachable(
            f"The stats service at {client.base_url} does not answer; "
            "`concord status` says what runs."
        ) from away
    refuse_problem(answer)
    body: dict[str, Any] = answer.json()
    return body

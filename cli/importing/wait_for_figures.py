"""Waits until the figures show what was brought in."""

import time
from collections.abc import Iterator

import httpx

from cli.importing.import_api import retry_after
from cli.positions import Positions, write_positions
from cli.problems import raise_for_problem
from cli.refusals import NotReachable
from cli.system import System
from shared.divisions import county_of
from shared.identity import Role

_LEDGERS_AT_ONCE = 200
_PATIENCE = 120.0


class FiguresBehind(NotReachable):
    """The stats service has not caught up in time."""

    def __init__(self) -> None:
        super().__init__("They are still being counted; `concord status` shows the lag.")


def wait_for_figures(system: System, positions: Positions, patience: float = _PATIENCE) -> None:
    """Returns when the stats service shows all these positions; FiguresBehind when patience ends."""
    until = time.monotonic() + patience
    for county, group in _groups(positions):
        asked = {"division": county, "period": "all", "at_least": write_positions(group)}
        with system.client("stats", Role.AUDITOR, county) as client:
            while not _show(client, asked):
                if time.monotonic() > until:
                    raise FiguresBehind


def _show(client: httpx.Client, asked: dict[str, str]) -> bool:
    """The service itself waits some seconds before it answers that it cannot show them yet."""
    try:
        answer = client.get("/figures", params=asked)
    except httpx.TransportError as away:
        raise NotReachable(f"The stats service at {client.base_url} does not answer.") from away
    if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
        time.sleep(max(retry_after(answer), 0.2))
        return False
    raise_for_problem(answer)
    return True


def _groups(positions: Positions) -> Iterator[tuple[str, dict[str, int]]]:
    ledgers = sorted(positions)
    counties = sorted({_county(ledger) for ledger in ledgers})
    for county in counties:
        theirs = [ledger for ledger in ledgers if _county(ledger) == county]
        for start in range(0, len(theirs), _LEDGERS_AT_ONCE):
            group = theirs[start : start + _LEDGERS_AT_ONCE]
            yield county, {ledger: positions[ledger] for ledger in group}


def _county(ledger: str) -> str:
    return county_of(ledger.rpartition("/")[2])

"""The figures of every year and division of an export, as of the exported positions."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from http import HTTPStatus
from typing import Any

import httpx

from cli.exporting.ledgers import Exported
from cli.exporting.retry import get, get_json
from cli.positions import write_positions
from cli.problems import raise_for_problem

_MISSES_A_LEDGER = "/problems/as-of-misses-ledger"


def questions(division: str, ledgers: Sequence[Exported]) -> Iterator[tuple[str, int]]:
    """Pairs of division and year for which the ledgers have events."""
    divisions = sorted({division, *(ledger.division for ledger in ledgers)})
    for each in divisions:
        own = (ledger.years for ledger in ledgers if ledger.division.startswith(each))
        for year in sorted(set[int]().union(*own)):
            yield each, year


def every_version(client: httpx.Client) -> str:
    """All definitions that stats answers, each as `id@version`."""
    measures = get_json(client, "/measures")["measures"]
    return ",".join(f"{measure['id']}@{measure['version']}" for measure in measures)


def figures_of(
    client: httpx.Client,
    division: str,
    year: int,
    ledgers: Iterable[Exported],
    *,
    ids: str,
    horizon: date,
) -> dict[str, Any]:
    """The answer of stats as of the exported positions of the division's ledgers, judged by the day."""
    positions = {
        ledger.name: ledger.events for ledger in ledgers if ledger.division.startswith(division)
    }
    while True:
        about = {"division": division, "period": f"{year:04}", "ids": ids}
        judged = {"as_of": write_positions(positions), "horizon": horizon.isoformat()}
        answer = get(client, "/figures", {**about, **judged})
        if answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY:
            begun_since = _missed(answer)
            if begun_since and begun_since not in positions:
                positions[begun_since] = 0
                continue
        raise_for_problem(answer)
        body: dict[str, Any] = answer.json()
        return body


def _missed(answer: httpx.Response) -> str | None:
    """A ledger that the positions lack because it began during the export; None for other problems."""
    problem = answer.json()
    return str(problem["ledger"]) if problem.get("type") == _MISSES_A_LEDGER else None

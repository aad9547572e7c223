"""The figures of every year and division of an export, as of exactly the exported positions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import httpx

from cli.answers import refuse_problem
from cli.exporting.ledgers import Exported
from cli.exporting.patience import get
from cli.positions import write_positions

_MISSES_A_LEDGER = "/problems/as-of-misses-ledger"


def questions(division: str, ledgers: Sequence[Exported]) -> Iterator[tuple[str, int]]:
    """Every division with a year in which something happened, and that year."""
    divisions = sorted({division, *(ledger.division for ledger in ledgers)})
    for each in divisions:
        own = (ledger.years for ledger in ledgers if ledger.division.startswith(each))
        for year in sorted(set[int]().union(*own)):
            yield each, year


def figures_of(
    client: httpx.Client, division: str, year: int, ledgers: Iterable[Exported]
) -> dict[str, Any]:
    """The figures as stats gives them, as of where the ledgers of the division were exported."""
    positions = {
        ledger.name: ledger.events for ledger in ledgers if ledger.division.startswith(division)
    }
    while True:
        answer = _ask(client, division, year, positions)
        if answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY:
            begun_since = _missed(answer)
            if begun_since and begun_since not in positions:
                positions[begun_since] = 0
                continue
        refuse_problem(answer)
        body: dict[str, Any] = answer.json()
        return body


def _ask(
    client: httpx.Client, division: str, year: int, positions: Mapping[str, int]
) -> httpx.Response:
    as_of = write_positions(positions)
    return get(client, "/figures", {"division": division, "period": f"{year:04}", "as_of": as_of})


def _missed(answer: httpx.Response) -> str | None:
    """The ledger that the position does not name: one that began while the export was made."""
    problem = answer.json()
    return str(problem["ledger"]) if problem.get("type") == _MISSES_A_LEDGER else None

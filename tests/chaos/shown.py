"""What stats shows: figures, what they stand at, and the matters that they name."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from deploy.local.issuing import TokenRequest
from deploy.local.tokens import fetch_token
from shared.identity import Role
from tests.chaos.counts import FIGURES
from tests.chaos.ground import COUNTY, Ground

_PAGE = 500
_NAMES = (
    "case_id",
    "mediation_id",
    "mediator_id",
    "report_id",
    "village_id",
    "grid_id",
    "worker_id",
)


@contextmanager
def stats(ground: Ground) -> Iterator[httpx.Client]:
    """Its door, for an auditor."""
    token = fetch_token(ground.run, TokenRequest(role=Role.AUDITOR, division=COUNTY))
    with httpx.Client(
        base_url=ground.run.url("stats"),
        headers={"Authorization": f"Bearer {token}"},
        trust_env=False,
        timeout=60,
    ) as http:
        yield http


def figures(http: httpx.Client, division: str) -> dict[str, Any]:
    """All that are judged."""
    asked = {"division": division, "period": "all", "ids": ",".join(FIGURES)}
    answer = http.get("/figures", params=asked)
    answer.raise_for_status()
    told: dict[str, Any] = answer.json()
    return told


def evidence(http: httpx.Client, division: str, figure: str) -> Iterable[str]:
    """The ids of what a figure counts, page by page."""
    asked = {"division": division, "period": "all", "limit": str(_PAGE)}
    while True:
        answer = http.get(f"/figures/{figure}/evidence", params=asked)
        answer.raise_for_status()
        page = answer.json()
        yield from (item[name] for item in page["items"] for name in _NAMES if name in item)
        if page["next"] is None:
            return
        asked["cursor"] = page["next"]

"""What a petitioner has in hand: number and query code, and the routes that they open."""

from dataclasses import replace
from typing import Any

import httpx

from services.intake.api.resident_limits import ResidentLimits
from services.intake.store.attempt_counts import AttemptCounts
from shared.identity import Role
from tests.intake.doors import COUNTY, KEYS, TOWNSHIP, Doors, a_filing

Known = dict[str, str]


async def registered(doors: Doors, division: str = TOWNSHIP, **changes: Any) -> tuple[str, Known]:
    """A filed case: its id, and what its petitioner was given."""
    answer = await doors.post(
        f"/townships/{division}/cases", a_filing(**changes), role=Role.BACKFILL, division=COUNTY
    )
    assert answer.status_code == 201, answer.text
    filed = answer.json()
    return filed["case_id"], {"number": filed["number"], "code": filed["query_code"]}


async def asked(
    doors: Doors, known: Known, verb: str = "", /, *, headers: Any = None, **more: Any
) -> httpx.Response:
    """A request without a token."""
    path = f"/resident/case/{verb}".rstrip("/")
    return await doors.http.post(path, json=known | more, headers=headers or {})


async def seen(doors: Doors, known: Known) -> dict[str, Any]:
    """What the petitioner is shown of the case."""
    answer = await asked(doors, known)
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


class limited:  # noqa: N801 - reads as a phrase
    """Other limits than usual for a while."""

    def __init__(self, doors: Doors, **limits: str) -> None:
        self.doors, self.limits = doors, limits

    def __enter__(self) -> None:
        counts = AttemptCounts(self.doors.pool)
        office = self.doors.app.state.office
        self.before = office
        replace(office, resident_limits=ResidentLimits.of(counts, KEYS, **self.limits)).open_in(
            self.doors.app
        )

    def __exit__(self, *_: object) -> None:
        self.before.open_in(self.doors.app)

"""Intake's door over a real database, without a relay: what the tests of its API enter by."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import httpx

from services.intake.api.office import Office
from services.intake.migrate import VERSIONS
from services.intake.server import ROUTERS
from shared.identity import Role
from tests.legal_acts import is_dated_back, is_the_offices
from tests.migrated import migrated
from tests.office_doors import (
    COUNTY,
    KEYS,
    MARKS,
    NEIGHBOUR,
    TOWNSHIP,
    OfficeDoors,
    Step,
    doors_of,
    problem,
)
from tests.opinions import OPINION
from tests.parts import FreshDatabase, PostgresForTests

__all__ = ["COUNTY", "KEYS", "MARKS", "NEIGHBOUR", "TOWNSHIP", "problem"]
FILE_HERE = f"/townships/{TOWNSHIP}/cases"


def fresh_intake(postgres: PostgresForTests) -> FreshDatabase:
    return migrated(postgres, "intake", VERSIONS)


class Doors(OfficeDoors[Office]):
    writing, reading, ref = Role.HANDLER, Role.CLERK, "post-1"

    async def file(self, division: str = TOWNSHIP, **changes: Any) -> str:
        """A filed case; gives its id."""
        answer = await self.post(
            f"/townships/{division}/cases",
            a_filing(**changes),
            role=Role.BACKFILL,
            division=COUNTY,
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["case_id"])

    async def tell(self, case_id: str, *steps: tuple[str, dict[str, Any]]) -> httpx.Response:
        """Each step succeeds; the petition office comes as a post of its own."""
        path = f"/cases/{case_id}"
        answers = [await self.told(path, step, **_told_by(step)) for step in steps]
        return answers[-1]


def _told_by(step: Step) -> dict[str, Any]:
    if is_dated_back(step):
        return {"role": Role.BACKFILL}
    return {"ref": "post-2"} if is_the_offices(step) else {}


@asynccontextmanager
async def open_doors(database: FreshDatabase) -> AsyncIterator[Doors]:
    office_over = partial(Office.over, marks=MARKS)
    opened = doors_of(Doors, database, service="intake", routers=ROUTERS, office_over=office_over)
    async with opened as doors:
        yield doors


def a_filing(**changes: Any) -> dict[str, Any]:
    """What a clerk writes down."""
    return {
        "channel": "visit",
        "purpose": "request",
        "category": "land",
        "headcount": 1,
        "first_or_repeat": "first",
        "person": {"name": "张三丰", "phone": "13912345678"},
        "narrative": "村东头的地被占了三分，没有人管。",
    } | changes


ACCEPT = ("accept", {"responsible_unit": "justice-office"})
ANSWER: Step = (
    "answer",
    {"result": "supported", "measures": ["solve"], "method": "in-person", "opinion": OPINION},
)

"""Grid's API over a real database, without a relay: what its tests enter by."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from itertools import count
from typing import Any

import httpx

from services.grid.api.office import Office
from services.grid.domain.named_ids import grid_id
from services.grid.migrate import VERSIONS
from services.grid.policies import STEPS
from services.grid.server import ROUTERS
from shared.divisions import township_of
from shared.identity import Role
from tests.migrated import migrated
from tests.office_doors import (
    COUNTY,
    KEYS,
    MARKS,
    NEIGHBOUR,
    TOWNSHIP,
    Body,
    OfficeDoors,
    doors_of,
    problem,
)
from tests.parts import FreshDatabase, PostgresForTests

__all__ = ["COUNTY", "KEYS", "MARKS", "NEIGHBOUR", "TOWNSHIP", "Body", "problem"]

POST = "post-grid-wu"
SINCE = "2025-01-01"
_SERIALS = count(1)


def fresh_grid(postgres: PostgresForTests) -> FreshDatabase:
    return migrated(postgres, "grid", VERSIONS)


def square(west: float = 104.0, south: float = 30.0, side: float = 0.01) -> Body:
    """A square boundary as GeoJSON."""
    east, north = round(west + side, 7), round(south + side, 7)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


class Doors(OfficeDoors[Office]):
    writing, reading, ref = Role.TOWNSHIP_LEADER, Role.TOWNSHIP_LEADER, POST

    async def done(self, path: str, body: Body, status: int = 200, **how: Any) -> Body:
        """The answer to a command that succeeds."""
        answer = await self.post(path, body, **how)
        assert answer.status_code == status, f"{path}: {answer.text}"
        told: Body = answer.json()
        return told

    async def village(self, division: str = TOWNSHIP, **changes: Any) -> str:
        """A new village on the register; gives its code."""
        code = f"{division}{next(_SERIALS) % 999 + 1:03}"
        body = {"village_code": code, "name": "青云村", "kind": "village", "valid_from": SINCE}
        told = await self.done(
            f"/townships/{division}/villages", body | changes, 201, division=division
        )
        return str(told["village_code"])

    async def grid(self, village: str, number: int = 1, **changes: Any) -> str:
        """A grid of a village; gives its code."""
        code = f"{village}{number:03}"
        body = {"grid_code": code, "name": "一组", "kind": "basic", "valid_from": SINCE}
        division = township_of(village)
        told = await self.done(
            f"/townships/{division}/grids", body | changes, 201, division=division
        )
        return str(told["grid_code"])

    async def worker(self, division: str = TOWNSHIP, **changes: Any) -> str:
        """A worker on the register; gives the id."""
        body = {"person": {"name": "吴桂兰"}, "employment": "full-time", "from_day": SINCE}
        told = await self.done(
            f"/townships/{division}/grid-workers", body | changes, 201, division=division
        )
        return str(told["worker_id"])

    async def assign(self, grid: str, worker_id: str, **changes: Any) -> Body:
        """A worker who serves a grid; gives the assignment."""
        body = {"worker_id": worker_id, "first_day": SINCE}
        told = await self.tell(grid, "assign", body | changes)
        (found,) = [
            each
            for each in told["assignments"]
            if each["worker_id"] == worker_id
            and each["first_day"] == (body | changes)["first_day"]
        ]
        assignment: Body = found
        return assignment

    async def tell(self, grid: str, verb: str, body: Body) -> Body:
        """The answer to a command to a grid that succeeds."""
        path = f"/grids/{grid_id(grid)}/{verb}"
        return await self.done(path, body, division=township_of(grid))

    async def ask(self, grid: str, verb: str, body: Body, **how: Any) -> httpx.Response:
        return await self.post(f"/grids/{grid_id(grid)}/{verb}", body, **how)


@asynccontextmanager
async def open_doors(
    database: FreshDatabase, *, report_terms: str = STEPS
) -> AsyncIterator[Doors]:
    office_over = partial(Office.over, report_terms=report_terms, marks=MARKS)
    opened = doors_of(Doors, database, service="grid", routers=ROUTERS, office_over=office_over)
    async with opened as doors:
        yield doors

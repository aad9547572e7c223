"""Intake's door over a real database, without a relay: what the tests of its API enter by."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from fastapi import FastAPI

from services.intake.api.office import Office
from services.intake.migrate import VERSIONS
from services.intake.server import ROUTERS
from shared.http import build_app
from shared.identity import Role
from shared.keys import Keys
from shared.ledger import Ledger
from shared.migrating import migrate
from shared.postgres import Pool, new_pool
from shared.testing.tokens import TokenMaker
from tests.parts import FreshDatabase, PostgresForTests

TOWNSHIP = "519900101"
NEIGHBOUR = "519900102"
COUNTY = "519900"
KEYS = Keys(bytes(range(32)))
FILE_HERE = f"/townships/{TOWNSHIP}/cases"


def fresh_intake(postgres: PostgresForTests) -> FreshDatabase:
    """A database as `migrate` leaves it."""
    database = postgres.fresh_database("intake")
    migrate(database.owner_dsn, service="intake", role=database.role, versions=VERSIONS)
    return database


@dataclass(frozen=True)
class Doors:
    """The app, and somebody with a token to go to it."""

    app: FastAPI
    office: Office
    database: FreshDatabase
    tokens: TokenMaker
    http: httpx.AsyncClient

    @property
    def pool(self) -> Pool:
        return self.office.pool

    async def post(
        self,
        path: str,
        body: dict[str, Any] | None = None,
        *,
        role: Role = Role.HANDLER,
        division: str = TOWNSHIP,
        ref: str = "post-1",
        **headers: str,
    ) -> httpx.Response:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.http.post(
            path, json=body or {}, headers=self.tokens.headers(role, division, ref) | sent
        )

    async def get(
        self, path: str, *, role: Role = Role.CLERK, division: str = TOWNSHIP, **query: str | int
    ) -> httpx.Response:
        headers = self.tokens.headers(role, division)
        return await self.http.get(path, params=query, headers=headers)

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
        """Commands to a case one after the other, each of which succeeds; the last answer."""
        answers = [await self.post(f"/cases/{case_id}/{verb}", body) for verb, body in steps]
        for answer in answers:
            assert answer.status_code == 200, answer.text
        return answers[-1]


@asynccontextmanager
async def open_doors(database: FreshDatabase) -> AsyncIterator[Doors]:
    """The app as the server builds it, but for the relay."""
    tokens = TokenMaker()
    async with new_pool(database.dsn, name="intake-test", size=4) as pool:
        office = Office.over(Ledger(pool, source="/intake"), KEYS)
        app = build_app(service="intake", routers=ROUTERS, verifier=tokens.verifier(), keys=KEYS)
        office.open_in(app)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://intake") as http:
            yield Doors(app=app, office=office, database=database, tokens=tokens, http=http)


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
ANSWER = ("answer", {"result": "supported", "measures": ["solve"], "method": "in-person"})


def problem(response: httpx.Response) -> str:
    """The last part of the problem's type; its status is that of the answer."""
    body = response.json()
    assert response.headers["content-type"] == "application/problem+json", response.text
    assert body["status"] == response.status_code
    return str(body["type"]).removeprefix("/problems/")

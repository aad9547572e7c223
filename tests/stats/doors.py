"""The doors of stats over real tables, and callers with tokens."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from pydantic import SecretStr

from services.stats.server import new_app
from services.stats.settings import ServerSettings
from shared.cloudevents import RecordedEvent
from shared.identity import Role
from shared.postgres import Pool, new_pool
from shared.testing.tokens import TokenMaker
from tests.office_doors import MARKS
from tests.parts import PostgresForTests
from tests.stats.folding import fold_in, fresh_stats
from tests.stats.lives import COUNTY, TOWNSHIP


@dataclass(frozen=True)
class Doors:
    """What a test calls, and what it folds behind the doors' back."""

    client: httpx.AsyncClient
    tokens: TokenMaker
    pool: Pool

    async def fold(self, events: list[RecordedEvent]) -> None:
        await fold_in(self.pool, events)

    async def get(
        self, path: str, *, role: Role = Role.AUDITOR, scope: str = COUNTY, **query: Any
    ) -> httpx.Response:
        headers = self.tokens.headers(role=role, division=scope)
        return await self.client.get(path, params=query, headers=headers)

    async def figures(self, period: str = "all", **query: Any) -> dict[str, Any]:
        """Figures of the township by their ids, and the rest of the answer."""
        asked = {"division": TOWNSHIP, "period": period} | query
        answer = await self.get("/figures", **asked)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found | {figure["id"]: figure for figure in found["figures"]}


@asynccontextmanager
async def open_doors(postgres: PostgresForTests) -> AsyncIterator[Doors]:
    async with doors_over(fresh_stats(postgres).dsn) as doors:
        yield doors


@asynccontextmanager
async def doors_over(url: str) -> AsyncIterator[Doors]:
    tokens = TokenMaker()
    settings = ServerSettings(
        database_url=SecretStr(url),
        kafka_bootstrap="127.0.0.1:1",
        county=COUNTY,
        oidc_issuer=tokens.issuer,
        pool_size=4,
        unit_mark_key=SecretStr(MARKS.unit_key or ""),
    )
    app = new_app(settings, tokens.verifier())
    transport = httpx.ASGITransport(app)
    async with (
        new_pool(url, name="stats-test", size=2) as pool,
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://stats") as client,
    ):
        yield Doors(client, tokens, pool)

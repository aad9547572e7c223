"""No body holds up the others: the largest of wrong elements, sent to every route that takes one."""

import asyncio
import gc
import time
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from types import ModuleType
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from services.intake import server as intake
from services.intake.api.office import Office as IntakeOffice
from services.intake.api.register_rows import MOST_ROWS, RegisterRow
from services.mediation import server as mediation
from services.mediation.api.office import Office as MediationOffice
from shared.http import build_app
from shared.http.routing import Route
from shared.identity import Role
from shared.keys import Keys
from shared.ledger import Ledger
from shared.postgres import new_pool
from shared.testing.tokens import TokenMaker
from tests.attack.wrong_bodies import Wrong, wrong_bodies
from tests.examples import THOROUGH

CPU_SECONDS = 0.25
KEYS = Keys(bytes(32))
TOKENS = TokenMaker()
OFFICES: dict[ModuleType, Any] = {intake: IntakeOffice, mediation: MediationOffice}
IMPORT = "/cases/import"
OF_EACH_KIND = (
    IMPORT,
    "/mediations/{mediation_id}/fill-in-paper",
    "/cases/{case_id}/answer",
)
"""Rows that their route validates, values without a schema, and an ordinary command."""


@dataclass(frozen=True)
class Taking:
    """A route that takes a body."""

    app: FastAPI
    route: Route

    def __str__(self) -> str:
        return self.route.path

    @property
    def role(self) -> Role:
        allowed = {role for gate in self.route.gates for role in gate.roles or Role}
        return min(allowed)

    def bodies(self) -> Iterator[Wrong]:
        document, largest = self.app.openapi(), self.route.largest_body
        told = document["paths"][self.route.path]["post"]["requestBody"]["content"]
        schema = told["application/json"]["schema"]
        yield from wrong_bodies(schema, document["components"]["schemas"], largest)
        if self.route.path == IMPORT:
            yield from wrong_rows(largest)


def wrong_rows(largest: int) -> Iterator[Wrong]:
    """Rows as the route validates them itself: one that is large, and many."""
    schema = RegisterRow.model_json_schema()
    for rows in (1, MOST_ROWS):
        for wrong in wrong_bodies(schema, schema["$defs"], largest // rows):
            listed = b",".join([wrong.content] * rows)
            yield Wrong(f"{rows} of {wrong.name}", b'{"source":"x","rows":[%b]}' % listed)


def app_of(server: ModuleType) -> FastAPI:
    """The service's own routes; nothing wrong gets as far as its database."""
    pool = new_pool("postgresql://nobody@127.0.0.1:1/none", name="never opened")
    app = build_app(
        service=server.__name__, routers=server.ROUTERS, verifier=TOKENS.verifier(), keys=KEYS
    )
    office = OFFICES[server].over(Ledger(pool, source="/trial"), KEYS)
    # the units that a service follows are looked up before a body is read: here nobody follows any
    replace(office, known_units=None).open_in(app)
    return app


def taking() -> Iterator[Taking]:
    for server in OFFICES:
        app = app_of(server)
        for route in app.routes:
            if isinstance(route, Route) and route.body_field is not None:
                yield Taking(app, route)


EVERY = {str(each): each for each in taking()}


@pytest.mark.slow
@pytest.mark.parametrize("path", EVERY if THOROUGH else OF_EACH_KIND)
async def test_no_body_of_wrong_elements_holds_up_the_others(path: str) -> None:
    place = EVERY[path]
    transport = httpx.ASGITransport(place.app)
    token = TOKENS.headers(place.role) | {
        "Content-Type": "application/json",
        "Idempotency-Key": "k",
    }
    address = path.format(division="519900101", **dict.fromkeys(named_in(path), NOWHERE))
    slow = []
    gc.collect()
    gc.freeze()  # a service's process holds less than one of tests
    async with httpx.AsyncClient(transport=transport, base_url="http://door") as client:
        for wrong in place.bodies():
            ask = partial(client.post, address, content=wrong.content, headers=token)
            held, answer = await holding(ask())
            expected = {400, 413, 422} | ({200} if path == IMPORT else set())
            assert answer.status_code in expected, (wrong.name, answer.text)
            # a busy machine only ever adds to it
            tries = [held, *[(await holding(ask()))[0] for _ in range(3) if held > CPU_SECONDS]]
            if min(tries) > CPU_SECONDS:
                slow.append((wrong.name, tries))
    gc.unfreeze()
    assert not slow


NOWHERE = "519900101-0198a5c0-0000-7000-8000-000000000001"


def named_in(path: str) -> list[str]:
    return [part[1:-1] for part in path.split("/") if part[:1] == "{" and part != "{division}"]


async def holding(asked: Awaitable[httpx.Response]) -> tuple[float, httpx.Response]:
    """The answer, and the longest CPU time for which nothing else had its turn meanwhile."""
    longest, answer = 0.0, asyncio.ensure_future(asked)
    last = time.thread_time()
    while not answer.done():
        await asyncio.sleep(0)
        now = time.thread_time()
        longest, last = max(longest, now - last), now
    return longest, answer.result()

"""A small service with one door of every kind, and clients that knock."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import Annotated

import httpx
from fastapi import FastAPI, Response
from pydantic import Field

from shared.http import (
    AtLeast,
    Body,
    Idempotency,
    Paging,
    Position,
    PositionWaits,
    Router,
    answered,
    build_app,
    page,
    refused_with,
)
from shared.http.positions import LedgerPlace
from shared.identity import Actor, Authenticated, Role, requires
from shared.keys import Keys
from shared.refusals import Refusal
from shared.testing.tokens import TokenMaker

DIVISION = "519900101"
NEIGHBOUR = "519900102"
CASES = f"/townships/{DIVISION}/cases"
LARGER = 3 << 20
KEYS = Keys(bytes(range(32)))


class DrawerFull(Refusal):
    """The drawer holds no more files.

    This is for developers only.
    """

    title = "The drawer is full"


class Person(Body):
    name: str = Field(min_length=1)
    phone: str | None = None


class FileCase(Body):
    narrative: str
    person: Person | None = None
    headcount: int = Field(default=1, ge=1)


class Rows(Body):
    rows: list[str]


def sample_router() -> Router:
    router = Router(tags=["sample"])

    @router.post("/townships/{division}/cases", responses=refused_with(DrawerFull))
    async def file_case(
        division: str, body: FileCase, actor: Annotated[Actor, requires(Role.CLERK)]
    ) -> Response:
        return answered({"by": actor.ref}, Position("intake", division, 7), status=201)

    @router.post("/townships/{division}/rows", max_body_size=LARGER)
    async def file_rows(division: str, body: Rows, actor: Authenticated) -> Response:
        return answered({"rows": len(body.rows)})

    @router.post("/cases/{case_id}/close")
    async def close_case(case_id: str, actor: Authenticated, key: Idempotency) -> Response:
        if key is None:
            return answered({"key": None})
        sealed = key.seal(b"once")
        return answered(
            {
                "route": key.route,
                "key": key.key,
                "mac": key.request_mac.hex(),
                "unsealed": key.unseal(sealed).decode(),
            }
        )

    @router.post("/cases/{case_id}/note")
    async def note(
        case_id: str, body: FileCase, actor: Authenticated, key: Idempotency
    ) -> Response:
        return answered({"mac": key.request_mac.hex() if key else None})

    @router.get("/numbers")
    async def numbers(actor: Authenticated, paging: Paging) -> Response:
        after = paging.after_as(int) or (0,)
        rows = list(range(after[0] + 1, 12))[: paging.fetch]
        return answered(page(rows, paging, key=lambda number: (number,)))

    @router.get("/drawer")
    async def drawer(actor: Authenticated) -> Response:
        raise DrawerFull(drawer=3)

    return router


def faulty_router(fault: Exception) -> Router:
    router = Router(open_to_all=True)

    @router.get("/faulty")
    async def faulty() -> Response:
        raise fault

    return router


def following_router(reached: dict[LedgerPlace, int], *, within: float) -> Router:
    router = Router(open_to_all=True)

    async def heads(_: Collection[LedgerPlace]) -> dict[LedgerPlace, int]:
        return reached

    waits = PositionWaits(heads, follows={"intake"})

    @router.get("/shown")
    async def shown(at_least: AtLeast) -> Response:
        await waits.until(at_least, post="post-1", within=within)
        return answered({"shown": [str(position) for position in at_least]})

    return router


TOKENS = TokenMaker()


def sample_app(*routers: Router, tokens: TokenMaker = TOKENS) -> FastAPI:
    return build_app(
        service="sample",
        routers=[sample_router(), *routers],
        verifier=tokens.verifier(),
        keys=KEYS,
    )


@asynccontextmanager
async def knocking(
    app: FastAPI, headers: dict[str, str] | None = None
) -> AsyncIterator[httpx.AsyncClient]:
    """A client inside the process: the app's own answers, without a socket."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=True)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://door", headers=headers
    ) as client:
        yield client

"""The doors of a service that keeps ledgers, over a real database and without a relay."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, ClassVar, Generic, TypeVar

import httpx
from fastapi import FastAPI

from shared.divisions import division_of, new_id
from shared.http import Router, build_app
from shared.identity import Role
from shared.keyed_marks import KeyedMarks
from shared.keys import Keys
from shared.ledger import Appended, Author, Ledger, NewEvent
from shared.office import LedgerOffice
from shared.postgres import Pool, new_pool
from shared.testing.tokens import TokenMaker
from tests.parts import FreshDatabase

TOWNSHIP, NEIGHBOUR, COUNTY = "519900101", "519900102", "519900"
KEYS = Keys(bytes(range(32)))
MARKS = KeyedMarks(Keys(bytes(range(32, 64))))
Body = dict[str, Any]
Step = tuple[str, Body]

O = TypeVar("O", bound=LedgerOffice)  # noqa: E741  the office
D = TypeVar("D", bound="OfficeDoors[Any]")


@dataclass(frozen=True)
class OfficeDoors(Generic[O]):
    """The app, and somebody with a token to go to it."""

    writing: ClassVar[Role]
    reading: ClassVar[Role]
    ref: ClassVar[str]
    """As which post somebody comes, unless it is said otherwise."""

    app: FastAPI
    office: O
    database: FreshDatabase
    tokens: TokenMaker
    http: httpx.AsyncClient

    @property
    def pool(self) -> Pool:
        return self.office.pool

    async def post(
        self,
        path: str,
        body: Body | None = None,
        *,
        role: Role | None = None,
        division: str = TOWNSHIP,
        ref: str | None = None,
        claims: Any = None,
        **headers: str,
    ) -> httpx.Response:
        """`claims` are added to those of the token, or taken away where they are None."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        token = self.tokens.headers(
            role or self.writing, division, ref or self.ref, **(claims or {})
        )
        return await self.http.post(path, json=body or {}, headers=token | sent)

    async def get(
        self,
        path: str,
        *,
        role: Role | None = None,
        division: str = TOWNSHIP,
        ref: str | None = None,
        claims: Any = None,
        **query: str | int,
    ) -> httpx.Response:
        token = self.tokens.headers(
            role or self.reading, division, ref or self.ref, **(claims or {})
        )
        return await self.http.get(path, params=query, headers=token)

    async def upload(
        self,
        of: str,
        content: bytes,
        *,
        role: Role | None = None,
        division: str = TOWNSHIP,
        ref: str | None = None,
        claims: Any = None,
        **headers: str,
    ) -> httpx.Response:
        """A file for a record."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        token = self.tokens.headers(
            role or self.writing, division, ref or self.ref, **(claims or {})
        )
        return await self.http.put(
            "/attachments", params={"of": of}, content=content, headers=token | sent
        )

    async def plant(self, stream_id: str, kind: str, version: int, data: bytes) -> None:
        """An event in a stream, as a process of another release may write it."""
        division = division_of(stream_id)
        history = await self.office.ledger.stream(COUNTY, stream_id)
        event = NewEvent(
            stream_id=stream_id,
            version=history[-1].version + 1,
            event_id=new_id(division),
            kind=kind,
            schema_version=version,
            data=data,
            occurred_at=history[-1].occurred_at,
        )
        author = Author(scope=COUNTY, actor_ref="post-of-another-release")
        outcome = await self.office.ledger.append(division, [event], author)
        assert isinstance(outcome, Appended)

    async def told(self, path: str, *steps: Step, **how: Any) -> httpx.Response:
        """Commands to a record one after the other, each of which succeeds; the last answer."""
        answers = [await self.post(f"{path}/{verb}", body, **how) for verb, body in steps]
        for (verb, _), answer in zip(steps, answers, strict=True):
            assert answer.status_code == 200, f"{verb}: {answer.text}"
        return answers[-1]


@contextmanager
def at(doors: OfficeDoors[Any], moment: str | datetime) -> Iterator[None]:
    """What the office's clock shows meanwhile."""
    shown = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    office = replace(doors.office, now=lambda: shown.astimezone(UTC))
    office.open_in(doors.app)
    try:
        yield
    finally:
        doors.office.open_in(doors.app)


@asynccontextmanager
async def doors_of(
    kind: type[D],
    database: FreshDatabase,
    *,
    service: str,
    routers: Sequence[Router],
    office_over: Callable[[Ledger, Keys], LedgerOffice],
) -> AsyncIterator[D]:
    """The app as the server builds it, but for the relay."""
    tokens = TokenMaker()
    async with new_pool(database.dsn, name=f"{service}-test", size=4) as pool:
        office = office_over(Ledger(pool, source=f"/{service}"), KEYS)
        app = build_app(service=service, routers=routers, verifier=tokens.verifier(), keys=KEYS)
        office.open_in(app)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{service}") as http:
            yield kind(app=app, office=office, database=database, tokens=tokens, http=http)


def problem(response: httpx.Response) -> str:
    """The last part of the problem's type; its status is that of the answer."""
    body = response.json()
    assert response.headers["content-type"] == "application/problem+json", response.text
    assert body["status"] == response.status_code
    return str(body["type"]).removeprefix("/problems/")

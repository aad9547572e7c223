"""HTTP/1.1 over one connection that stays open, with as little work as possible.

The load shares two cores with what it measures: a usual client would cost as much as the answer.
"""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any, Self, cast

import orjson

from deploy.local.ports import LOOPBACK
from tests.bench.stage import Stopwatch


class Unanswered(Exception):
    """The server closed the connection instead of answering."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str:
        _, _, rest = self.head.lower().partition(f"\r\n{name.lower()}: ".encode())
        return rest.partition(b"\r\n")[0].decode()

    def json(self) -> Any:
        return orjson.loads(self.body)


class Line(asyncio.Protocol):
    """One request at a time; `ask` gives its answer."""

    def __init__(self) -> None:
        self._held = b""
        self._transport: asyncio.WriteTransport | None = None
        self._answer: asyncio.Future[Answer] | None = None

    @classmethod
    async def to(cls, port: int) -> Self:
        loop = asyncio.get_running_loop()
        _, line = await loop.create_connection(cls, LOOPBACK, port)
        return line

    async def ask(self, request: bytes) -> Answer:
        assert self._transport is not None
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    @property
    def is_closed(self) -> bool:
        """Whether the server has closed it, as it does after a silence."""
        return self._transport is None or self._transport.is_closing()

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's own are no subclasses of asyncio's
        self._transport = cast("asyncio.WriteTransport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or Unanswered())

    def data_received(self, data: bytes) -> None:
        self._held += data
        head, found, body = self._held.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return
        self._held = b""
        assert self._answer is not None
        self._answer.set_result(Answer(int(head[9:12]), head, body))


def _length(head: bytes) -> int:
    _, _, rest = head.lower().partition(b"\r\ncontent-length:")
    return int(rest.partition(b"\r\n")[0])


def post(path: str, body: object, **headers: str) -> bytes:
    """A request that takes an answer of JSON."""
    text = body if isinstance(body, bytes) else orjson.dumps(body)
    lines = [f"POST {path} HTTP/1.1", "Host: bench", "Content-Type: application/json"]
    lines += [f"Content-Length: {len(text)}", *_lines(headers), "", ""]
    return "\r\n".join(lines).encode() + text


def get(path: str, **headers: str) -> bytes:
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: bench", *_lines(headers), "", ""]).encode()


def _lines(headers: dict[str, str]) -> list[str]:
    return [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]


Caller = Callable[[Line], Awaitable[object]]
"""One round of whatever a load does, on a line of its own."""

_WARM_UP_SECONDS = 1.0


async def rounds_a_second(port: int, caller: Caller, *, lines: int, seconds: float) -> float:
    """How many rounds all lines together finish in a second, each as soon as it can."""
    opened = [await Line.to(port) for _ in range(lines)]
    try:
        await _go_round(opened, caller, _WARM_UP_SECONDS)
        watch = Stopwatch()
        done = await _go_round(opened, caller, seconds)
        return done / watch.seconds
    finally:
        for line in opened:
            line.close()


async def _go_round(lines: list[Line], caller: Caller, seconds: float) -> int:
    watch, done = Stopwatch(), itertools.count()

    async def go_on(line: Line) -> None:
        while watch.seconds < seconds:
            await caller(line)
            next(done)

    await asyncio.gather(*map(go_on, lines))
    return next(done)


def sent_in_turn(requests: Iterator[bytes], *, status: int) -> Caller:
    """Sends the next of the requests; any other answer is a fault of the bench."""

    async def send(line: Line) -> None:
        answer = await line.ask(next(requests))
        if answer.status != status:
            raise AssertionError(answer.body.decode())

    return send

"""Connections that say nothing, or read nothing, keep nobody out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

import httpx
import pytest
from starlette.responses import Response

from shared.http import Router, answered
from shared.http.connections import MOST, Connections
from shared.http.serve import serving
from shared.testing.waiters import eventually
from tests.shared.doors import sample_app

HEAD = b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"
LARGE = 64 << 20


class Slow:
    """A route that answers when it may, and one whose answer is large."""

    def __init__(self) -> None:
        self.asked = 0
        self.over = asyncio.Event()
        self.router = Router(open_to_all=True)

        @self.router.get("/slow")
        async def slow() -> Response:
            self.asked += 1
            await self.over.wait()
            return answered({"done": True})

        @self.router.get("/large")
        async def large() -> Response:
            return Response(bytes(LARGE))


@asynccontextmanager
async def few(monkeypatch: pytest.MonkeyPatch, slow: Slow) -> AsyncIterator[int]:
    """A server that takes 20 connections, 10 of a peer."""
    bounded = partial(Connections, most=20, most_of_a_peer=10)
    monkeypatch.setattr("shared.http.serve.Connections", bounded)
    async with serving(sample_app(slow.router), port=0) as port:
        yield port
        slow.over.set()


async def silent(
    stack: AsyncExitStack, port: int, peer: str = "127.0.0.1"
) -> asyncio.StreamReader:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(peer, 0))
    stack.callback(writer.close)
    return reader


async def asking(
    stack: AsyncExitStack, port: int, peer: str = "127.0.0.1"
) -> asyncio.StreamReader:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(peer, 0))
    stack.callback(writer.close)
    writer.write(HEAD)
    return reader


async def get(port: int, path: str, peer: str = "127.0.0.1") -> httpx.Response:
    transport = httpx.AsyncHTTPTransport(local_address=peer)
    async with httpx.AsyncClient(transport=transport, timeout=5) as client:
        return await client.get(f"http://127.0.0.1:{port}{path}")


async def test_for_a_newcomer_the_one_that_was_silent_longest_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with few(monkeypatch, Slow()) as port, AsyncExitStack() as stack:
        readers = [await silent(stack, port) for _ in range(10)]
        assert (await get(port, "/openapi.json")).status_code == 200
        assert await asyncio.wait_for(readers[0].read(), 5) == b""
        assert not any(reader.at_eof() for reader in readers[1:])


async def test_what_is_between_two_requests_goes_after_what_never_had_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with (
        few(monkeypatch, Slow()) as port,
        AsyncExitStack() as stack,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client,
    ):
        await client.get("/openapi.json")
        for _ in range(30):
            await silent(stack, port)
        assert (await client.get("/openapi.json")).status_code == 200


async def test_silent_peers_together_keep_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    async with few(monkeypatch, Slow()) as port, AsyncExitStack() as stack:
        for number in range(2, 7):
            for _ in range(9):
                await silent(stack, port, f"127.0.0.{number}")
        assert (await get(port, "/openapi.json")).status_code == 200


@pytest.mark.slow
async def test_of_a_peer_that_has_as_many_requests_under_way_the_next_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slow = Slow()
    async with few(monkeypatch, slow) as port, AsyncExitStack() as stack:
        for _ in range(10):
            await asking(stack, port)
        await eventually(lambda: slow.asked == 10)
        refused = [await get(port, "/openapi.json") for _ in range(15)][-1]
        assert refused.status_code == 503
        assert refused.json()["type"] == "/problems/too-busy"
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.headers["retry-after"] == "1"
        assert refused.headers["connection"] == "close"
        assert (await get(port, "/healthz")).status_code == 200
        assert (await get(port, "/openapi.json", "127.0.0.2")).status_code == 200
        slow.over.set()
        await asyncio.sleep(0.05)
        assert (await get(port, "/openapi.json")).status_code == 200


async def test_an_answer_that_nobody_reads_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.http.request_heads._UNREAD_SECONDS", 0.1)
    async with serving(sample_app(Slow().router), port=0) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
        writer.write(HEAD.replace(b"slow", b"large"))
        await asyncio.sleep(0.5)
        read = 0
        try:
            while piece := await reader.read(1 << 20):
                read += len(piece)
        except ConnectionError:
            pass
        writer.close()
    assert read < LARGE


@pytest.mark.slow
async def test_more_silent_connections_than_a_process_takes_lock_nobody_out() -> None:
    async with serving(sample_app(), port=0) as port, AsyncExitStack() as stack:
        for _ in range(MOST + 200):
            await silent(stack, port)
        for path in ("/healthz", "/openapi.json"):
            assert (await get(port, path)).status_code == 200

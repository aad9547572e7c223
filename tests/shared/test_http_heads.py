"""Heads of requests: within bounds of size and time, and never understood in two ways."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from shared.http import request_heads
from shared.http.serve import serving
from tests.shared.doors import CASES, TOKENS, sample_app

POST = f"POST {CASES} HTTP/1.1\r\nHost: x\r\n".encode()
GET = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
END = b"Connection: close\r\n\r\n"
MALFORMED = "/problems/malformed-request"


@pytest.fixture(scope="module")
async def port() -> AsyncIterator[int]:
    async with serving(sample_app(), port=0) as served:
        yield served


async def said(port: int, *pieces: bytes) -> bytes:
    """All that comes back for these bytes until the door closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


@pytest.mark.parametrize(
    "head",
    [
        POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        POST + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
        POST + b"Content-Length: -1\r\n\r\n",
        POST + b"Content-Length: +4\r\n\r\nabcd",
        POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        POST + b"Idempotency-Key: a\nX: b\r\n\r\n",
        POST + b"Idempotency-Key: a\rX: b\r\n\r\n",
        POST + b"X-Correlation-Id: a\0b\r\n\r\n",
        GET + b"traceparent : x\r\n\r\n",
        GET + b"traceparent: a\r\n b\r\n\r\n",
        b"GET /healthz HTTP/1.1\nHost: x\n\n",
        b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /healthz HTTP/3.0\r\nHost: x\r\n\r\n",
        b"CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
async def test_what_could_be_read_in_two_ways_is_read_in_none(port: int, head: bytes) -> None:
    answer = await said(port, head)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert MALFORMED.encode() in answer
    assert b"content-type: application/problem+json" in answer


@pytest.mark.parametrize(
    ("first", "more"),
    [
        (GET, b"X: " + b"y" * 8000 + b"\r\n"),
        (GET + b"X: ", b"y" * 8000),
        (b"GET /healthz?", b"y" * 8000),
        (GET, b"X: y\r\n" * 1000),
    ],
)
async def test_a_head_without_end_is_cut_off(port: int, first: bytes, more: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    sent = 0
    try:
        writer.write(first)
        while sent < 64 << 20 and not reader.at_eof():
            writer.write(more)
            sent += len(more)
            await writer.drain()
            await asyncio.sleep(0)
    except ConnectionError:
        pass  # cut off while we were speaking
    finally:
        writer.close()
    assert sent < 32 << 20


async def test_a_head_that_is_too_long_and_then_ends_is_431(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(GET)
    await writer.drain()
    await asyncio.sleep(0.05)
    writer.write(b"X: " + b"y" * 70_000)
    answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 431 ")
    assert b"/problems/head-too-large" in answer


async def test_a_large_body_behind_a_small_head_is_no_large_head(port: int) -> None:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        for _ in range(3):
            answer = await client.post(
                CASES, json={"narrative": "x" * 200_000}, headers=TOKENS.headers()
            )
            assert answer.status_code == 201


@pytest.mark.parametrize("begun", [b"", GET, b"GET"])
async def test_who_does_not_get_to_the_point_is_let_go(
    monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    monkeypatch.setattr(request_heads, "_SECONDS", 0.1)
    async with serving(sample_app(), port=0) as port:
        assert await asyncio.wait_for(said(port, begun), 5) == b""


async def test_an_upgrade_that_nobody_offers_is_an_ordinary_request(port: int) -> None:
    asked = b"Upgrade: websocket\r\nConnection: upgrade, close\r\nSec-WebSocket-Key: x\r\n\r\n"
    assert (await said(port, GET + asked)).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("name", ["X-Correlation-Id", "traceparent", "X-Forwarded-For"])
async def test_what_a_header_brings_is_not_sent_back(port: int, name: str) -> None:
    answer = await said(port, GET + f"{name}: {'k' * 10_000}\r\n".encode() + END)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"kkk" not in answer


async def test_fewer_bytes_than_declared_are_malformed(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    token = TOKENS.headers()["Authorization"]
    declared = f"Authorization: {token}\r\nContent-Type: application/json\r\nContent-Length: 100"
    writer.write(POST + declared.encode() + b'\r\n\r\n{"narrative":"x"}')
    writer.write_eof()
    writer.close()
    assert b"201" not in await reader.read()


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "TRACE", "PUT", "PATCH", "DELETE", "PURGE"])
async def test_other_methods_are_405_and_tell_nothing(port: int, method: str) -> None:
    answer = await said(
        port, f"{method} {CASES} HTTP/1.1\r\nHost: x\r\nX-Mine: 1\r\n".encode() + END
    )
    assert answer.startswith(b"HTTP/1.1 405 ")
    assert b"X-Mine" not in answer

"""The body of an upload over real sockets: too long, too slow, silent, broken off, too many."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import pytest
from fastapi import Request, Response

from shared.attachments import receiving
from shared.attachments.limits import LARGEST, MOST_AT_ONCE, MOST_AT_ONCE_OF_ACTOR
from shared.attachments.receiving import Uploads, receive
from shared.http import Router, answered, build_app
from shared.http.refusals import TooBusy
from shared.http.serve import serving

PATH = "/attachments"


@dataclass
class Client:
    """A connection on which a request is written by hand."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def begin(self, *headers: str) -> None:
        head = ["PUT /attachments HTTP/1.1", "Host: x", *headers, "", ""]
        await self.send("\r\n".join(head).encode())

    async def send(self, content: bytes) -> None:
        self.writer.write(content)
        await self.writer.drain()

    async def status(self) -> int:
        line = await asyncio.wait_for(self.reader.readline(), 10)
        return int(line.split()[1])

    async def is_closed(self) -> bool:
        """Whether the other side has nothing more to say."""
        with suppress(ConnectionResetError):  # it was still being written to
            await asyncio.wait_for(self.reader.read(), 10)
            return self.reader.at_eof()
        return True


@asynccontextmanager
async def clients(*, count: int = 1) -> AsyncIterator[list[Client]]:
    router = Router(open_to_all=True)

    @router.put(PATH)
    async def take(request: Request) -> Response:
        return answered({"size": len(await receive(request))})

    async with serving(build_app(service="sample", routers=[router]), port=0) as port:
        opened = [Client(*await asyncio.open_connection("127.0.0.1", port)) for _ in range(count)]
        try:
            yield opened
        finally:
            for each in opened:
                each.writer.close()


async def test_ten_mebibytes_come_in_pieces() -> None:
    async with clients() as [client]:
        await client.begin("Transfer-Encoding: chunked")
        piece = bytes(LARGEST // 16)
        for _ in range(16):
            await client.send(b"%x\r\n%b\r\n" % (len(piece), piece))
        await client.send(b"0\r\n\r\n")
        assert await client.status() == 200


@pytest.mark.parametrize("declared", [LARGEST + 1, 10**30])
async def test_a_body_that_says_that_it_is_larger_is_not_waited_for(declared: int) -> None:
    async with clients() as [client]:
        await client.begin(f"Content-Length: {declared}")
        assert await client.status() in {400, 413}


async def test_a_body_that_grows_beyond_is_cut_off() -> None:
    async with clients() as [client]:
        await client.begin("Transfer-Encoding: chunked")
        piece = bytes(2**20)
        for _ in range(10):
            await client.send(b"%x\r\n%b\r\n" % (len(piece), piece))
        await client.send(b"1\r\nx\r\n")
        assert await client.status() == 413


async def test_a_silent_upload_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "SILENT_SECONDS", 0.2)
    async with clients() as [client]:
        await client.begin("Content-Length: 1000")
        await client.send(b"x" * 500)
        assert await client.status() == 408
        assert await client.is_closed()


async def test_an_upload_that_trickles_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never silent for long, and slower than it may be."""
    monkeypatch.setattr(receiving, "GRACE_SECONDS", 0.5)
    async with clients() as [client]:
        await client.begin("Content-Length: 100000")

        async def trickle() -> None:
            while True:
                await client.send(b"x")
                await asyncio.sleep(0.02)

        trickling = asyncio.create_task(trickle())
        try:
            assert await client.status() == 408
            assert await client.is_closed()
        finally:
            trickling.cancel()


async def test_a_slow_upload_that_is_fast_enough_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "SILENT_SECONDS", 0.5)
    monkeypatch.setattr(receiving, "GRACE_SECONDS", 0.5)
    async with clients() as [client]:
        await client.begin("Content-Length: 100000")
        for _ in range(10):
            await client.send(b"x" * 10_000)
            await asyncio.sleep(0.1)
        assert await client.status() == 200


async def test_a_post_and_a_process_take_so_many_at_once() -> None:
    uploads = Uploads()
    entered = []
    for number in range(MOST_AT_ONCE):
        place = uploads.one(f"post-{number // MOST_AT_ONCE_OF_ACTOR}")
        await place.__aenter__()
        entered.append(place)
    with pytest.raises(TooBusy):
        await uploads.one("another post").__aenter__()
    await entered.pop().__aexit__(None, None, None)
    with pytest.raises(TooBusy):
        await uploads.one("post-0").__aenter__()
    async with uploads.one("another post"):
        pass
    for place in entered:
        await place.__aexit__(None, None, None)
    async with uploads.one("post-0"), uploads.one("post-0"):
        pass

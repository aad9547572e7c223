"""Serving over real sockets: graceful ends, broken and lying clients."""

import asyncio
import signal
import sys
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
import uvicorn

from deploy.local.ports import answers, reserved_ports
from shared.http import Router, answered, build_app
from shared.http.serve import serving
from shared.testing.waiters import eventually
from tests.shared.doors import CASES, TOKENS, knocking, sample_app

PROGRAM = """
import sys
from shared.http import build_app, set_up_logs
from shared.http.serve import run
set_up_logs("json", service="sample")
run(build_app(service="sample"), port=int(sys.argv[1]))
print("stopped cleanly")
"""


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_stop_that_was_asked_for_ends_with_0(number: signal.Signals) -> None:
    with reserved_ports(1) as (port,):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", PROGRAM, str(port)),
            stdout=asyncio.subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        try:
            # a busy machine takes its time to import everything
            await eventually(lambda: answers(port) or process.returncode is not None, within=60)
            process.send_signal(number)
            output, _ = await process.communicate()
        finally:
            with suppress(ProcessLookupError):
                process.kill()
    assert process.returncode == 0
    assert output.endswith(b"stopped cleanly\n")


async def test_a_request_that_is_being_answered_is_finished_first() -> None:
    asked = asyncio.Event()
    router = Router(open_to_all=True)

    @router.get("/slow")
    async def slow() -> object:
        asked.set()
        await asyncio.sleep(0.1)
        return answered({"done": True})

    async with httpx.AsyncClient() as client:
        async with serving(build_app(service="sample", routers=[router]), port=0) as port:
            asking = asyncio.create_task(client.get(f"http://127.0.0.1:{port}/slow"))
            await asked.wait()
        assert (await asking).json() == {"done": True}


async def test_an_idle_server_does_not_look_all_the_time_whether_it_was_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ticks = 0
    tick = uvicorn.Server.on_tick

    async def counted(server: uvicorn.Server, counter: int) -> bool:
        nonlocal ticks
        ticks += 1
        return await tick(server, counter)

    monkeypatch.setattr(uvicorn.Server, "on_tick", counted)
    async with serving(build_app(service="sample"), port=0):
        await asyncio.sleep(0.6)
    # one at the start, one by the second, one that ends it; uvicorn's own loop comes to seven
    assert ticks <= 4


async def test_answers_name_no_server_and_are_not_stored() -> None:
    async with (
        serving(sample_app(), port=0) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client,
    ):
        headers = (await client.get("/healthz")).headers
    assert "server" not in headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


async def test_a_client_that_hangs_up_half_way_harms_nobody() -> None:
    async with serving(sample_app(), port=0) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        token = TOKENS.headers()["Authorization"]
        writer.write(
            f"POST {CASES} HTTP/1.1\r\nHost: x\r\nAuthorization: {token}\r\n"
            "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{".encode()
        )
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            assert (await client.get("/healthz")).status_code == 200


async def test_a_body_that_does_not_come_is_408(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.http.bodies._SECONDS", 0.05)
    async with serving(sample_app(), port=0) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        token = TOKENS.headers()["Authorization"]
        writer.write(
            f"POST {CASES} HTTP/1.1\r\nHost: x\r\nAuthorization: {token}\r\n"
            "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{".encode()
        )
        assert b" 408 " in await reader.readline()
        writer.close()
        await writer.wait_closed()


async def test_a_body_declared_with_a_lie_is_not_trusted() -> None:
    async with knocking(sample_app(), TOKENS.headers()) as client:
        for length in ("-1", "many", "9" * 5000):
            answer = await client.post(
                CASES,
                content=b'{"narrative":"x"}',
                headers={"Content-Type": "application/json", "Content-Length": length},
            )
            assert answer.status_code in {201, 413}

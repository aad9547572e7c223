"""A worker's readiness: what it cannot do at present leaves it degraded, not away."""

import httpx
import pytest

from deploy.local.ports import reserved_ports
from shared.streaming.health_server import serve_health


@pytest.mark.parametrize(
    ("database", "clock", "expected"),
    [
        (None, None, (200, "ready")),
        (None, "was set ahead", (200, "degraded")),
        ("is away", "was set ahead", (503, "not ready")),
    ],
)
async def test_what_degrades_is_told_and_serves(
    database: str | None, clock: str | None, expected: tuple[int, str]
) -> None:
    with reserved_ports(1, 22000, 22999) as (port,):
        pass
    async with (
        serve_health(
            "127.0.0.1",
            port,
            lambda: {"database": database},
            degrading=lambda: {"clock": clock},
        ),
        httpx.AsyncClient() as client,
    ):
        answer = await client.get(f"http://127.0.0.1:{port}/readyz")
    assert (answer.status_code, answer.json()["status"]) == expected
    assert answer.json()["checks"] == {"database": database or "ok", "clock": clock or "ok"}

"""Health, readiness and metrics: open to all, telling no secrets."""

import asyncio

import pytest

from shared.http import build_app
from shared.http.health import Check
from tests.shared.doors import TOKENS, knocking, sample_app


async def fine() -> str | None:
    return None


async def away() -> str | None:
    return "Kafka does not answer"


async def raising() -> str | None:
    raise OSError("postgresql://intake:secret@127.0.0.1")


async def hanging() -> str | None:
    await asyncio.sleep(60)
    return None


async def readiness(**checks: Check) -> tuple[int, dict[str, str]]:
    app = build_app(service="worker", checks=checks)
    async with knocking(app) as client:
        answer = await client.get("/readyz")
    return answer.status_code, answer.json()["checks"]


async def test_a_process_that_runs_is_alive() -> None:
    async with knocking(build_app(service="worker")) as client:
        assert (await client.get("/healthz")).json() == {"status": "alive"}


async def test_ready_when_every_check_is_fine() -> None:
    assert await readiness(database=fine, kafka=fine) == (200, {"database": "ok", "kafka": "ok"})


async def test_not_ready_says_which_part_is_not() -> None:
    status, found = await readiness(database=fine, kafka=away, vault=raising)
    assert status == 503
    assert found == {
        "database": "ok",
        "kafka": "Kafka does not answer",
        "vault": "failed with OSError",
    }


@pytest.mark.parametrize(
    ("database", "clock", "expected"),
    [
        (fine, fine, (200, "ready")),
        (fine, away, (200, "degraded")),
        (away, away, (503, "not ready")),
    ],
)
async def test_a_part_without_which_the_rest_is_served_leaves_it_degraded(
    database: Check, clock: Check, expected: tuple[int, str]
) -> None:
    app = build_app(service="worker", checks={"database": database}, degrading={"clock": clock})
    async with knocking(app) as client:
        answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == expected
    assert answer.json()["checks"]["clock"] == (await clock() or "ok")


async def test_a_check_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.http.health._SECONDS", 0.05)
    assert await readiness(kafka=hanging) == (503, {"kafka": "did not answer within 0.05 s"})


async def test_many_who_ask_at_once_are_served_by_one_answer() -> None:
    asked = 0

    async def counting() -> str | None:
        nonlocal asked
        asked += 1
        return None

    async with knocking(build_app(service="worker", checks={"database": counting})) as client:
        await asyncio.gather(*(client.get("/readyz") for _ in range(20)))
    assert asked == 1


async def test_a_service_with_tokens_is_ready_only_with_their_keys() -> None:
    async with knocking(sample_app()) as client:
        assert (await client.get("/readyz")).json()["checks"] == {"tokens": "ok"}


async def test_requests_are_measured_by_route_template() -> None:
    async with knocking(sample_app(), TOKENS.headers()) as client:
        await client.get("/numbers?limit=3")
        await client.post("/cases/519900101-x/close")
        await client.get("/nowhere/13800138000")
        await client.request("HACK", "/numbers")
        shown = (await client.get("/metrics")).text
    for route, method in [
        ("/numbers", "GET"),
        ("/cases/{case_id}/close", "POST"),
        ("unmatched", "GET"),
        ("/numbers", "other"),
    ]:
        assert f'{{method="{method}",route="{route}",service="sample"' in shown
    assert "13800138000" not in shown
    assert "HACK" not in shown

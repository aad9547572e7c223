"""Idempotency keys: what makes two requests the same, and what is kept of them."""

import dataclasses
from typing import Any

import pytest

from shared.http import IdempotencyKey, Router, build_app
from shared.http.routing import Route
from shared.keys import Keys, NotUnsealed
from tests.shared.doors import DIVISION, KEYS, TOKENS, knocking, sample_app, sample_router

CASE = f"{DIVISION}-0198a5c0-0000-7000-8000-000000000001"
OTHER_CASE = f"{DIVISION}-0198a5c0-0000-7000-8000-000000000002"


async def post(path: str, key: str | None, body: dict[str, Any] | None = None) -> Any:
    headers = TOKENS.headers() | ({} if key is None else {"Idempotency-Key": key})
    async with knocking(sample_app(), headers) as client:
        return (await client.post(path, json=body)).json()


async def mac_of(body: dict[str, Any], *, case: str = CASE, query: str = "") -> str:
    return str((await post(f"/cases/{case}/note{query}", "key-1", body))["mac"])


async def test_without_a_key_every_request_is_a_new_wish() -> None:
    assert await post(f"/cases/{CASE}/close", None) == {"key": None}


async def test_a_key_counts_for_the_routes_template() -> None:
    answer = await post(f"/cases/{CASE}/close", "key-1")
    assert answer["route"] == "POST /cases/{case_id}/close"
    assert answer["unsealed"] == "once"


async def test_the_key_that_was_sent_is_kept_only_as_a_keyed_digest() -> None:
    answer = await post(f"/cases/{CASE}/close", "13800138000")
    again = await post(f"/cases/{CASE}/close", "13800138000")
    other = await post(f"/cases/{CASE}/close", "13800138001")
    assert "13800138000" not in str(answer)
    assert answer["key"] == again["key"] != other["key"]


async def test_the_same_request_spelt_differently_is_the_same() -> None:
    one = await mac_of({"narrative": "x", "headcount": 2})
    assert one == await mac_of({"headcount": 2, "narrative": "x"})


async def test_another_body_or_another_case_is_another_request() -> None:
    one = await mac_of({"narrative": "x"})
    assert one != await mac_of({"narrative": "y"})
    assert one != await mac_of({"narrative": "x"}, case=OTHER_CASE)


@pytest.mark.parametrize("key", ["", " ", "a b", "k" * 201, "键".encode().decode("latin-1")])
async def test_a_key_is_visible_ascii_of_bounded_length(key: str) -> None:
    async with knocking(sample_app(), TOKENS.headers()) as client:
        answer = await client.post(
            f"/cases/{CASE}/close", headers={b"Idempotency-Key": key.encode("latin-1")}
        )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"


def test_a_sealed_answer_opens_only_for_its_own_request() -> None:
    envelope = KEYS.for_purpose("receipt-seal")
    key = IdempotencyKey(route="POST /x", key="k", request_mac=b"m", _envelope=envelope)
    sealed = key.seal(b"answer")
    assert key.unseal(sealed) == b"answer"
    assert b"answer" not in sealed
    for change in ({"route": "POST /y"}, {"key": "l"}, {"request_mac": b"n"}):
        with pytest.raises(NotUnsealed):
            dataclasses.replace(key, **change).unseal(sealed)


def test_the_answer_that_an_earlier_release_sealed_is_opened() -> None:
    envelope = KEYS.for_purpose("receipt-seal")
    key = IdempotencyKey(route="POST /x", key="k", request_mac=b"m", _envelope=envelope)
    before = envelope.seal(b"answer", bound_to=b"POST /x\0k\0m")
    assert key.unseal(before) == b"answer"
    with pytest.raises(NotUnsealed):
        envelope.unseal(key.seal(b"place"), bound_to=b"POST /x\0k\0m")


def test_a_route_with_keys_needs_them_when_the_app_is_built() -> None:
    with pytest.raises(ValueError, match="needs keys"):
        build_app(service="sample", routers=[sample_router()], verifier=TOKENS.verifier())


def test_a_route_without_a_gate_keeps_the_app_from_being_built() -> None:
    router = Router()

    @router.get("/forgotten")
    async def forgotten() -> dict[str, str]:
        return {}

    with pytest.raises(ValueError, match="/forgotten needs a gate"):
        build_app(service="sample", routers=[router], keys=Keys(bytes(32)))


def test_only_routes_that_take_a_key_say_so() -> None:
    routes = {route.path: route for route in sample_router().routes if isinstance(route, Route)}
    assert routes["/cases/{case_id}/close"].takes_key
    assert not routes["/numbers"].takes_key

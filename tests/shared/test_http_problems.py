"""Whatever is raised is answered with a problem of a stable type, and tells nothing else."""

import psycopg
import pytest
from prometheus_client import REGISTRY
from psycopg_pool import PoolTimeout, TooManyRequests

from shared.canonical import NotCanonical
from shared.http.validation import as_invalid
from shared.ledger.errors import ClockNotBelieved, LedgerError, OutsideScope
from shared.refusals import invalid
from tests.shared.doors import (
    CASES,
    TOKENS,
    DrawerFull,
    faulty_router,
    knocking,
    sample_app,
)

SECRET = "张三 13800138000"


async def test_a_refusal_is_answered_with_its_type_and_what_it_shows() -> None:
    async with knocking(sample_app(), TOKENS.headers()) as client:
        answer = await client.get("/drawer")
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "/problems/drawer-full",
        "title": "The drawer is full",
        "status": 409,
        "detail": "The drawer holds no more files.",
        "correlation_id": answer.headers["x-correlation-id"],
        "drawer": 3,
    }


@pytest.mark.parametrize(
    ("fault", "status", "slug"),
    [
        (DrawerFull(), 409, "drawer-full"),
        (invalid("name", "is missing"), 422, "invalid-input"),
        (OutsideScope("519900102"), 403, "division-out-of-scope"),
        (LedgerError(SECRET), 500, "unexpected"),
        (NotCanonical(SECRET), 422, "invalid-input"),
        (psycopg.OperationalError(SECRET), 503, "database-away"),
        (ClockNotBelieved(SECRET), 503, "clock-not-right"),
        (psycopg.errors.AdminShutdown(SECRET), 503, "database-away"),
        (PoolTimeout(SECRET), 503, "database-away"),
        (TooManyRequests(SECRET), 503, "too-busy"),
        (psycopg.errors.UniqueViolation(SECRET), 500, "unexpected"),
        (ValueError(SECRET), 500, "unexpected"),
        (ExceptionGroup(SECRET, [KeyError(SECRET)]), 500, "unexpected"),
    ],
)
async def test_what_is_raised_has_its_problem(fault: Exception, status: int, slug: str) -> None:
    async with knocking(sample_app(faulty_router(fault))) as client:
        answer = await client.get("/faulty")
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (status, f"/problems/{slug}")
    assert SECRET not in answer.text
    assert problem["correlation_id"] == answer.headers["x-correlation-id"]
    assert (answer.headers.get("retry-after") == "1") == (status == 503)


async def test_unknown_paths_and_methods_are_problems() -> None:
    async with knocking(sample_app(), TOKENS.headers()) as client:
        nowhere = await client.get("/nowhere/张三")
        wrong = await client.delete("/drawer")
    assert (nowhere.status_code, nowhere.json()["type"]) == (404, "/problems/not-found")
    assert (wrong.status_code, wrong.json()["type"]) == (405, "/problems/method-not-allowed")
    assert wrong.headers["allow"] == "GET"
    assert "张三" not in nowhere.text


@pytest.mark.parametrize("path", ["/drawer?a=%00", "/draw%00er", "/drawer?%00=1"])
async def test_nul_in_the_address_is_422(path: str) -> None:
    async with knocking(sample_app(), TOKENS.headers()) as client:
        answer = await client.get(path)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-input")


async def test_refusals_are_counted_by_type() -> None:
    def counted() -> float:
        labels = {"service": "sample", "type": "drawer-full"}
        return REGISTRY.get_sample_value("concord_refusals_total", labels) or 0

    before = counted()
    async with knocking(sample_app(), TOKENS.headers()) as client:
        await client.get("/drawer")
    assert counted() == before + 1


@pytest.mark.parametrize(
    ("kind", "message", "given", "shown"),
    [
        ("value_error", "Value error, a code has 9 digits", "张三", "a code has 9 digits"),
        ("value_error", "Value error, invalid literal: '张三'", "张三", "The value is not valid"),
        ("value_error", "Value error, no such 张三", ["张三"], "The value is not valid"),
        ("union_tag_invalid", "Input tag '张三' found", {}, "The value is not valid"),
        ("uuid_parsing", "found `张` at 1", "张三", "The value is not valid"),
        ("missing", "Field required", {}, "Field required"),
    ],
)
def test_messages_never_quote_what_was_sent(
    kind: str, message: str, given: object, shown: str
) -> None:
    found = {"type": kind, "loc": ("body", "a"), "msg": message, "input": given}
    assert as_invalid([found]).errors[0].message == shown


async def test_a_page_of_errors_has_an_end() -> None:
    async with knocking(sample_app(), TOKENS.headers()) as client:
        answer = await client.post(CASES, json={f"field{n}": n for n in range(200)})
    assert len(answer.json()["errors"]) == 50


async def test_an_address_of_nothing_but_unknown_parameters_gets_a_short_answer() -> None:
    query = "&".join(f"a{number}" for number in range(5000))
    async with knocking(sample_app(), TOKENS.headers()) as client:
        answer = await client.get(f"/drawer?{query}")
    assert answer.status_code == 422
    assert len(answer.json()["errors"]) == 20

"""Gates: no door without a token, the right role, and the right township."""

import pytest

from shared.identity import Role
from tests.shared.doors import CASES, DIVISION, NEIGHBOUR, TOKENS, knocking, sample_app

BODY = {"narrative": "x"}


@pytest.mark.parametrize(
    "header", [None, "", "Basic abc", "Bearer", "Bearer ", "Bearer x y", "bearer"]
)
async def test_without_a_token_the_door_stays_closed(header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    async with knocking(sample_app(), headers) as client:
        answer = await client.post(CASES, json=BODY)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json()["type"] in {"/problems/token-missing", "/problems/token-refused"}


async def test_every_role_but_the_right_one_is_403() -> None:
    async with knocking(sample_app()) as client:
        for role in Role:
            answer = await client.post(CASES, json=BODY, headers=TOKENS.headers(role))
            if role is Role.CLERK:
                assert answer.status_code == 201
            else:
                assert answer.status_code == 403
                told = answer.json()
                assert told["type"] == "/problems/role-not-allowed"
                assert (told["role"], told["allowed"]) == (role, "clerk")


async def test_a_route_that_names_no_role_takes_each_but_monitoring() -> None:
    async with knocking(sample_app()) as client:
        statuses = {
            role: (await client.get("/numbers", headers=TOKENS.headers(role))).status_code
            for role in Role
        }
    assert {role for role, status in statuses.items() if status == 403} == {Role.SCRAPE}
    assert set(statuses.values()) == {200, 403}


@pytest.mark.parametrize(
    ("scope", "division", "status"),
    [
        (DIVISION, DIVISION, 201),
        ("519900", DIVISION, 201),
        (DIVISION, NEIGHBOUR, 403),
        (DIVISION, "519900", 403),
        ("519900", "519901101", 403),
        (DIVISION, "519900101001", 201),
        (DIVISION, "51990010", 422),
        (DIVISION, "519900101x", 422),
        (DIVISION, "%25", 422),
        (DIVISION, "０", 422),
    ],
)
async def test_a_township_out_of_scope_is_closed(scope: str, division: str, status: int) -> None:
    headers = TOKENS.headers(division=scope)
    async with knocking(sample_app(), headers) as client:
        answer = await client.post(f"/townships/{division}/cases", json=BODY)
    assert answer.status_code == status
    if status == 403:
        assert answer.json()["type"] == "/problems/division-out-of-scope"


async def test_the_scheme_is_read_in_any_case() -> None:
    headers = {"Authorization": TOKENS.headers()["Authorization"].replace("Bearer", "bEARER")}
    async with knocking(sample_app(), headers) as client:
        assert (await client.get("/numbers")).status_code == 200


async def test_every_route_of_the_document_is_closed_without_a_token() -> None:
    async with knocking(sample_app()) as client:
        paths = (await client.get("/openapi.json")).json()["paths"]
        for path, methods in paths.items():
            if path in {"/healthz", "/readyz", "/metrics"}:
                continue
            address = path.replace("{division}", DIVISION).replace("{case_id}", f"{DIVISION}-x")
            for method in methods:
                answer = await client.request(method, address, json=BODY)
                assert answer.status_code == 401, (method, path)

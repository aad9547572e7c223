"""What a service says about itself: problems and tokens documented, pages without a network."""

import re
from typing import Any
from urllib.parse import urljoin

import pytest

from shared.identity import Role
from tests.shared.doors import knocking, sample_app


async def document() -> Any:
    async with knocking(sample_app()) as client:
        return (await client.get("/openapi.json")).json()


async def test_every_operation_documents_its_problems_and_its_token() -> None:
    shown = await document()
    gated = [
        operation
        for path, methods in shown["paths"].items()
        for operation in methods.values()
        if path not in {"/healthz", "/readyz", "/metrics"}
    ]
    assert gated
    for operation in gated:
        assert operation["security"] == [{"token": []}]
        assert set(operation["x-roles"]) <= set(Role)
        for status in ("401", "403", "422", "default"):
            answers = operation["responses"][status]
            assert "application/problem+json" in str(answers)
    assert "HTTPValidationError" not in str(shown)


async def test_refusals_of_a_route_are_named() -> None:
    shown = await document()
    answers = shown["paths"]["/townships/{division}/cases"]["post"]["responses"]
    assert "/problems/drawer-full" in str(answers["409"])


async def test_the_idempotency_key_is_documented_where_it_is_taken() -> None:
    paths = (await document())["paths"]
    assert "Idempotency-Key" in str(paths["/cases/{case_id}/close"])
    assert "Idempotency-Key" not in str(paths["/numbers"])


async def test_the_page_loads_everything_from_the_service_itself() -> None:
    async with knocking(sample_app()) as client:
        html = (await client.get("/docs")).text
        files = re.findall(r'(?:src|href)="([^"]+)"', html)
        answers = [await client.get(file) for file in files]
    assert len(files) == 3
    assert "://" not in "".join(files)
    assert [answer.status_code for answer in answers] == [200, 200, 200]


async def test_the_page_is_whole_behind_a_gateway_that_has_a_prefix() -> None:
    async with knocking(sample_app()) as client:
        html = (await client.get("/docs")).text
    named = re.findall(r'(?:src|href)="([^"]+)"', html) + re.findall(r"url: '([^']+)'", html)
    assert len(named) == 4
    page = "https://county.example/intake/docs"
    assert all(urljoin(page, each).startswith("https://county.example/intake/") for each in named)


@pytest.mark.parametrize("name", ["nothing.js", "..%2Fcore.py", "%2e%2e/core.py"])
async def test_only_the_pages_own_files_are_served(name: str) -> None:
    async with knocking(sample_app()) as client:
        assert (await client.get(f"/docs/files/{name}")).status_code == 404


async def test_an_operation_names_the_roles_that_it_takes() -> None:
    paths = (await document())["paths"]
    named = [
        set(each["x-roles"])
        for path in paths.values()
        for each in path.values()
        if "x-roles" in each
    ]
    assert any(roles < set(Role) for roles in named)
    assert all(named)

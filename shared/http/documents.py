"""Serves `/openapi.json` and `/docs`, without access to the internet.

A county's network may not reach the CDN that FastAPI's page loads from; the files of Swagger UI
come with the package `fastapi-offline`.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import fastapi_offline
from fastapi import FastAPI, Response
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.openapi.utils import get_openapi
from starlette.responses import FileResponse

from shared.http.problems import MEDIA_TYPE
from shared.http.refusals import NotFound
from shared.http.responses import answered
from shared.http.routing import Router
from shared.refusals import Refusal

_FOLDER = Path(fastapi_offline.__file__).parent / "static"
_FILES = frozenset({"swagger-ui-bundle.js", "swagger-ui.css", "favicon.png"})
_REFERENCE = "#/components/schemas/Problem"
_METHODS = frozenset({"get", "post", "put", "patch", "delete"})
_PROBLEM = {
    "title": "Problem",
    "description": "RFC 9457; `type` is stable, and `errors` names the fields that are not valid.",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "correlation_id": {"type": ["string", "null"]},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}
_EVERYWHERE = {"422": "Not valid, or refused", "default": "Refused, or a fault"}
_WITH_TOKEN = {"401": "No token, or not a valid one", "403": "Not with this role or scope"}


def refused_with(*refusals: type[Refusal]) -> dict[int | str, dict[str, Any]]:
    """`responses=` of a route: the refusals that clients should expect."""
    by_status: dict[int | str, list[str]] = {}
    for refusal in refusals:
        by_status.setdefault(refusal.status, []).append(f"{refusal.title} (`{refusal.type}`)")
    return {status: _described("; ".join(titles)) for status, titles in by_status.items()}


def documents(app: FastAPI) -> Router:
    """Routes for the OpenAPI document and its page."""
    router = Router(include_in_schema=False, open_to_all=True)

    @cache
    def document() -> dict[str, Any]:
        made = get_openapi(title=app.title, version=app.version, routes=app.routes)
        return _with_problems(made)

    @router.get("/openapi.json")
    async def openapi() -> Response:
        """The OpenAPI document."""
        return answered(app.openapi())

    @router.get("/docs")
    async def docs() -> Response:
        """Swagger UI for the OpenAPI document; a gateway may have a prefix before both."""
        return get_swagger_ui_html(
            openapi_url="openapi.json",
            title=app.title,
            swagger_js_url="docs/files/swagger-ui-bundle.js",
            swagger_css_url="docs/files/swagger-ui.css",
            swagger_favicon_url="docs/files/favicon.png",
        )

    @router.get("/docs/files/{name}")
    async def file(name: str) -> Response:
        """A file of Swagger UI."""
        if name not in _FILES:
            raise NotFound
        return FileResponse(_FOLDER / name, headers={"Cache-Control": "max-age=86400"})

    app.openapi = document  # type: ignore[method-assign]
    return router


def _with_problems(document: dict[str, Any]) -> dict[str, Any]:
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for replaced in ("HTTPValidationError", "ValidationError"):
        schemas.pop(replaced, None)
    schemas["Problem"] = _PROBLEM
    for operation in _operations(document):
        answers: dict[str, Any] = operation["responses"]
        if "HTTPValidationError" in str(answers.get("422")):
            del answers["422"]
        usual = _EVERYWHERE | (_WITH_TOKEN if operation.get("security") else {})
        for status, description in usual.items():
            answers.setdefault(status, _described(description))
    return document


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in document["paths"].values():
        yield from (path[method] for method in _METHODS & path.keys())


def _described(description: str) -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": {"$ref": _REFERENCE}}}
    return {"description": description, "content": content}

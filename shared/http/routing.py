"""Routes that check their gates first, then read the body within limits, then call FastAPI.

The order matters: the bytes of an unauthenticated client are not parsed. A misspelt query parameter
is refused instead of ignored (a misspelt `at_least` would show old figures).
"""

from collections.abc import Callable, Coroutine, Iterator
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel

from shared.http.bodies import LARGEST, read
from shared.http.idempotency import PARAMETER, idempotency_key
from shared.http.validation import named
from shared.identity.actor import Role
from shared.identity.gate import Gate
from shared.refusals import FieldError, InvalidInput

Handler = Callable[[Request], Coroutine[Any, Any, Response]]

_MOST_NAMED = 20
"""The most unknown parameters that an answer names."""


class Route(APIRoute):
    """A route with gates; `max_body_size` raises the limit for routes that accept many rows."""

    def __init__(
        self,
        path: str,
        endpoint: Callable[..., Any],
        *,
        max_body_size: int | None = None,
        **rest: Any,
    ) -> None:
        """The limit is checked here, because FastAPI answers its own in plain text."""
        self.largest_body = max_body_size or LARGEST
        self.gates: tuple[Gate, ...] = ()
        super().__init__(path, endpoint, **rest)
        self.takes_key = any(one.call is idempotency_key for one in _below(self.dependant))
        self.openapi_extra = {**self._openapi_extra(), **(self.openapi_extra or {})}

    def _openapi_extra(self) -> dict[str, Any]:
        """OpenAPI data that FastAPI cannot know: the header of the key, the allowed roles,
        and whether the token has to name a post.
        """
        extra: dict[str, Any] = {"parameters": [PARAMETER]} if self.takes_key else {}
        for gate in self.gates:
            extra["x-roles"] = sorted(gate.roles or Role)
            if gate.needs_post:
                extra["x-needs-post"] = True
        return extra

    def get_route_handler(self) -> Handler:
        """The handler of requests that match the route."""
        answer = super().get_route_handler()
        inner = (self.dependant, *_below(self.dependant))
        gates = self.gates = tuple(one.call for one in inner if isinstance(one.call, Gate))
        parameters = frozenset(name for one in inner for name in _query_names(one))
        takes_body, largest = self.body_field is not None, self.largest_body

        async def handle(request: Request) -> Response:
            for gate in gates:
                await gate(request)
            if request.scope["query_string"]:
                _refuse_unknown(request, parameters)
            return await answer(await read(request, largest=largest) if takes_body else request)

        return handle


class Router(APIRouter):
    """A router of `Route`s; without `open_to_all`, each of them needs a gate."""

    def __init__(self, *, open_to_all: bool = False, **settings: Any) -> None:
        """`settings` are passed to FastAPI's router."""
        self.open_to_all = open_to_all
        super().__init__(route_class=Route, redirect_slashes=False, **settings)


def dependencies_of(route: APIRoute) -> Iterator[Dependant]:
    """Every dependency of a route."""
    return _below(route.dependant)


def _below(dependant: Dependant) -> Iterator[Dependant]:
    for inner in dependant.dependencies:
        yield inner
        yield from _below(inner)


def _query_names(dependant: Dependant) -> Iterator[str]:
    for field in dependant.query_params:
        model = field.field_info.annotation
        if isinstance(model, type) and issubclass(model, BaseModel):
            yield from (inner.alias or name for name, inner in model.model_fields.items())
        else:
            yield field.alias


def _refuse_unknown(request: Request, known: frozenset[str]) -> None:
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        message = f"Not taken here, but: {', '.join(sorted(known)) or 'none'}"
        raise InvalidInput([FieldError(named(name), message) for name in unknown[:_MOST_NAMED]])

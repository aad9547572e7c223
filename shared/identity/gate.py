"""Gates: dependencies of routes that let through only who may pass.

`actor: Annotated[Actor, requires(Role.CLERK)]`. The route's handler asks its gates before it
reads a body, so that a stranger's bytes are not even parsed.
"""

from abc import ABC, abstractmethod
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.openapi.models import HTTPBearer
from fastapi.security.base import SecurityBase

from shared.divisions import check_division, in_scope
from shared.identity.actor import Actor, Role
from shared.identity.refusals import DivisionOutOfScope, RoleNotAllowed, TokenMissing
from shared.identity.tokens import Verifier
from shared.refusals import invalid

ACTOR = "concord.actor"
"""Where the request's scope holds its actor once a gate has let it through."""


class Gate(SecurityBase, ABC):
    """What a route asks before it reads a body."""

    roles: frozenset[Role] = frozenset()
    """Who is let through; where none is named, whoever holds what opens it."""

    def __init__(self, kind: str) -> None:
        """`kind` of what the bearer shows, for the service's own document."""
        self.model = HTTPBearer(bearerFormat=kind)
        self.scheme_name = "token"

    @abstractmethod
    async def __call__(self, request: Request) -> object:
        """Who is let through; raises what stands against them."""


class TokenGate(Gate):
    """Bearer token, role, and the township that the path names."""

    def __init__(self, *roles: Role) -> None:
        """No roles: any will do."""
        super().__init__("JWT")
        self.roles = frozenset(roles)

    async def __call__(self, request: Request) -> Actor:
        """The actor; raises what stands against them."""
        actor = request.scope.get(ACTOR)
        if actor is None:
            actor = request.scope[ACTOR] = await _authenticated(request)
        if self.roles and actor.role not in self.roles:
            raise RoleNotAllowed(allowed=", ".join(sorted(self.roles)), role=actor.role.value)
        division = request.path_params.get("division")
        if division is not None:
            _check_scope(actor, division)
        return actor


def requires(*roles: Role) -> Any:
    """The dependency of a route that only these roles may use."""
    return Depends(TokenGate(*roles))


Authenticated = Annotated[Actor, requires()]


async def _authenticated(request: Request) -> Actor:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise TokenMissing
    verifier: Verifier = request.app.state.verifier
    return await verifier.verify(token.strip())


def _check_scope(actor: Actor, division: str) -> None:
    try:
        check_division(division)
    except ValueError as fault:
        raise invalid("division", str(fault)) from None
    if not in_scope(actor.scope, division):
        raise DivisionOutOfScope

"""Gates: dependencies that authorise the requests of a route.

`actor: Annotated[Actor, requires(Role.CLERK)]`. A route asks its gates before it reads the body,
so that the bytes of an unauthenticated client are not parsed.
"""

from abc import ABC, abstractmethod
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.openapi.models import HTTPBearer
from fastapi.security.base import SecurityBase

from shared.divisions import check_division, in_scope
from shared.identity.actor import Actor, Role
from shared.identity.refusals import (
    DivisionOutOfScope,
    PostMissing,
    RoleNotAllowed,
    TokenMissing,
)
from shared.identity.tokens import Verifier
from shared.refusals import invalid

ACTOR = "concord.actor"
"""Key of the actor in the ASGI scope, set by a gate."""

ANY_ROLE = frozenset(Role) - {Role.SCRAPE}
"""The roles of a route that names none: a monitoring system reads what names it, and no more."""


class Gate(SecurityBase, ABC):
    """Authorises a request before its body is read."""

    roles: frozenset[Role] = frozenset()
    """The allowed roles; empty: the gate asks for none."""
    needs_post: bool = False
    """Whether the token has to name the unit and the post of its bearer."""

    def __init__(self, kind: str) -> None:
        """`kind` is the bearer format in the OpenAPI document."""
        self.model = HTTPBearer(bearerFormat=kind)
        self.scheme_name = "token"

    @abstractmethod
    async def __call__(self, request: Request) -> object:
        """Return the authorised caller, or raise a refusal."""


class TokenGate(Gate):
    """Checks the bearer token, the role, the post, and the township in the path."""

    def __init__(self, *roles: Role, needs_post: bool = False) -> None:
        """Without roles, `ANY_ROLE`."""
        super().__init__("JWT")
        self.roles = frozenset(roles) or ANY_ROLE
        self.needs_post = needs_post

    async def __call__(self, request: Request) -> Actor:
        """Return the actor, or raise a refusal."""
        actor = request.scope.get(ACTOR)
        if actor is None:
            actor = request.scope[ACTOR] = await _authenticated(request)
        self.admit(actor)
        division = request.path_params.get("division")
        if division is not None:
            _check_scope(actor, division)
        return actor

    def admit(self, actor: Actor) -> None:
        """Raise RoleNotAllowed or PostMissing."""
        if actor.role not in self.roles:
            raise RoleNotAllowed(allowed=", ".join(sorted(self.roles)), role=actor.role.value)
        if self.needs_post and not actor.has_post and actor.role is not Role.BACKFILL:
            raise PostMissing


def requires(*roles: Role, needs_post: bool = False) -> Any:
    """The dependency of a route that only these roles may use.

    Where it `needs_post`, only as a post of a unit; a backfill is of none.
    """
    return Depends(TokenGate(*roles, needs_post=needs_post))


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

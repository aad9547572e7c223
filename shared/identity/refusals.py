"""Refusals of tokens and of their roles and scopes."""

from shared.refusals import Refusal


class TokenMissing(Refusal):
    """This address needs a bearer token."""

    status = 401
    title = "A token is needed"


class TokenRefused(Refusal):
    """The token is not valid here."""

    status = 401
    title = "The token is refused"


class IssuerAway(Refusal):
    """The issuer of tokens cannot be reached, so the token cannot be verified yet."""

    status = 503
    title = "Tokens cannot be verified at the moment"


class CountyNotServed(Refusal):
    """The token is for another county than the one that is served here."""

    status = 403
    title = "The county is not served here"


class RoleNotAllowed(Refusal):
    """The role that the token gives may not do this; `allowed` lists those that may."""

    status = 403
    title = "The role may not do this"


class PostMissing(Refusal):
    """Whoever acts here does so as a post of a unit, and the token names none."""

    status = 403
    title = "The token has no unit and post"


class DivisionOutOfScope(Refusal):
    """The division lies outside the one that the token is for."""

    status = 403
    title = "The division is out of the token's scope"

"""Verifies bearer tokens: JWTs of one OpenID Connect issuer, signed with a public key."""

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

import jwt
from jwt.exceptions import (
    ExpiredSignatureError,
    ImmatureSignatureError,
    InvalidAudienceError,
    InvalidIssuerError,
    PyJWTError,
)

from shared.divisions import COUNTY, TOWNSHIP, check_division, in_scope
from shared.identity.actor import Actor, Role
from shared.identity.issuer_keys import ALGORITHMS, IssuerKeys, KeySource
from shared.identity.keys_in_file import KeysInFile
from shared.identity.refusals import CountyNotServed, TokenRefused
from shared.identity.settings import OidcSettings

_LONGEST_TOKEN = 8192
_LONGEST_REF = 128
_LONGEST_UNIT = 64
_REMEMBERED = 10_000
_FOR_SECONDS = 300.0
"""A cached token is verified again after this time, so that a revoked key stops working."""
_REASONS: Mapping[type[PyJWTError], str] = {
    ExpiredSignatureError: "The token has expired.",
    ImmatureSignatureError: "The token is not valid yet.",
    InvalidAudienceError: "The token is meant for another audience.",
    InvalidIssuerError: "The token comes from another issuer.",
}


class Verifier:
    """Turns tokens into actors; a verified token is cached until it expires."""

    def __init__(
        self,
        settings: OidcSettings,
        keys: KeySource,
        *,
        county: str,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`county` is the one that is served; cached tokens expire by `clock`."""
        self.settings = settings
        self.keys = keys
        self.county = county
        self._clock = clock
        self._verified: OrderedDict[bytes, tuple[Actor, float]] = OrderedDict()

    @classmethod
    def of(cls, settings: OidcSettings, *, county: str, keys_file: Path | None = None) -> Self:
        """A verifier that reads the issuer's keys from a file, or fetches them without one."""
        keys = IssuerKeys(settings) if keys_file is None else KeysInFile(keys_file)
        return cls(settings, keys, county=county)

    async def check(self) -> str | None:
        """Readiness: what keeps tokens from being verified, or None."""
        return await self.keys.check()

    async def verify(self, token: str) -> Actor:
        """The token's actor; raises TokenRefused, CountyNotServed or IssuerAway."""
        if len(token) > _LONGEST_TOKEN:
            raise TokenRefused("The token is too long.")
        digest = sha256(token.encode(errors="replace")).digest()
        known = self._verified.get(digest)
        if known is not None and self._clock() < known[1]:
            self._verified.move_to_end(digest)
            return known[0]
        claims = await self._claims(token)
        actor = _actor(claims, self.settings)
        # events written for another county would be relayed to nobody and missing in every figure
        if not in_scope(self.county, actor.scope):
            raise CountyNotServed
        self._remember(digest, actor, float(claims["exp"]))
        return actor

    def _remember(self, digest: bytes, actor: Actor, expires: float) -> None:
        self._verified[digest] = (actor, min(expires, self._clock() + _FOR_SECONDS))
        self._verified.move_to_end(digest)
        while len(self._verified) > _REMEMBERED:
            self._verified.popitem(last=False)

    async def _claims(self, token: str) -> dict[str, Any]:
        try:
            header = jwt.get_unverified_header(token)
        except PyJWTError:
            raise TokenRefused("The token is no JWT.") from None
        if header.get("alg") not in ALGORITHMS:
            raise TokenRefused("The token is not signed with an algorithm that is taken here.")
        key = await self.keys.key(header.get("kid"))
        if key is None or key.algorithm_name != header["alg"]:
            raise TokenRefused("The token names a key that its issuer does not have.")
        return self._decoded(token, key)

    def _decoded(self, token: str, key: jwt.PyJWK) -> dict[str, Any]:
        try:
            return jwt.decode(
                token,
                key,
                algorithms=list(ALGORITHMS),
                audience=self.settings.audience,
                issuer=self.settings.issuer,
                leeway=self.settings.leeway,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except PyJWTError as fault:
            reason = _REASONS.get(type(fault), "The token's signature or content is not valid.")
            raise TokenRefused(reason) from None


def _actor(claims: Mapping[str, Any], settings: OidcSettings) -> Actor:
    sub = claims["sub"]
    if not _is_reference(sub):
        raise TokenRefused("The token's subject is no opaque reference.")
    try:
        role = Role(str(claims.get(settings.role_claim)))
    except ValueError:
        raise TokenRefused("The token gives no role that is known here.") from None
    try:
        scope = check_division(str(claims.get(settings.division_claim)), COUNTY, TOWNSHIP)
    except ValueError:
        raise TokenRefused("The token is for no county and no township.") from None
    actor = Actor(
        sub=sub,
        role=role,
        scope=scope,
        unit=_code(claims, settings.unit_claim, longest=_LONGEST_UNIT),
        post=_code(claims, settings.post_claim, longest=_LONGEST_REF),
    )
    if Role.RESIDENT.value in actor.names:
        # under this name records have what a resident did without a token
        raise TokenRefused("The token's subject or post is the name that residents have.")
    return actor


def _code(claims: Mapping[str, Any], name: str, *, longest: int) -> str | None:
    """A code that a token may have; a claim that is there and is no code is refused."""
    code = claims.get(name)
    if code is None:
        return None
    if not _is_reference(code, longest=longest):
        raise TokenRefused(f"The token's {name} is no code.")
    return str(code)


def _is_reference(value: object, *, longest: int = _LONGEST_REF) -> bool:
    """Whether it is an opaque reference: visible ASCII without spaces, never a person's name."""
    if not isinstance(value, str) or not 0 < len(value) <= longest:
        return False
    return value.isascii() and value.isprintable() and " " not in value

"""Tokens for tests: an issuer without a server; the verifier gets its keys directly."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt import PyJWK
from jwt.algorithms import OKPAlgorithm

from shared.identity import OidcSettings, Role, Verifier
from shared.identity.issuer_keys import KeySet


class KnownKeys:
    """A key source with fixed keys."""

    def __init__(self, jwks: dict[str, Any]) -> None:
        """`jwks` is a JWKS document."""
        self._keys = KeySet(jwks["keys"])

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Keys are never refreshed."""
        yield

    async def key(self, kid: str | None) -> PyJWK | None:
        """The key by that id."""
        return self._keys.get(kid)

    async def check(self) -> str | None:
        """Always ready."""
        return None


class TokenMaker:
    """An issuer with one Ed25519 key."""

    def __init__(
        self,
        *,
        issuer: str = "http://127.0.0.1:9180",
        audience: str = "concord",
        kid: str = "test",
        county: str = "519900",
    ) -> None:
        """Two makers have different keys, even under the same id."""
        self.issuer = issuer
        self.audience = audience
        self.kid = kid
        self.county = county
        self._key = Ed25519PrivateKey.generate()

    def token(
        self,
        role: Role | str = Role.CLERK,
        division: str = "519900101",
        ref: str = "post-1",
        *,
        expires_in: int = 300,
        **claims: object,
    ) -> str:
        """A signed token, of a post of the petition office; `claims` are added, or removed if None."""
        now = int(time.time())
        usual = {
            "iss": self.issuer,
            "aud": self.audience,
            "sub": ref,
            "iat": now,
            "exp": now + expires_in,
            "role": str(role),
            "division": division,
            "unit": "petition-office",
            "post": ref,
        }
        made = {name: value for name, value in (usual | claims).items() if value is not None}
        return jwt.encode(made, self._key, algorithm="EdDSA", headers={"kid": self.kid})

    def headers(
        self,
        role: Role | str = Role.CLERK,
        division: str = "519900101",
        ref: str = "post-1",
        **claims: object,
    ) -> dict[str, str]:
        """Headers of a request with such a token."""
        return {
            "Authorization": f"Bearer {self.token(role, division, ref, expires_in=300, **claims)}"
        }

    def jwks(self) -> dict[str, Any]:
        """The public key as an issuer publishes it."""
        public = OKPAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        return {"keys": [public | {"kid": self.kid, "use": "sig", "alg": "EdDSA"}]}

    def settings(self) -> OidcSettings:
        """Settings that accept the tokens of this issuer."""
        return OidcSettings(issuer=self.issuer, audience=self.audience)

    def verifier(self) -> Verifier:
        """A verifier that accepts the tokens of this issuer."""
        return Verifier(self.settings(), KnownKeys(self.jwks()), county=self.county)

"""The public keys of an issuer: found by discovery, cached, fetched again for an unknown id."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any, Protocol

import httpx
import structlog
from jwt import PyJWK
from jwt.exceptions import PyJWTError

from shared.identity.issuer_certificate import note_certificate
from shared.identity.refusals import IssuerAway
from shared.identity.settings import OidcSettings, check_issuer, is_loopback

log = structlog.get_logger()

ALGORITHMS = ("RS256", "ES256", "EdDSA")
_EVERY = 600.0
_WHILE_AWAY = 2.0
_FOR_UNKNOWN_KEYS = 10.0
_LARGEST = 1 << 20


class KeySource(Protocol):
    """Where a verifier finds the key that a token names."""

    def opened(self) -> AbstractAsyncContextManager[None]:
        """A context within which keys are kept fresh."""
        ...

    async def key(self, kid: str | None) -> PyJWK | None:
        """The key, or None when the issuer has none by that id; raises IssuerAway."""
        ...

    async def check(self) -> str | None:
        """What keeps tokens from being verified, or None."""
        ...


class KeySet:
    """Signing keys by their ids; other keys of a JWKS are left out."""

    def __init__(self, jwks: Iterable[Mapping[str, Any]]) -> None:
        """`jwks` are the `keys` of a JWKS document."""
        self._keys = {key.key_id: key for key in map(_signing_key, jwks) if key is not None}

    def get(self, kid: str | None) -> PyJWK | None:
        """The key with that id; without an id, the only key if there is just one."""
        if kid is None and len(self._keys) == 1:
            return next(iter(self._keys.values()))
        return self._keys.get(kid)

    def __contains__(self, kid: str | None) -> bool:
        """Whether there is such a key."""
        return self.get(kid) is not None

    def __len__(self) -> int:
        """The number of signing keys."""
        return len(self._keys)


def _signing_key(jwk: Mapping[str, Any]) -> PyJWK | None:
    if jwk.get("use", "sig") != "sig":
        return None
    try:
        key = PyJWK(dict(jwk))
    except PyJWTError:
        return None
    return key if key.algorithm_name in ALGORITHMS else None


class IssuerKeys:
    """Keys fetched over HTTP: at start, every ten minutes, and for an unknown id (seldom)."""

    def __init__(
        self,
        settings: OidcSettings,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`transport` and `clock` are for tests."""
        self._settings = settings
        self._clock = clock
        self._keys = KeySet([])
        self._tried_at = float("-inf")
        self._fetching = asyncio.Lock()
        host = httpx.URL(settings.issuer).host
        self._client = httpx.AsyncClient(
            timeout=3, transport=transport, trust_env=not is_loopback(host)
        )

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Refresh the keys in the background; the service also starts while the issuer is away."""
        refreshing = asyncio.create_task(self._refresh_for_ever())
        try:
            yield
        finally:
            refreshing.cancel()
            with suppress(asyncio.CancelledError):
                await refreshing
            await self._client.aclose()

    async def key(self, kid: str | None) -> PyJWK | None:
        """The key with that id; an unknown id is looked up at the issuer, at most every 10 s."""
        if kid not in self._keys:
            await self._fetch_unless_just_tried()
        if not self._keys:
            raise IssuerAway
        return self._keys.get(kid)

    async def check(self) -> str | None:
        """Ready once keys are known; they remain valid while the issuer is away."""
        if not self._keys:
            await self._fetch_unless_just_tried()
        return None if self._keys else "the issuer of tokens has not given its keys yet"

    async def _refresh_for_ever(self) -> None:
        while True:
            await self._fetch_unless_just_tried()
            await asyncio.sleep(_EVERY if self._keys else _WHILE_AWAY)

    async def _fetch_unless_just_tried(self) -> None:
        async with self._fetching:
            pause = _FOR_UNKNOWN_KEYS if self._keys else _WHILE_AWAY / 2
            if self._clock() - self._tried_at < pause:
                return
            self._tried_at = self._clock()
            try:
                self._keys = await self._fetch()
            except (httpx.HTTPError, httpx.InvalidURL, ValueError) as fault:
                log.warning("issuer not reached", fault=type(fault).__name__)

    async def _fetch(self) -> KeySet:
        issuer = self._settings.issuer
        found = await self._get(issuer.rstrip("/") + "/.well-known/openid-configuration")
        if found.get("issuer") != issuer:
            raise ValueError("the discovery document is another issuer's")
        jwks = await self._get(check_issuer(str(found.get("jwks_uri"))))
        keys = jwks.get("keys")
        if not isinstance(keys, list):
            raise ValueError("the JWKS document holds no list of keys")  # noqa: TRY004 - it is data
        return KeySet(key for key in keys if isinstance(key, dict))

    async def _get(self, url: str) -> dict[str, Any]:
        response = await self._client.get(url)
        note_certificate(response)
        response.raise_for_status()
        if len(response.content) > _LARGEST:
            raise ValueError("the issuer's answer is too large")
        document = response.json()
        if not isinstance(document, dict):
            raise ValueError("the issuer's answer is no JSON object")  # noqa: TRY004 - it is data
        return document

"""The public keys of an issuer in a file beside the service, where no network is to be believed."""

import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
from jwt import PyJWK

from shared.identity.issuer_keys import KeySet
from shared.identity.refusals import IssuerAway

log = structlog.get_logger()

_PAUSE = 10.0


class KeysInFile:
    """A JWKS file, read at start and for an unknown id (seldom), so that a key can be added."""

    def __init__(self, file: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` is for tests."""
        self._file = file
        self._clock = clock
        self._keys = KeySet([])
        self._read_at = float("-inf")

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Nothing has to be kept fresh."""
        self._read_unless_just_read()
        yield

    async def key(self, kid: str | None) -> PyJWK | None:
        """The key with that id."""
        if kid not in self._keys:
            self._read_unless_just_read()
        if not self._keys:
            raise IssuerAway
        return self._keys.get(kid)

    async def check(self) -> str | None:
        """Ready once there are keys."""
        if not self._keys:
            self._read_unless_just_read()
        return None if self._keys else "the file of the issuer's keys holds none"

    def _read_unless_just_read(self) -> None:
        if self._clock() - self._read_at < _PAUSE:
            return
        self._read_at = self._clock()
        try:
            keys = json.loads(self._file.read_bytes())["keys"]
            self._keys = KeySet(key for key in keys if isinstance(key, dict))
        except (OSError, ValueError, KeyError, TypeError) as fault:
            log.warning("the issuer's keys cannot be read", fault=type(fault).__name__)

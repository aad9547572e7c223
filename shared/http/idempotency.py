"""Idempotency keys: a request that is sent twice is executed once and answered twice.

The transaction of the append stores a receipt: the key, a keyed digest of the request and,
encrypted, where its answer is found again, by township, actor and route. Nothing that a client
sent is stored in plain text: even the key is stored as a keyed digest.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Annotated, Any

import orjson
from fastapi import Depends, Request

from shared.keys import Key, Keys, NotUnsealed
from shared.refusals import invalid

_HEADER = "Idempotency-Key"
_FORM = re.compile(r"[!-~]{1,200}")
_PLACE = b"place\0"
"""Receipts of earlier releases hold the answer itself and are bound without this: no process takes
one for the other."""
PLACE_FORM = b"\0place\x02\0"
"""The first bytes of a receipt that holds where its answer is found, before what is encrypted: the
job that deletes receipts of earlier releases has no key to tell them by."""
PARAMETER: Mapping[str, Any] = {
    "name": _HEADER,
    "in": "header",
    "required": False,
    "description": "The same key and body give the first answer again",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
}
"""The OpenAPI parameter; written by hand, since FastAPI's header parsing takes 20 µs a request."""


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """The key of a request that may be a repeat; encrypts and decrypts its receipt."""

    route: str
    key: str
    request_mac: bytes
    _envelope: Key = field(repr=False)

    def seal(self, response: bytes) -> bytes:
        """Encrypt the content of the receipt; it can be decrypted for the same request only."""
        return PLACE_FORM + self._envelope.seal(response, bound_to=_PLACE + self._binding())

    def unseal(self, sealed: bytes) -> bytes:
        """Decrypt what `seal` returned, or the answer of an earlier release; raises NotUnsealed."""
        try:
            place = sealed.removeprefix(PLACE_FORM)
            return self._envelope.unseal(place, bound_to=_PLACE + self._binding())
        except NotUnsealed:
            return self._envelope.unseal(sealed, bound_to=self._binding())

    def _binding(self) -> bytes:
        return b"\0".join((self.route.encode(), self.key.encode(), self.request_mac))


async def idempotency_key(request: Request) -> IdempotencyKey | None:
    """The request's key, or None: then the request is never a repeat."""
    given = given_key(request)
    return None if given is None else _key(request, given, await _material(request))


def given_key(request: Request) -> str | None:
    """The key as it was sent; raises InvalidInput for one that has not its form."""
    given = request.headers.get(_HEADER)
    if given is not None and not _FORM.fullmatch(given):
        raise invalid(_HEADER, "A key has 1 to 200 visible ASCII characters")
    return given


def key_of_upload(request: Request, content: bytes) -> IdempotencyKey | None:
    """The key of a request whose body is not JSON and was read by its route."""
    given = given_key(request)
    if given is None:
        return None
    return _key(request, given, orjson.dumps([*_target(request), sha256(content).hexdigest()]))


def digest_of_key(keys: Keys, given: str) -> str:
    """A key as it is stored: as a keyed digest, whatever somebody has typed."""
    return keys.for_purpose("receipt-mac").mac(b"key\0" + given.encode()).hex()


def _key(request: Request, given: str, material: bytes) -> IdempotencyKey:
    keys: Keys = request.app.state.keys
    digests = keys.for_purpose("receipt-mac")
    return IdempotencyKey(
        route=f"{request.method} {request.scope['route'].path}",
        key=digest_of_key(keys, given),
        request_mac=digests.mac(b"request\0" + material),
        _envelope=keys.for_purpose("receipt-seal"),
    )


Idempotency = Annotated[IdempotencyKey | None, Depends(idempotency_key)]


async def _material(request: Request) -> bytes:
    """What identifies a request: its target and content, not how the JSON is written."""
    content = await request.json() if await request.body() else None
    return orjson.dumps([*_target(request), content], option=orjson.OPT_SORT_KEYS)


def _target(request: Request) -> list[object]:
    return [
        request.method,
        request.scope["route"].path,
        request.path_params,
        request.scope["query_string"].decode("latin-1"),
    ]

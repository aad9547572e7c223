"""Keys: everything secret that a service keeps hangs on one key-encryption key.

    key-encryption key (environment or KMS) ─ HKDF ─► one key a purpose ─► seals, digests, data keys

Sealing is AES-256-GCM with a random nonce; what a seal is bound to must be given again to open it.
"""

import base64
import hmac
import os
from functools import cache
from hashlib import sha256
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SIZE = 32
_NONCE = 12


class NotUnsealed(Exception):
    """The sealed bytes are not whole, belong to something else, or another key sealed them."""


class Key:
    """One secret of 32 bytes, for one purpose; it never shows itself."""

    __slots__ = ("_cipher", "_secret")

    def __init__(self, secret: bytes) -> None:
        """ValueError unless there are 32 bytes."""
        if len(secret) != SIZE:
            raise ValueError(f"a key has {SIZE} bytes")
        self._secret = secret
        self._cipher = AESGCM(secret)

    @classmethod
    def fresh(cls) -> Self:
        """A new random key."""
        return cls(os.urandom(SIZE))

    def mac(self, data: bytes) -> bytes:
        """The keyed digest (HMAC-SHA-256) of some bytes."""
        return hmac.digest(self._secret, data, sha256)

    def seal(self, data: bytes, *, bound_to: bytes = b"") -> bytes:
        """Encrypt; only the same key and the same `bound_to` open it."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, data, bound_to)

    def unseal(self, sealed: bytes, *, bound_to: bytes = b"") -> bytes:
        """What `seal` took; raises NotUnsealed."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to)
        except (InvalidTag, ValueError) as fault:
            raise NotUnsealed from fault

    def wrap(self, other: "Key", *, bound_to: bytes = b"") -> bytes:
        """Seal another key, so that it can rest in a table."""
        return self.seal(other._secret, bound_to=bound_to)  # noqa: SLF001 - one of its kind

    def unwrap(self, sealed: bytes, *, bound_to: bytes = b"") -> "Key":
        """The key that `wrap` took; raises NotUnsealed."""
        return Key(self.unseal(sealed, bound_to=bound_to))


class Keys:
    """The key-encryption key, from which one key for each purpose is derived."""

    __slots__ = ("_for_purpose",)

    def __init__(self, root: bytes) -> None:
        """ValueError unless there are 32 bytes."""
        if len(root) != SIZE:
            raise ValueError(f"a key-encryption key has {SIZE} bytes")
        self._for_purpose = cache(lambda purpose: _derive(root, purpose))

    @classmethod
    def from_base64(cls, text: str) -> Self:
        """From base64 as settings hold it; ValueError for anything else."""
        try:
            return cls(base64.b64decode(text, validate=True))
        except ValueError:
            raise ValueError("a key-encryption key is 32 bytes in base64") from None

    def for_purpose(self, purpose: str) -> Key:
        """The key for a purpose, such as `vault-wrap`: the same one every time."""
        return self._for_purpose(purpose)


def _derive(root: bytes, purpose: str) -> Key:
    hkdf = HKDF(SHA256(), length=SIZE, salt=None, info=f"concord/{purpose}".encode())
    return Key(hkdf.derive(root))

"""Keys: all secrets of a service are derived from or wrapped by one key-encryption key.

    key-encryption key (environment or KMS) ─ HKDF ─► one key per purpose ─► seals, digests, data keys

Sealing is AES-256-GCM with a random nonce; `bound_to` is associated data and needed to unseal.
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
    """The bytes were changed, are bound to something else, or were sealed by another key."""


class Key:
    """One secret of 32 bytes, for one purpose; has no repr of the secret."""

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

    @classmethod
    def from_base64(cls, text: str) -> Self:
        """From 32 bytes in base64; raises ValueError."""
        try:
            return cls(base64.b64decode(text, validate=True))
        except ValueError:
            raise ValueError("a key is 32 bytes in base64") from None

    def to_base64(self) -> str:
        """The secret itself, for the settings of a process that is to have this key alone."""
        return base64.b64encode(self._secret).decode()

    def mac(self, data: bytes) -> bytes:
        """The keyed digest (HMAC-SHA-256) of `data`."""
        return hmac.digest(self._secret, data, sha256)

    def seal(self, data: bytes, *, bound_to: bytes = b"") -> bytes:
        """Encrypt; only the same key and the same `bound_to` open it."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, data, bound_to)

    def unseal(self, sealed: bytes, *, bound_to: bytes = b"") -> bytes:
        """Decrypt what `seal` returned; raises NotUnsealed."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to)
        except (InvalidTag, ValueError) as fault:
            raise NotUnsealed from fault

    def wrap(self, other: "Key", *, bound_to: bytes = b"") -> bytes:
        """Seal another key, so that it can be stored."""
        return self.seal(other._secret, bound_to=bound_to)  # noqa: SLF001 - one of its kind

    def unwrap(self, sealed: bytes, *, bound_to: bytes = b"") -> "Key":
        """Unseal a key that `wrap` sealed; raises NotUnsealed."""
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
        """From 32 bytes in base64; raises ValueError."""
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

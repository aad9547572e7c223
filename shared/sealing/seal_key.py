"""The keys of a service's seals: one signs, older ones remain to check the seals they signed.

The file is PEM and readable by its owner only. Its first private key signs; a replaced key stays in
the file, as a private or, better, as a public key.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    load_pem_public_key,
)

_BLOCK = re.compile(rb"-----BEGIN ([A-Z ]+)-----.*?-----END \1-----", re.DOTALL)


class KeyUnusable(ValueError):
    """A key file cannot be used; the message never quotes its content."""

    def __init__(self, file: Path, why: str) -> None:
        super().__init__(f"the seal key {file} {why}")


@dataclass(frozen=True)
class SealKeys:
    """The signing key, and all public keys by their ids."""

    signing: Ed25519PrivateKey
    public: dict[str, Ed25519PublicKey]

    @classmethod
    def of(cls, signing: Ed25519PrivateKey, *former: Ed25519PublicKey) -> "SealKeys":
        """From the signing key and former public keys."""
        return cls(signing, {key_id_of(key): key for key in (signing.public_key(), *former)})

    @classmethod
    def from_file(cls, file: Path) -> "SealKeys":
        """Read a key file; raises KeyUnusable."""
        try:
            is_open = file.stat().st_mode & 0o077
            blocks = list(_BLOCK.finditer(file.read_bytes()))
        except OSError as fault:
            raise KeyUnusable(file, f"cannot be read ({fault.strerror})") from None
        if is_open:
            raise KeyUnusable(file, "is open to others: its mode has to be 0600")
        private = [_private(file, block[0]) for block in blocks if b"PRIVATE" in block[1]]
        if not private:
            raise KeyUnusable(file, "holds no private key")
        public = [_public(file, block[0]) for block in blocks if b"PUBLIC" in block[1]]
        return cls.of(private[0], *(key.public_key() for key in private[1:]), *public)

    @property
    def signing_id(self) -> str:
        """The id of the key that signs."""
        return key_id_of(self.signing.public_key())

    def published(self) -> list[dict[str, str]]:
        """The public keys for verifiers, in the form of `keys.json`."""
        return [
            {
                "key_id": key_id,
                "algorithm": "Ed25519",
                "public_key": key.public_bytes_raw().hex(),
            }
            for key_id, key in self.public.items()
        ]


def key_id_of(key: Ed25519PublicKey) -> str:
    """SHA-256 of the raw key, so that no two keys have the same id."""
    return sha256(key.public_bytes_raw()).hexdigest()


def read_published(keys: Iterable[dict[str, str]]) -> dict[str, Ed25519PublicKey]:
    """The keys of `published`, each under the id computed from the key itself."""
    found = [Ed25519PublicKey.from_public_bytes(bytes.fromhex(k["public_key"])) for k in keys]
    return {key_id_of(key): key for key in found}


def fresh_key_pem() -> str:
    """A new private key as PEM; store it readable by the owner only."""
    made = Ed25519PrivateKey.generate()
    return made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _private(file: Path, pem: bytes) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise KeyUnusable(file, "holds a private key that cannot be read") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyUnusable(file, "holds a private key that is not Ed25519")
    return key


def _public(file: Path, pem: bytes) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        raise KeyUnusable(file, "holds a public key that cannot be read") from None
    if not isinstance(key, Ed25519PublicKey):
        raise KeyUnusable(file, "holds a public key that is not Ed25519")
    return key

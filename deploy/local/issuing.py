"""What the local issuer signs: keys, discovery, tokens. Opens no port."""

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from deploy.local.private_files import write_private
from deploy.local.programs import AUDIENCE
from shared.identity import Role

_ALGORITHM = "RS256"
PETITION_OFFICE = "petition-office"
"""The unit of whom nothing else is said."""


@dataclass(frozen=True)
class TokenRequest:
    """The token that an operator asks for."""

    role: Role
    division: str
    minutes: int = 8 * 60
    post: int | str = 1
    """The code of a post, or which post of the role it is."""
    unit: str = PETITION_OFFICE

    @property
    def subject(self) -> str:
        """Opaque, and the same every time for the same post."""
        named = f"{self.role}/{self.division}/{self.post}"
        return f"post-{hashlib.sha256(named.encode()).hexdigest()[:16]}"

    @property
    def post_code(self) -> str:
        """`clerk`, the first post of the role in the division; `clerk-2`, the second; or as given."""
        if isinstance(self.post, str):
            return self.post
        return str(self.role) if self.post == 1 else f"{self.role}-{self.post}"

    @property
    def of_an_office(self) -> bool:
        """Whether the bearer has a post in a unit."""
        return self.role not in {Role.RESIDENT, Role.AGENCY, Role.SCRAPE}


def load_signing_key(file: Path) -> RSAPrivateKey:
    """The key kept in that file; made where there is none."""
    if not file.exists():
        made = generate_private_key(public_exponent=65537, key_size=2048)
        pem = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        write_private(file, pem.decode())
    key = load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError(f"{file} holds no RSA key")
    return key


def write_public_keys(signing_key: Path, public_keys: Path) -> None:
    """Write the key set that services read; a signing key that is not there is made."""
    made = json.dumps(Issuer("", load_signing_key(signing_key)).public_keys(), indent=2)
    if not public_keys.exists() or public_keys.read_text(encoding="utf-8") != made:
        write_private(public_keys, made)


class Issuer:
    """An issuer of that address, signing with that key."""

    def __init__(self, address: str, key: RSAPrivateKey) -> None:
        self._address = address
        self._key = key
        self._public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
        self._key_id = hashlib.sha256(self._public["n"].encode()).hexdigest()[:16]

    def discovery(self) -> dict[str, Any]:
        """The OpenID Connect discovery document."""
        return {
            "issuer": self._address,
            "jwks_uri": f"{self._address}/jwks.json",
            "token_endpoint": f"{self._address}/token",
            "response_types_supported": ["token"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [_ALGORITHM],
        }

    def public_keys(self) -> dict[str, Any]:
        """The key set that tokens are checked with."""
        own = {"kid": self._key_id, "alg": _ALGORITHM, "use": "sig"}
        return {"keys": [{**self._public, **own}]}

    def token(self, request: TokenRequest, now: datetime | None = None) -> str:
        """A signed token; it says what a post may do and where, never who a person is."""
        issued = now or datetime.now(UTC)
        office = {"unit": request.unit, "post": request.post_code} if request.of_an_office else {}
        claims = {
            "iss": self._address,
            "aud": AUDIENCE,
            "sub": request.subject,
            **office,
            "role": str(request.role),
            "division": request.division,
            "iat": issued,
            "exp": issued + timedelta(minutes=request.minutes),
            "jti": str(uuid.uuid4()),
        }
        return jwt.encode(claims, self._key, _ALGORITHM, headers={"kid": self._key_id})

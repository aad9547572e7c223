"""Tokens that the issuer never gave: forged, bent, out of date, or for somebody else.

The tests hold the issuer's own key, so that everything but the one wrong thing is right.
"""

import base64
import hashlib
import hmac
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jwt
import orjson
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
)

from deploy.local.issuing import Issuer, TokenRequest, load_signing_key
from deploy.local.run_folder import RunFolder
from shared.identity import Role

_HOUR = 3600
_signing_key = cache(load_signing_key)
"""Reading a key proves it, which takes longer than a request."""


class Forger:
    """Signs whatever it likes; `claims` and `header` are those of an honest token."""

    def __init__(self, run: RunFolder, role: Role, division: str) -> None:
        self.file: Path = run.path / "issuer.key"
        self.key = _signing_key(self.file)
        self.issuer = Issuer(run.url("issuer"), self.key)
        honest = self.issuer.token(TokenRequest(role, division))
        self.claims: dict[str, Any] = jwt.decode(honest, options={"verify_signature": False})
        self.header: dict[str, Any] = jwt.get_unverified_header(honest)

    def token(self, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """An honest token but for these; what is None is taken away."""
        made = {name: value for name, value in (self.claims | claims).items() if value is not None}
        return jwt.encode(made, self.key, "RS256", headers=self.header | (header or {}))

    def honest(self) -> str:
        """For the test itself: it has to open the door, or nothing was shown."""
        return self.token()

    def forged(self) -> Iterator[tuple[str, str]]:
        """Every token that opens nothing, by what is wrong with it."""
        yield from self._out_of_time_and_place()
        yield from self._of_nobody()
        yield from self._signed_otherwise()
        yield from self._bent()

    def _out_of_time_and_place(self) -> Iterator[tuple[str, str]]:
        now = int(time.time())
        yield "expired", self.token(exp=now - _HOUR)
        yield "without an end", self.token(exp=None)
        yield "ending in words", self.token(exp="never")
        yield "not valid yet", self.token(nbf=now + _HOUR)
        yield "issued tomorrow", self.token(iat=now + 24 * _HOUR)
        yield "for another audience", self.token(aud="elsewhere")
        yield "for no audience", self.token(aud=None)
        yield "of another issuer", self.token(iss="http://127.0.0.1:1")
        yield "of this issuer with a slash", self.token(iss=self.claims["iss"] + "/")
        yield "of no issuer", self.token(iss=None)

    def _of_nobody(self) -> Iterator[tuple[str, str]]:
        yield "no subject", self.token(sub=None)
        yield "an empty subject", self.token(sub="")
        yield "a name as subject", self.token(sub="张三")
        yield "a subject with a break", self.token(sub="a\nb")
        yield "a long subject", self.token(sub="a" * 129)
        for claim in ("unit", "post"):
            codes: tuple[Any, ...] = (
                "",
                "水利站",
                "a b",
                "a" * 129,
                ["clerk"],
                {"x": 1},
                True,
                "a\0",
            )
            for code in codes:
                made: dict[str, Any] = {claim: code}
                yield f"{claim} {code!r:.20}", self.token(None, **made)
        yield "no role", self.token(role=None)
        for role in ("king", "", "CLERK", ["clerk"], {"clerk": True}, True, "clerk\0"):
            yield f"role {role!r}", self.token(role=role)
        yield "no division", self.token(division=None)
        divisions: tuple[Any, ...] = (
            *("", "5", "5199", "51990010", "5199001", "519900101001", "51990%", "%", "519900 "),
            *("519900\n", "519900:", "\u0665\u0661\u0669\u0669\u0660\u0660", ["519900"], "019900"),
        )
        for division in divisions:
            yield f"division {division!r}", self.token(division=division)

    def _signed_otherwise(self) -> Iterator[tuple[str, str]]:
        own = generate_private_key(public_exponent=65537, key_size=2048)
        yield "another's key", jwt.encode(self.claims, own, "RS256", headers=self.header)
        public = self.key.public_key()
        pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        jwk = orjson.dumps(self.issuer.public_keys()["keys"][0])
        for name, secret in (("the public key", pem), ("the JWK", jwk), ("nothing", b"")):
            for algorithm in ("HS256", "HS512"):
                yield f"{algorithm} by {name}", self._by_secret(algorithm, secret)
        for algorithm in ("none", "None", "NONE", "nOnE", ""):
            yield f"alg {algorithm!r}", _joined({"alg": algorithm, "typ": "JWT"}, self.claims)
        for algorithm in ("RS512", "PS256"):
            header = {name: self.header[name] for name in ("kid", "typ")}
            yield algorithm, jwt.encode(self.claims, self.key, algorithm, headers=header)
        for kid in (
            "",
            "x",
            "../../../../dev/null",
            "/etc/passwd",
            "' or 1=1 --",
            "\0",
            "k" * 4000,
        ):
            yield f"kid {kid:.20}", self.token({"kid": kid})
        brought = {"jku": "http://127.0.0.1:1/keys", "x5u": "http://127.0.0.1:1/chain"}
        stranger = jwt.algorithms.RSAAlgorithm.to_jwk(own.public_key(), as_dict=True)
        header = self.header | brought | {"jwk": stranger, "kid": "brought"}
        yield "a key brought along", jwt.encode(self.claims, own, "RS256", headers=header)

    def _by_secret(self, algorithm: str, secret: bytes) -> str:
        """HMAC by what everybody can read; libraries no longer offer to."""
        header = self.header | {"alg": algorithm}
        signed = _joined(header, self.claims).rpartition(".")[0]
        digest = {"HS256": hashlib.sha256, "HS512": hashlib.sha512}[algorithm]
        return f"{signed}.{_text(hmac.digest(secret, signed.encode(), digest().name))}"

    def _bent(self) -> Iterator[tuple[str, str]]:
        honest = self.honest()
        header, claims, signature = honest.split(".")
        louder = _text(orjson.dumps(self.claims | {"division": "519900"}))
        yield "other claims under the signature", f"{header}.{louder}.{signature}"
        yield "no signature", f"{header}.{claims}."
        yield "half a signature", f"{header}.{claims}.{signature[:-20]}"
        yield "two parts", f"{header}.{claims}"
        yield "four parts", f"{honest}.{signature}"
        yield "five parts", f"{honest}.{signature}.{signature}"
        yield "no token", "x"
        yield "a header that is a list", _joined([], self.claims)
        yield "a deep header", f"{_text(b'[' * 5000)}.{claims}.{signature}"
        yield "a deep payload", f"{header}.{_text(b'[' * 5000)}.{signature}"
        yield "an unknown critical header", self.token({"crit": ["exp2"], "exp2": 1})
        for kid in (["x"], {"x": 1}, 1, None):
            yield f"kid {kid!r}", _joined(self.header | {"kid": kid}, self.claims) + signature
        yield "huge", self.token(padding="x" * 9000)
        yield "beyond what a header may be", "x." * 20_000


def _joined(header: object, claims: object) -> str:
    return f"{_text(orjson.dumps(header))}.{_text(orjson.dumps(claims))}."


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

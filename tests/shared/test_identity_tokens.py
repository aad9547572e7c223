"""Tokens: what opens a door, and the long list of what must not."""

import base64
import hmac
import json
import time
from collections.abc import Mapping
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given
from hypothesis import strategies as st
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from shared.identity import Actor, OidcSettings, Role, Verifier
from shared.identity.issuer_keys import KeySet
from shared.identity.refusals import CountyNotServed, TokenRefused
from shared.testing.tokens import KnownKeys, TokenMaker

MAKER = TokenMaker()
RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC_KEY = ec.generate_private_key(ec.SECP256R1())
PUBLIC_PEM = RSA_KEY.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
)


def claims(**changes: object) -> dict[str, object]:
    now = int(time.time())
    usual: dict[str, object] = {
        "iss": MAKER.issuer,
        "aud": "concord",
        "sub": "post-1",
        "exp": now + 300,
        "role": "clerk",
        "division": "519900101",
    }
    return {name: value for name, value in (usual | changes).items() if value is not None}


def verifier(**clock: Any) -> Verifier:
    rsa_jwk = RSAAlgorithm.to_jwk(RSA_KEY.public_key(), as_dict=True) | {"kid": "rsa"}
    ec_jwk = ECAlgorithm.to_jwk(EC_KEY.public_key(), as_dict=True) | {"kid": "ec"}
    jwks = {"keys": [*MAKER.jwks()["keys"], rsa_jwk, ec_jwk]}
    return Verifier(MAKER.settings(), KnownKeys(jwks), county="519900", **clock)


def unsigned(header: Mapping[str, object], signature: bytes = b"") -> str:
    def part(data: bytes) -> str:
        return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

    body = json.dumps(claims()).encode()
    return f"{part(json.dumps(header).encode())}.{part(body)}.{part(signature)}"


async def reason(token: str) -> str:
    with pytest.raises(TokenRefused) as refused:
        await verifier().verify(token)
    assert refused.value.status == 401
    return refused.value.detail


async def test_a_good_token_names_its_actor() -> None:
    token = MAKER.token(Role.HANDLER, "519900", "post-7")
    named = Actor("post-7", Role.HANDLER, "519900", "petition-office", "post-7")
    assert await verifier().verify(token) == named


async def test_a_post_goes_before_the_subject_under_which_records_were_kept_before() -> None:
    token = MAKER.token(Role.HANDLER, "519900101", "subject-7", unit="water-station", post="head")
    actor = await verifier().verify(token)
    assert (actor.unit, actor.post, actor.ref) == ("water-station", "head", "head")
    assert actor.names == ("head", "subject-7")
    assert actor.names_in("519900101") == ("head", "subject-7")
    assert actor.names_in("519900102") == ("subject-7",)
    assert actor.author("519900101").refs == ("head", "subject-7")


async def test_a_post_of_the_county_is_nobody_of_its_code_in_a_township() -> None:
    token = MAKER.token(Role.HANDLER, "519900", "subject-7", post="clerk")
    actor = await verifier().verify(token)
    assert actor.author("519900").refs == ("clerk", "subject-7")
    assert actor.author("519900101").refs == ("subject-7",)


async def test_a_token_without_a_post_is_named_by_its_subject() -> None:
    actor = await verifier().verify(MAKER.token(ref="subject-7", unit=None, post=None))
    assert (actor.unit, actor.post, actor.ref) == (None, None, "subject-7")
    assert actor.names == actor.author("519900101").refs == ("subject-7",)


async def test_an_issuer_may_name_the_claims_otherwise() -> None:
    settings = OidcSettings(issuer=MAKER.issuer, unit_claim="ou", post_claim="position")
    checking = Verifier(settings, KnownKeys(MAKER.jwks()), county="519900")
    actor = await checking.verify(MAKER.token(ou="justice-office", position="clerk-2"))
    assert (actor.unit, actor.post) == ("justice-office", "clerk-2")


@pytest.mark.parametrize("division", ["510100", "510100101", "519901101"])
async def test_a_token_for_another_county_opens_nothing(division: str) -> None:
    with pytest.raises(CountyNotServed) as refused:
        await verifier().verify(MAKER.token(Role.BACKFILL, division))
    assert refused.value.status == 403


async def test_all_three_algorithms_are_taken() -> None:
    tokens = [
        MAKER.token(),
        jwt.encode(claims(), RSA_KEY, algorithm="RS256", headers={"kid": "rsa"}),
        jwt.encode(claims(), EC_KEY, algorithm="ES256", headers={"kid": "ec"}),
    ]
    for token in tokens:
        assert (await verifier().verify(token)).ref == "post-1"


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "nOnE", "", None, 5, ["none"]])
async def test_no_signature_is_no_token(algorithm: object) -> None:
    assert await reason(unsigned({"alg": algorithm, "kid": "test"}))


@pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512"])
async def test_the_public_key_is_no_shared_secret(algorithm: str) -> None:
    header = {"alg": algorithm, "typ": "JWT", "kid": "rsa"}
    signing_input = unsigned(header).rpartition(".")[0]
    digest = hmac.digest(PUBLIC_PEM, signing_input.encode(), f"sha{algorithm[2:]}")
    signature = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert "algorithm" in await reason(f"{signing_input}.{signature}")


async def test_an_algorithm_of_another_key_is_refused() -> None:
    token = jwt.encode(claims(), RSA_KEY, algorithm="RS256", headers={"kid": "ec"})
    assert "key" in await reason(token)
    token = jwt.encode(claims(), RSA_KEY, algorithm="RS512", headers={"kid": "rsa"})
    assert "algorithm" in await reason(token)


async def test_a_key_that_the_token_brings_itself_is_not_looked_at() -> None:
    own = TokenMaker(kid="own")
    header = {"kid": "own", "jwk": own.jwks()["keys"][0], "jku": "https://evil.example/jwks"}
    token = jwt.encode(claims(), own._key, algorithm="EdDSA", headers=header)
    assert "key" in await reason(token)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"exp": int(time.time()) - 60}, "expired"),
        ({"nbf": int(time.time()) + 3600}, "not valid yet"),
        ({"aud": "another"}, "audience"),
        ({"aud": None}, "not valid"),
        ({"iss": "https://elsewhere.example"}, "another issuer"),
        ({"iss": None}, "not valid"),
        ({"exp": None}, "not valid"),
        ({"exp": "soon"}, "not valid"),
        ({"sub": None}, "not valid"),
        ({"sub": ""}, "subject"),
        ({"sub": "张三"}, "subject"),
        ({"sub": "Zhang San"}, "subject"),
        ({"sub": "p" * 129}, "subject"),
        ({"sub": "post\n1"}, "subject"),
        ({"unit": ""}, "unit"),
        ({"unit": "水利站"}, "unit"),
        ({"unit": "water station"}, "unit"),
        ({"unit": "w" * 65}, "unit"),
        ({"unit": ["water-station"]}, "unit"),
        ({"unit": {"code": "water-station"}}, "unit"),
        ({"unit": False}, "unit"),
        ({"post": ""}, "post"),
        ({"post": "张三"}, "post"),
        ({"post": "Zhang San"}, "post"),
        ({"post": "p" * 129}, "post"),
        ({"post": "clerk\n"}, "post"),
        ({"post": 7}, "post"),
        ({"role": None}, "role"),
        ({"role": "emperor"}, "role"),
        ({"role": ["clerk"]}, "role"),
        ({"division": None}, "county"),
        ({"division": ""}, "county"),
        ({"division": "5199"}, "county"),
        ({"division": "519900101001"}, "county"),
        ({"division": "51990010%"}, "county"),
    ],
)
async def test_claims_that_are_missing_or_wrong_are_refused(
    changes: dict[str, Any], said: str
) -> None:
    token = jwt.encode(claims(**changes), MAKER._key, algorithm="EdDSA", headers={"kid": "test"})
    assert said in await reason(token)


@pytest.mark.parametrize("named", [{"sub": "resident"}, {"post": "resident"}])
async def test_no_token_bears_the_name_under_which_residents_act(named: dict[str, Any]) -> None:
    for role in Role:
        told = await reason(MAKER.token(role, **named))
        assert told == "The token's subject or post is the name that residents have."


async def test_another_issuers_key_under_the_same_id_is_refused() -> None:
    assert "signature" in await reason(TokenMaker().token())


async def test_a_token_that_was_changed_is_refused() -> None:
    header, payload, signature = MAKER.token().split(".")
    changed = base64.urlsafe_b64encode(json.dumps(claims(role="auditor")).encode()).rstrip(b"=")
    assert "signature" in await reason(f"{header}.{changed.decode()}.{signature}")
    flipped = ("A" if signature[0] != "A" else "B") + signature[1:]
    assert "signature" in await reason(f"{header}.{payload}.{flipped}")


@given(st.text(max_size=100))
async def test_any_text_is_refused(text: str) -> None:
    assert await reason(text)


async def test_a_token_has_a_length() -> None:
    assert "long" in await reason("x" * 8193)


async def test_a_remembered_token_still_expires() -> None:
    now = time.time()
    checking = verifier(clock=lambda: now)
    token = MAKER.token(expires_in=-10)  # within the leeway: verified, not remembered
    await checking.verify(token)
    fresh = MAKER.token(expires_in=60)
    await checking.verify(fresh)
    checking.keys = KnownKeys({"keys": []})
    assert (await checking.verify(fresh)).ref == "post-1"
    now += 61
    with pytest.raises(TokenRefused):
        await checking.verify(fresh)


async def test_a_revoked_key_closes_the_door_after_five_minutes() -> None:
    now = time.time()
    checking = verifier(clock=lambda: now)
    token = MAKER.token(expires_in=3600)
    await checking.verify(token)
    checking.keys = KnownKeys({"keys": []})
    now += 299
    await checking.verify(token)
    now += 2
    with pytest.raises(TokenRefused):
        await checking.verify(token)


async def test_only_so_many_tokens_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.identity.tokens._REMEMBERED", 3)
    checking = verifier()
    for number in range(10):
        await checking.verify(MAKER.token(ref=f"post-{number}"))
    assert len(checking._verified) == 3


def test_keys_that_may_not_sign_are_left_out() -> None:
    good = MAKER.jwks()["keys"][0]
    keys = KeySet(
        [
            good,
            good | {"kid": "for-encryption", "use": "enc"},
            {"kty": "oct", "kid": "shared", "k": "c2VjcmV0", "alg": "HS256"},
            {"kty": "RSA", "kid": "torn"},
            {"kid": "nothing"},
        ]
    )
    assert len(keys) == 1
    assert keys.get("shared") is None


@pytest.mark.parametrize(
    "issuer",
    [
        "http://issuer.example",
        "ftp://127.0.0.1",
        "https://",
        "127.0.0.1:9180",
        "http://127.1.example",
    ],
)
def test_an_issuer_without_tls_is_taken_only_on_loopback(issuer: str) -> None:
    with pytest.raises(ValueError, match="an issuer is reached by https"):
        OidcSettings(issuer=issuer)


@pytest.mark.parametrize(
    "issuer",
    [
        "https://id.example/realms/county",
        "http://127.0.0.1:9180",
        "http://localhost:1",
        "http://[::1]:9",
    ],
)
def test_an_issuer_with_tls_or_on_loopback_is_taken(issuer: str) -> None:
    assert OidcSettings(issuer=issuer).issuer == issuer

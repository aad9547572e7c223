"""An issuer's keys: discovered, kept while it is away, asked for again when one is new."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from prometheus_client import REGISTRY

from shared.http import Router, answered, build_app
from shared.identity import Authenticated, OidcSettings, Verifier
from shared.identity.issuer_keys import IssuerKeys
from shared.identity.refusals import IssuerAway, TokenRefused
from shared.metrics import ISSUER_CERTIFICATE_ENDS
from shared.testing.tokens import TokenMaker
from shared.testing.waiters import eventually
from tests.shared.doors import knocking

CERTIFICATE = "concord_issuer_certificate_ends_timestamp_seconds"
ISSUER = "https://id.example/realms/county"


class FakeIssuer:
    """Answers discovery and JWKS, counts how often it is asked, and can be away."""

    def __init__(self) -> None:
        self.makers = [TokenMaker(issuer=ISSUER, kid="first")]
        self.away = False
        self.asked = 0
        self.discovery: dict[str, object] = {"issuer": ISSUER, "jwks_uri": ISSUER + "/jwks"}
        self.now = 1000.0
        self.stream: dict[str, Any] = {}

    def answer(self, request: httpx.Request) -> httpx.Response:
        if self.away:
            raise httpx.ConnectError("refused")
        if request.url.path.endswith("/.well-known/openid-configuration"):
            return httpx.Response(200, json=self.discovery, extensions=self.stream)
        self.asked += 1
        keys = [key for maker in self.makers for key in maker.jwks()["keys"]]
        return httpx.Response(200, json={"keys": keys})

    def verifier(self) -> Verifier:
        settings = OidcSettings(issuer=ISSUER)
        transport = httpx.MockTransport(self.answer)
        keys = IssuerKeys(settings, transport=transport, clock=lambda: self.now)
        return Verifier(settings, keys, county="519900")


async def test_keys_are_found_by_discovery() -> None:
    issuer = FakeIssuer()
    actor = await issuer.verifier().verify(issuer.makers[0].token())
    assert actor.ref == "post-1"
    assert issuer.asked == 1


class TlsStream:
    """As of an answer that came over TLS."""

    def get_extra_info(self, _: str) -> "TlsStream":
        return self

    def getpeercert(self) -> dict[str, str]:
        return {"notAfter": "Jan  1 21:48:15 2028 GMT"}


async def test_when_the_issuers_certificate_ends_is_told() -> None:
    issuer = FakeIssuer()
    ISSUER_CERTIFICATE_ENDS.set(0)
    await issuer.verifier().verify(issuer.makers[0].token())
    assert REGISTRY.get_sample_value(CERTIFICATE) == 0
    issuer.stream = {"network_stream": TlsStream()}
    await issuer.verifier().verify(issuer.makers[0].token())
    ends = datetime(2028, 1, 1, 21, 48, 15, tzinfo=UTC)
    assert REGISTRY.get_sample_value(CERTIFICATE) == ends.timestamp()


async def test_an_unknown_key_is_asked_for_but_seldom() -> None:
    issuer = FakeIssuer()
    verifier = issuer.verifier()
    await verifier.verify(issuer.makers[0].token())
    issuer.makers.append(TokenMaker(issuer=ISSUER, kid="second"))
    new = issuer.makers[1].token()
    for _ in range(5):
        with pytest.raises(TokenRefused):
            await verifier.verify(new)
    assert issuer.asked == 1
    issuer.now += 11
    assert (await verifier.verify(new)).ref == "post-1"
    assert issuer.asked == 2


async def test_known_keys_stay_good_while_the_issuer_is_away() -> None:
    issuer = FakeIssuer()
    verifier = issuer.verifier()
    assert await verifier.check() is None
    issuer.away = True
    issuer.now += 3600
    assert (await verifier.verify(issuer.makers[0].token())).ref == "post-1"
    assert await verifier.check() is None


async def test_an_issuer_that_was_away_at_the_start_is_found_later() -> None:
    issuer = FakeIssuer()
    issuer.away = True
    verifier = issuer.verifier()
    assert await verifier.check() == "the issuer of tokens has not given its keys yet"
    with pytest.raises(IssuerAway):
        await verifier.verify(issuer.makers[0].token())
    issuer.away = False
    issuer.now += 2
    assert (await verifier.verify(issuer.makers[0].token())).ref == "post-1"


async def test_the_background_task_fetches_before_anyone_asks() -> None:
    issuer = FakeIssuer()
    async with issuer.verifier().keys.opened():
        await eventually(lambda: issuer.asked == 1, within=2)


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "https://elsewhere.example", "jwks_uri": ISSUER + "/jwks"},
        {"issuer": ISSUER, "jwks_uri": "http://id.example/jwks"},
        {"issuer": ISSUER, "jwks_uri": "file:///etc/passwd"},
        {"issuer": ISSUER},
        {},
    ],
)
async def test_a_discovery_document_that_leads_astray_is_not_followed(
    discovery: dict[str, Any],
) -> None:
    issuer = FakeIssuer()
    issuer.discovery = discovery
    assert await issuer.verifier().check() is not None
    assert issuer.asked == 0


async def test_a_service_starts_without_its_issuer_and_says_so() -> None:
    issuer = FakeIssuer()
    issuer.away = True
    router = Router()

    @router.get("/door")
    async def door(actor: Authenticated) -> object:
        return answered({"ref": actor.ref})

    app = build_app(service="sample", routers=[router], verifier=issuer.verifier())
    bearer = {"Authorization": f"Bearer {issuer.makers[0].token()}"}
    async with knocking(app, bearer) as client, app.router.lifespan_context(app):
        ready, answer = await client.get("/readyz"), await client.get("/door")
        assert (ready.status_code, list(ready.json()["checks"])) == (503, ["tokens"])
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/issuer-away")
        assert answer.headers["retry-after"] == "1"
        issuer.away = False
        issuer.now += 5
        assert (await client.get("/door")).json() == {"ref": "post-1"}

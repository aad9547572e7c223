"""The realm that Keycloak imports: who may ask for tokens, and which claims they have.

A token says role, division, unit and post (`shared.identity.settings`); who the person is stays in
Keycloak. Each post is a group whose attributes become claims, so that a person's change of post is
a change of group. Whoever is in two groups has the claims of one of them, never of both.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from shared.identity import Role

REALM = "county"
AUDIENCE = "concord"
CLAIMS = ("role", "division", "unit", "post")
_LIFETIME = 900
"""Seconds of an access token: a right that is taken away ends that soon."""

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Demonstration:
    """Posts and users that play the demonstration; never part of a county's real realm."""

    client_secret: str
    password: str
    divisions: tuple[str, ...]


def realm(
    address: str, *, prometheus_secret: str, county: str, demo: Demonstration | None
) -> Json:
    """The document of the realm at that address, such as `https://county.example`."""
    clients = [_web(address), _prometheus(prometheus_secret, county)]
    groups: list[Json] = []
    users: list[Json] = []
    if demo is not None:
        clients.append(_demo(demo.client_secret))
        posts = [(role, division) for division in demo.divisions for role in Role]
        groups = [_group(role, division) for role, division in posts]
        users = [_user(role, division, demo.password) for role, division in posts]
    return {
        "realm": REALM,
        "enabled": True,
        "sslRequired": "external",
        "accessTokenLifespan": _LIFETIME,
        "bruteForceProtected": True,
        "registrationAllowed": False,
        "passwordPolicy": "length(12) and notUsername",
        "clients": clients,
        "groups": groups,
        "users": users,
    }


def demo_user(role: Role, division: str) -> str:
    """The name of the user who has that role in that division in the demonstration."""
    return f"demo-{role}-{division}"


def _web(address: str) -> Json:
    """The pages: a public client, so its codes are bound to the browser by PKCE."""
    return _client("web") | {
        "publicClient": True,
        "standardFlowEnabled": True,
        "redirectUris": [f"{address}/*"],
        "webOrigins": [address],
        "attributes": {"pkce.code.challenge.method": "S256"},
    }


def _prometheus(secret: str, county: str) -> Json:
    """Reads the gauges of figures of the whole county, which is all that its role may do."""
    fixed = {"role": str(Role.SCRAPE), "division": county}
    return _client("prometheus") | {
        "secret": secret,
        "serviceAccountsEnabled": True,
        "protocolMappers": [_audience(), *_hardcoded(fixed)],
    }


def _demo(secret: str) -> Json:
    return _client("demo") | {"secret": secret, "directAccessGrantsEnabled": True}


def _client(name: str) -> Json:
    return {
        "clientId": name,
        "enabled": True,
        "protocol": "openid-connect",
        "publicClient": False,
        "standardFlowEnabled": False,
        "directAccessGrantsEnabled": False,
        # the subject and no more: the usual scopes put name and address of the person into tokens
        "defaultClientScopes": ["basic"],
        "optionalClientScopes": [],
        "protocolMappers": [_audience(), *map(_of_attribute, CLAIMS)],
    }


def _audience() -> Json:
    config = {"included.custom.audience": AUDIENCE, "access.token.claim": "true"}
    return _mapper("audience", "oidc-audience-mapper", config)


def _of_attribute(claim: str) -> Json:
    config = {
        "user.attribute": f"concord_{claim}",
        "claim.name": claim,
        "jsonType.label": "String",
        "access.token.claim": "true",
        # of one group: with two posts, the role of one and the division of the other would be mixed
        "aggregate.attrs": "false",
    }
    return _mapper(claim, "oidc-usermodel-attribute-mapper", config)


def _hardcoded(claims: Json) -> Iterator[Json]:
    for claim, value in claims.items():
        config = {
            "claim.name": claim,
            "claim.value": value,
            "jsonType.label": "String",
            "access.token.claim": "true",
        }
        yield _mapper(claim, "oidc-hardcoded-claim-mapper", config)


def _mapper(name: str, kind: str, config: Json) -> Json:
    return {
        "name": name,
        "protocol": "openid-connect",
        "protocolMapper": kind,
        "config": config,
    }


def _group(role: Role, division: str) -> Json:
    """A post: what its bearer may do, where, in which unit."""
    claims = {"role": str(role), "division": division}
    if role not in {Role.RESIDENT, Role.AGENCY, Role.SCRAPE}:
        claims |= {"unit": "petition-office", "post": str(role)}
    return {
        "name": f"{division}-{role}",
        "attributes": {f"concord_{name}": [value] for name, value in claims.items()},
    }


def _user(role: Role, division: str, password: str) -> Json:
    name = demo_user(role, division)
    return {
        "username": name,
        "enabled": True,
        "emailVerified": True,
        "email": f"{name}@county.example",
        "firstName": "Demonstration",
        "lastName": name,
        "credentials": [{"type": "password", "value": password, "temporary": False}],
        "groups": [f"/{division}-{role}"],
    }


def names_in(document: Json, kind: str) -> Iterable[str]:
    """The names of its clients, groups or users."""
    key = {"clients": "clientId", "groups": "name", "users": "username"}[kind]
    return (str(each[key]) for each in document[kind])

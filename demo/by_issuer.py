"""A system that runs elsewhere, with tokens of its OpenID Connect issuer for the demonstration.

CONCORD_URL is its address and CONCORD_ISSUER its issuer's. The client `demo` asks for tokens as the
users that `deploy.county.make_secrets --demo` made, one for each role and division; the secrets
are `demo_client_secret` and `demo_user_secret` in the folder of secrets.
"""

import os
import time
from dataclasses import dataclass, field
from threading import Lock
from typing import Annotated, NoReturn

import httpx
from pydantic import AfterValidator, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from cli.refusals import BadInput, NotReachable
from cli.system import System, address_of
from deploy.county.realm import demo_user
from shared.divisions import CountyCode
from shared.identity import Role
from shared.identity.settings import check_issuer
from shared.settings import read_settings

_PATIENCE = 60.0
"""Seconds for an answer: a password takes the issuer a second of work."""
_EARLY = 60.0
"""Seconds before its end from which on a token is not used any more."""


class IssuerSettings(BaseSettings):
    """`CONCORD_ISSUER`, `CONCORD_COUNTY`."""

    model_config = SettingsConfigDict(env_prefix="CONCORD_", frozen=True, extra="ignore")

    issuer: Annotated[str, AfterValidator(check_issuer)]
    county: CountyCode


class DemoSecrets(BaseSettings):
    """`demo_client_secret`, `demo_user_secret`."""

    model_config = SettingsConfigDict(
        env_prefix="DEMO_", frozen=True, hide_input_in_errors=True, extra="ignore"
    )

    client_secret: SecretStr
    user_secret: SecretStr


def system_elsewhere() -> System:
    """That of the environment; raises BadInput where no address is given."""
    url = os.environ.get("CONCORD_URL", "")
    if not url:
        raise BadInput("CONCORD_ISSUER is set, and CONCORD_URL names no system; set both.")
    settings, secrets = read_settings(IssuerSettings), read_settings(DemoSecrets)
    tokens = _Tokens(settings.issuer, secrets)
    return System(
        url_of=lambda service: address_of(service, url),
        token_for=tokens.token_for,
        is_on_this_machine=False,
        county=settings.county,
    )


@dataclass
class _Tokens:
    """Those of the issuer, each used until shortly before it ends."""

    issuer: str
    secrets: DemoSecrets
    _known: dict[tuple[Role, str], tuple[str, float]] = field(default_factory=dict)
    _asking: Lock = field(default_factory=Lock)
    """An issuer takes a user's logins at the same moment for an attack."""

    def token_for(self, role: Role, division: str) -> str:
        """A token of the demonstration's user; raises NotReachable or BadInput."""
        with self._asking:
            token, ends = self._known.get((role, division), ("", 0.0))
            if time.monotonic() >= ends:
                token, lives = self._asked(role, division)
                self._known[role, division] = token, time.monotonic() + lives - _EARLY
            return token

    def _asked(self, role: Role, division: str) -> tuple[str, float]:
        form = {
            "grant_type": "password",
            "client_id": "demo",
            "client_secret": self.secrets.client_secret.get_secret_value(),
            "username": demo_user(role, division),
            "password": self.secrets.user_secret.get_secret_value(),
        }
        try:
            url = f"{self.issuer}/protocol/openid-connect/token"
            answer = httpx.post(url, data=form, timeout=_PATIENCE)
        except httpx.TransportError as away:
            raise NotReachable(f"The issuer {self.issuer} does not answer ({away}).") from away
        if answer.status_code != httpx.codes.OK:
            _refused(answer, demo_user(role, division))
        body = answer.json()
        return str(body["access_token"]), float(body["expires_in"])


def _refused(answer: httpx.Response, user: str) -> NoReturn:
    try:
        said = answer.json().get("error_description", answer.status_code)
    except ValueError:
        said = answer.status_code
    raise BadInput(
        f"The issuer gives {user} no token ({said}); were the secrets made with --demo?"
    )

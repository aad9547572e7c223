"""Settings of the issuer whose tokens are accepted."""

from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def check_issuer(url: str) -> str:
    """The URL; raises ValueError without TLS, except on loopback: keys could be forged."""
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return url
    if parts.scheme == "http" and parts.hostname and is_loopback(parts.hostname):
        return url
    raise ValueError("an issuer is reached by https, or by http on the machine itself")


def is_loopback(host: str) -> bool:
    """Whether a host name or address stays on this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class OidcSettings(BaseModel):
    """An OpenID Connect issuer, and the claims of its tokens."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: Annotated[str, AfterValidator(check_issuer)]
    audience: str = Field(default="concord", min_length=1)
    role_claim: str = "role"
    division_claim: str = "division"
    unit_claim: str = "unit"
    post_claim: str = "post"
    leeway: int = Field(default=30, ge=0, le=300)
    """Seconds by which the issuer's clock may differ from ours."""

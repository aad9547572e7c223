"""Finds the system that a command talks to: the embedded one, or another by its address.

CONCORD_URL and CONCORD_TOKEN name another system. `https://county.example` means the services'
own ports there; an address with `{service}` in it, such as `https://county.example/{service}`, is
that of a gateway.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import httpx
import typer

from cli.data_folder import DEFAULT
from cli.refusals import BadInput
from deploy.local.county import COUNTY
from shared.services import service_called

if TYPE_CHECKING:
    from shared.identity import Role

ANY_DATA_FOLDER = typer.Option(
    "--data",
    envvar="CONCORD_DATA",
    help="The embedded system's folder; overrides CONCORD_URL.",
    show_default=".concord, unless CONCORD_URL names another system",
)
DataFolderIfNamed = Annotated[Path | None, ANY_DATA_FOLDER]

Wanted = Mapping[str, str | None]
"""Query parameters of the API; None is left out."""

_TIMEOUT = httpx.Timeout(60, connect=5)


@dataclass(frozen=True)
class System:
    """The addresses of the services, and how to get tokens for them."""

    url_of: Callable[[str], str]
    token_for: Callable[["Role", str], str]
    is_on_this_machine: bool
    county: str | None = None
    """The county it serves, where that is known."""

    def client(self, service: str, role: "Role", division: str) -> httpx.Client:
        """A client of a service's API, with a token of that role in that division."""
        return httpx.Client(
            base_url=self.url_of(service),
            headers=self._bearer(role, division),
            timeout=_TIMEOUT,
            trust_env=not self.is_on_this_machine,
        )

    def async_client(self, service: str, role: "Role", division: str) -> httpx.AsyncClient:
        """An asynchronous client, for concurrent requests."""
        return httpx.AsyncClient(
            base_url=self.url_of(service),
            headers=self._bearer(role, division),
            timeout=_TIMEOUT,
            # never through a proxy on loopback
            trust_env=not self.is_on_this_machine,
        )

    def _bearer(self, role: "Role", division: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token_for(role, division)}"}


def find_system(data: Path | None) -> System:
    """The system of the named folder, else of CONCORD_URL, else of the default folder."""
    url = os.environ.get("CONCORD_URL", "")
    if data is None and url:
        return _elsewhere(url, os.environ.get("CONCORD_TOKEN", ""))
    return embedded(data or DEFAULT)


def embedded(data: Path) -> System:
    """The one-machine run of that folder; its local issuer gives the tokens."""
    from deploy.local.issuing import TokenRequest
    from deploy.local.run_folder import RunFolder
    from deploy.local.tokens import fetch_token

    run = RunFolder.open(data)
    return System(
        url_of=run.url,
        token_for=lambda role, division: fetch_token(run, TokenRequest(role, division)),
        is_on_this_machine=True,
        county=COUNTY,
    )


def _elsewhere(url: str, token: str) -> System:
    if not token:
        raise BadInput("CONCORD_URL names a system, and CONCORD_TOKEN no token for it; set both.")
    return System(
        url_of=lambda service: address_of(service, url),
        token_for=lambda _role, _division: token,
        is_on_this_machine=False,
    )


def address_of(service: str, url: str) -> str:
    """Where a service of that system is."""
    if "{service}" in url:
        return url.replace("{service}", service).rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadInput("CONCORD_URL has to be an address such as https://county.example.")
    if ":" in parts.netloc.rpartition("]")[2] or parts.path.strip("/"):
        raise BadInput(
            "CONCORD_URL names one API, and the system has several: leave port and path out, "
            "or write {service} where a gateway has the service's name."
        )
    return f"{parts.scheme}://{parts.netloc}:{service_called(service).port}"

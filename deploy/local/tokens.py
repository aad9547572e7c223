"""Asks the running local issuer for a token."""

import time

import httpx

from deploy.local.issuing import TokenRequest
from deploy.local.refusals import IssuerSilent, NotRunning
from deploy.local.run_folder import RunFolder
from deploy.local.supervision import Supervisor


def fetch_token(run: RunFolder, request: TokenRequest) -> str:
    """A token from the issuer of that run; raises NotRunning or IssuerSilent."""
    body: dict[str, object] = {
        "role": str(request.role),
        "division": request.division,
        "minutes": request.minutes,
        "post": request.post,
        "unit": request.unit,
    }
    secret = {"Authorization": f"Bearer {run.secrets.issuer_operator}"}
    answer = _asked(run, body, secret)
    answer.raise_for_status()
    return str(answer.json()["access_token"])


def _asked(run: RunFolder, body: dict[str, object], secret: dict[str, str]) -> httpx.Response:
    """The answer, also of an issuer that is just being started again."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            with issuer_client(run) as client:
                return client.post("/token", json=body, headers=secret)
        except httpx.TimeoutException:
            raise IssuerSilent(run.path) from None
        except httpx.TransportError as failure:
            if not Supervisor(run).is_running():
                raise NotRunning(run.path) from failure
        if time.monotonic() > deadline:
            raise IssuerSilent(run.path)
        time.sleep(_PAUSE)


def issuer_client(run: RunFolder) -> httpx.Client:
    """A client by the issuer's private socket."""
    private = httpx.HTTPTransport(uds=str(run.issuer_socket))
    return httpx.Client(base_url=run.url("issuer"), transport=private, timeout=_PATIENCE)


_PAUSE = 0.2
_PATIENCE = 15
"""Seconds until it counts as hanging; a token takes it milliseconds."""

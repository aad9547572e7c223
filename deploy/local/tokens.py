"""Asks the running local issuer for a token."""

import httpx

from deploy.local.issuing import TokenRequest
from deploy.local.refusals import NotRunning
from deploy.local.run_folder import RunFolder


def fetch_token(run: RunFolder, request: TokenRequest) -> str:
    """A token from the issuer of that run; NotRunning when nobody answers."""
    body = {
        "role": str(request.role),
        "division": request.division,
        "minutes": request.minutes,
        "post": request.post,
    }
    secret = {"Authorization": f"Bearer {run.secrets.issuer_operator}"}
    try:
        # no proxy of the environment may stand between us and loopback
        with httpx.Client(trust_env=False, timeout=10) as client:
            answer = client.post(f"{run.url('issuer')}/token", json=body, headers=secret)
    except httpx.TransportError as failure:
        raise NotRunning(run.path) from failure
    answer.raise_for_status()
    return str(answer.json()["access_token"])

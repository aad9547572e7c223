"""The local issuer: OpenID Connect tokens for the one-machine run, and for nothing else.

Whoever holds the operator secret of the data folder can have a token of any role, so it starts
only beside such a folder and only on loopback.
"""

import hmac
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request, Response
from pydantic import BaseModel, Field

from deploy.local.issuing import PETITION_OFFICE, Issuer, TokenRequest, load_signing_key
from deploy.local.ports import LOOPBACK
from deploy.local.private_files import is_private
from deploy.local.refusals import CannotRun
from deploy.local.run_folder import FILE_NAME, RUN_VARIABLE, RunFolder
from deploy.local.run_secrets import FILE_NAME as SECRETS_NAME
from shared.contracts.words import PostRef, UnitRef
from shared.divisions import ScopeCode
from shared.http import Body, Router, answered, build_app, set_up_logs
from shared.http.inherited import inherited
from shared.http.serve import run as serve
from shared.identity import Role
from shared.identity.gate import Gate
from shared.refusals import Refusal


class OnlyInTheOneMachineRun(CannotRun):
    """The local issuer was started somewhere else."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The local issuer works only inside `concord up` ({why}); "
            "elsewhere configure a real OpenID Connect issuer."
        )


class OperatorSecretNeeded(Refusal):
    """Tokens are given to whoever asks by the socket of the data folder with its operator secret."""

    status = 401
    title = "The operator secret is needed"


class OperatorGate(Gate):
    """Lets through whoever holds the operator secret and asks by the socket of the data folder.

    By the port nobody is given a token: who sends the secret to a port cannot know who listens.
    """

    def __init__(self, secret: str) -> None:
        """`secret` is that of the data folder."""
        super().__init__("operator secret")
        self._expected = f"Bearer {secret}".encode()

    async def __call__(self, request: Request) -> None:
        """Nobody is named by it."""
        shown = request.headers.get("authorization", "").encode()
        _, port = request.scope["server"]  # ASGI's way to tell a Unix socket: it has no port
        if port is not None or not hmac.compare_digest(shown, self._expected):
            raise OperatorSecretNeeded


class TokenWish(Body):
    """The requested token."""

    role: Role
    division: ScopeCode
    minutes: Annotated[int, Field(ge=1, le=60 * 24 * 31)] = 8 * 60
    post: Annotated[int, Field(ge=1)] | PostRef = 1
    """The code of the post, or its number among those with this role in this division."""
    unit: UnitRef = PETITION_OFFICE


class IssuedToken(BaseModel):
    """As OAuth 2 answers."""

    access_token: str
    token_type: str
    expires_in: int


def check_place(environment: Mapping[str, str]) -> RunFolder:
    """The data folder of this issuer; raises OnlyInTheOneMachineRun."""
    if RUN_VARIABLE not in environment:
        raise OnlyInTheOneMachineRun(f"{RUN_VARIABLE} names no data folder")
    folder = Path(environment[RUN_VARIABLE])
    if not (folder / FILE_NAME).is_file() or not is_private(folder / SECRETS_NAME):
        raise OnlyInTheOneMachineRun(f"{folder} is no data folder with private secrets")
    if environment.get("ISSUER_HOST", LOOPBACK) != LOOPBACK:
        raise OnlyInTheOneMachineRun("it listens on loopback only")
    return RunFolder.open(folder)


def build_issuer(run: RunFolder) -> FastAPI:
    """The issuer's app."""
    issuer = Issuer(run.url("issuer"), load_signing_key(run.path / "issuer.key"))
    routers = (_published(issuer), _for_the_operator(issuer, run.secrets.issuer_operator))
    return build_app(service="issuer", routers=routers)


def _published(issuer: Issuer) -> Router:
    router = Router(open_to_all=True)

    @router.get("/.well-known/openid-configuration", response_model=dict[str, Any])
    async def discovery() -> Response:
        """The OpenID Connect discovery document."""
        return answered(issuer.discovery())

    @router.get("/jwks.json", response_model=dict[str, Any])
    async def keys() -> Response:
        """The public keys that verify tokens."""
        return answered(issuer.public_keys())

    return router


def _for_the_operator(issuer: Issuer, secret: str) -> Router:
    router = Router()

    @router.post(
        "/token", response_model=IssuedToken, dependencies=[Depends(OperatorGate(secret))]
    )
    async def token(request: TokenWish) -> Response:
        """Issue a token."""
        issued = issuer.token(
            TokenRequest(
                request.role, request.division, request.minutes, request.post, request.unit
            )
        )
        seconds = request.minutes * 60
        return answered({"access_token": issued, "token_type": "Bearer", "expires_in": seconds})

    return router


def main() -> None:
    """Serve, or say in one sentence why not."""
    try:
        run = check_place(os.environ)
    except CannotRun as reason:
        print(reason, file=sys.stderr)
        sys.exit(reason.exit_code)
    set_up_logs("text", service="issuer")
    listening = [_private_socket(run), *inherited(os.environ.get("ISSUER_LISTEN_FD"))]
    serve(build_issuer(run), port=run.ports["issuer"], sockets=listening)


def _private_socket(run: RunFolder) -> socket.socket:
    run.issuer_socket.unlink(missing_ok=True)
    private = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    private.bind(str(run.issuer_socket))
    run.issuer_socket.chmod(0o600)
    return private


if __name__ == "__main__":
    main()

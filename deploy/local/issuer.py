"""The local issuer: OpenID Connect tokens for the one-machine run, and for nothing else.

Whoever holds the operator secret of the data folder can have a token of any role, so it starts
only beside such a folder and only on loopback.
"""

import hmac
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import uvicorn
from fastapi import FastAPI, Header, HTTPException
from pydantic import BaseModel, ConfigDict, Field

from deploy.local.issuing import Issuer, Wish, load_signing_key
from deploy.local.ports import LOOPBACK
from deploy.local.private_files import is_private
from deploy.local.refusals import CannotRun
from deploy.local.run_folder import FILE_NAME, RUN_VARIABLE, RunFolder
from deploy.local.run_secrets import FILE_NAME as SECRETS_NAME
from shared.divisions import ScopeCode
from shared.identity import Role


class OnlyInTheOneMachineRun(CannotRun):
    """The local issuer was started somewhere else."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The local issuer works only inside `concord up` ({why}); "
            "elsewhere configure a real OpenID Connect issuer."
        )


class TokenWish(BaseModel):
    """Which token somebody wants."""

    model_config = ConfigDict(extra="forbid")

    role: Role
    division: ScopeCode
    minutes: Annotated[int, Field(ge=1, le=60 * 24 * 31)] = 8 * 60
    post: Annotated[int, Field(ge=1)] = 1
    """Tells apart several posts of one role in one division."""


def check_place(environment: Mapping[str, str]) -> RunFolder:
    """The data folder that this issuer belongs to, or OnlyInTheOneMachineRun."""
    if RUN_VARIABLE not in environment:
        raise OnlyInTheOneMachineRun(f"{RUN_VARIABLE} names no data folder")
    folder = Path(environment[RUN_VARIABLE])
    if not (folder / FILE_NAME).is_file() or not is_private(folder / SECRETS_NAME):
        raise OnlyInTheOneMachineRun(f"{folder} is no data folder with private secrets")
    if environment.get("ISSUER_HOST", LOOPBACK) != LOOPBACK:
        raise OnlyInTheOneMachineRun("it listens on loopback only")
    return RunFolder.open(folder)


def build_issuer(run: RunFolder) -> FastAPI:
    """The issuer's doors."""
    issuer = Issuer(run.url("issuer"), load_signing_key(run.path / "issuer.key"))
    app = FastAPI(title="Concord's local issuer", docs_url=None, redoc_url=None)
    operator = f"Bearer {run.secrets.issuer_operator}".encode()

    @app.get("/.well-known/openid-configuration")
    async def discovery() -> dict[str, Any]:
        return issuer.discovery()

    @app.get("/jwks.json")
    async def keys() -> dict[str, Any]:
        return issuer.public_keys()

    @app.get("/healthz")
    @app.get("/readyz")
    async def ready() -> dict[str, str]:
        return {"status": "ready"}

    @app.post("/token")
    async def token(
        wish: TokenWish, authorization: Annotated[str, Header()] = ""
    ) -> dict[str, Any]:
        if not hmac.compare_digest(authorization.encode(), operator):
            raise HTTPException(401, "The operator secret of the data folder is needed.")
        issued = issuer.token(Wish(wish.role, wish.division, wish.minutes, wish.post))
        return {"access_token": issued, "token_type": "Bearer", "expires_in": wish.minutes * 60}

    return app


def main() -> None:
    """Serve, or say in one sentence why not."""
    try:
        run = check_place(os.environ)
    except CannotRun as reason:
        print(reason, file=sys.stderr)
        sys.exit(reason.exit_code)
    uvicorn.run(build_issuer(run), host=LOOPBACK, port=run.ports["issuer"], access_log=False)


if __name__ == "__main__":
    main()

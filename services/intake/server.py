"""The door of intake: its API, relay and seals in one process (`python -m services.intake.server`)."""

import contextlib
from collections.abc import AsyncIterator, Sequence

import structlog
from fastapi import FastAPI

from services.intake.api import commands, filing, imports, language, ledgers, queries, seals
from services.intake.api.office import SERVICE, Office
from services.intake.settings import Settings
from shared.background import Background
from shared.http import build_app, set_up_logs
from shared.http.checks import database_check, kafka_check
from shared.http.serve import run
from shared.identity import OidcSettings, Verifier
from shared.keys import Keys
from shared.ledger import Ledger
from shared.postgres import new_pool
from shared.relay import Relay
from shared.sealing import SealKeys, SealScheduler

ROUTERS = (
    filing.router,
    imports.router,
    commands.router,
    queries.router,
    language.router,
    ledgers.router,
    seals.router,
)

log = structlog.get_logger()


@contextlib.asynccontextmanager
async def _running(loops: Sequence[Background]) -> AsyncIterator[None]:
    async with contextlib.AsyncExitStack() as stack:
        for loop in loops:
            await stack.enter_async_context(loop.running())
        yield


def _seal_keys(settings: Settings) -> SealKeys | None:
    if settings.seal_key_file is None:
        log.warning("no seal key is set: ledgers are chained, and nobody signs them")
        return None
    return SealKeys.from_file(settings.seal_key_file)


def _sealing(ledger: Ledger, keys: SealKeys, county: str) -> Background:
    return Background("seals", SealScheduler(ledger, keys, service=SERVICE, county=county).run)


def new_app(settings: Settings, verifier: Verifier) -> FastAPI:
    """All that runs in this process; connections open with the app and close with it."""
    url = settings.database_url.get_secret_value()
    keys = Keys.from_base64(settings.key_encryption_key.get_secret_value())
    seal_keys = _seal_keys(settings)
    pool = new_pool(url, name=SERVICE, size=settings.pool_size)
    bootstrap, county = settings.kafka_bootstrap, settings.county
    relay = Relay(pool, service=SERVICE, county=county, bootstrap=bootstrap)
    ledger = Ledger(pool, source=f"/{SERVICE}", on_append=relay.nudge)
    loops = {"relay": Background("relay", relay.run)}
    if seal_keys is not None:
        loops["seals"] = _sealing(ledger, seal_keys, county)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with pool, _running(list(loops.values())):
            yield

    app = build_app(
        service=SERVICE,
        routers=ROUTERS,
        verifier=verifier,
        keys=keys,
        checks={
            "database": database_check(pool),
            "kafka": kafka_check(bootstrap),
            "topic": relay.check,
            **{name: loop.check for name, loop in loops.items()},
        },
        lifespan=lifespan,
    )
    Office.over(ledger, keys, seal_keys, clock_policy=settings.clock_policy).open_in(app)
    return app


def main() -> None:
    """Serve until told to stop."""
    settings = Settings()
    set_up_logs(settings.log_format)
    issuer = OidcSettings(issuer=settings.oidc_issuer, audience=settings.oidc_audience)
    verifier = Verifier.of(issuer, county=settings.county)
    run(new_app(settings, verifier), host=settings.host, port=settings.port)


if __name__ == "__main__":
    main()

"""The door of intake: its API and its relay in one process (`python -m services.intake.server`)."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import structlog
from fastapi import FastAPI

from services.intake.api import commands, filing, imports, language, queries
from services.intake.api.office import SERVICE, Office
from services.intake.settings import Settings
from shared.faults import describe_fault
from shared.http import Check, build_app, set_up_logs
from shared.http.serve import run
from shared.identity import OidcSettings, Verifier
from shared.keys import Keys
from shared.ledger import Ledger
from shared.postgres import Pool, new_pool
from shared.relay import Relay

ROUTERS = (filing.router, imports.router, commands.router, queries.router, language.router)

log = structlog.get_logger()


class Carrier:
    """The relay's task beside the API, and what readiness has to say of it."""

    def __init__(self, relay: Relay, bootstrap: str) -> None:
        """`bootstrap` is where Kafka is looked for."""
        self._relay = relay
        self._bootstrap = bootstrap
        self._task: asyncio.Task[None] | None = None

    @contextlib.asynccontextmanager
    async def carrying(self) -> AsyncIterator[None]:
        """Run the relay meanwhile."""
        self._task = asyncio.create_task(self._relay.run())
        self._task.add_done_callback(_tell_of_a_fault)
        try:
            yield
        finally:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def relay_check(self) -> str | None:
        """It waits out whatever can be waited for: when it has ended, something is broken."""
        return "has ended" if self._task is None or self._task.done() else None

    async def kafka_check(self) -> str | None:
        """Commands go on without Kafka; their events wait."""
        host, _, port = self._bootstrap.partition(",")[0].rpartition(":")
        try:
            _, writer = await asyncio.open_connection(host, int(port))
        except OSError:
            return "does not answer"
        writer.close()
        return None


def _tell_of_a_fault(task: "asyncio.Task[None]") -> None:
    fault = None if task.cancelled() else task.exception()
    if fault is not None:
        log.critical("the relay has ended", **describe_fault(fault))


def _database_check(pool: Pool) -> Check:
    async def database() -> str | None:
        async with pool.connection() as connection:
            await connection.execute("select 1")
        return None

    return database


def new_app(settings: Settings, verifier: Verifier) -> FastAPI:
    """All that runs in this process; connections open with the app and close with it."""
    url = settings.database_url.get_secret_value()
    keys = Keys.from_base64(settings.key_encryption_key.get_secret_value())
    pool = new_pool(url, name=SERVICE, size=settings.pool_size)
    bootstrap = settings.kafka_bootstrap
    relay = Relay(pool, service=SERVICE, county=settings.county, bootstrap=bootstrap)
    carrier = Carrier(relay, bootstrap)
    ledger = Ledger(pool, source=f"/{SERVICE}", on_append=relay.nudge)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with pool, carrier.carrying():
            yield

    app = build_app(
        service=SERVICE,
        routers=ROUTERS,
        verifier=verifier,
        keys=keys,
        checks={
            "database": _database_check(pool),
            "relay": carrier.relay_check,
            "kafka": carrier.kafka_check,
        },
        lifespan=lifespan,
    )
    Office.over(ledger, keys).open_in(app)
    return app


def main() -> None:
    """Serve until told to stop."""
    settings = Settings()
    set_up_logs(settings.log_format)
    issuer = OidcSettings(issuer=settings.oidc_issuer, audience=settings.oidc_audience)
    run(new_app(settings, Verifier.of(issuer)), host=settings.host, port=settings.port)


if __name__ == "__main__":
    main()

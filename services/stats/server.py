"""The server process of stats: figures over HTTP, gauges (`python -m services.stats.server`)."""

import contextlib
from collections.abc import AsyncIterator

from fastapi import FastAPI

from services.stats.api import gauge_page, queries
from services.stats.api.gauge_reading import FigureGauges
from services.stats.settings import ServerSettings
from shared.http import build_app, set_up_logs
from shared.http.checks import database_check, kafka_check
from shared.http.inherited import inherited
from shared.http.serve import run
from shared.identity import OidcSettings, Verifier
from shared.keyed_marks import NO_MARKS, KeyedMarks
from shared.known_units import KnownUnitsSnapshot
from shared.postgres import new_pool
from shared.settings import read_settings

SERVICE = "stats"
ROUTERS = (queries.router, gauge_page.router)


def new_app(settings: ServerSettings, verifier: Verifier) -> FastAPI:
    """All that runs in this process; connections open with the app and close with it."""
    url = settings.database_url.get_secret_value()
    pool = new_pool(url, name=SERVICE, size=settings.pool_size)

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.pool = pool
        app.state.marks = _marks(settings)
        app.state.known_units = KnownUnitsSnapshot(pool)
        app.state.position_waits = queries.waits_for_folded(pool, settings.county)
        app.state.gauges = FigureGauges(pool, settings.county)
        async with pool:
            yield

    return build_app(
        service=SERVICE,
        routers=ROUTERS,
        verifier=verifier,
        checks={
            "database": database_check(pool),
            "kafka": kafka_check(settings.kafka_bootstrap),
        },
        lifespan=lifespan,
    )


def _marks(settings: ServerSettings) -> KeyedMarks:
    key = settings.unit_mark_key
    return NO_MARKS if key is None else KeyedMarks.of_units_alone(key.get_secret_value())


def main() -> None:
    """Serve until a signal."""
    settings = read_settings(ServerSettings)
    set_up_logs(settings.log_format, service=SERVICE)
    issuer = OidcSettings(issuer=settings.oidc_issuer, audience=settings.oidc_audience)
    verifier = Verifier.of(issuer, county=settings.county, keys_file=settings.oidc_keys_file)
    sockets = inherited(settings.listen_fd)
    run(new_app(settings, verifier), host=settings.host, port=settings.port, sockets=sockets)


if __name__ == "__main__":
    main()

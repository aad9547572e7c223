"""The process of a service that keeps ledgers: API, relay and seals."""

import contextlib
from collections.abc import AsyncIterator, Callable, Sequence

import structlog
from fastapi import FastAPI

from shared.background import Background
from shared.http import Router, build_app, set_up_logs
from shared.http.checks import database_check, kafka_check
from shared.http.inherited import inherited
from shared.http.serve import run
from shared.identity import OidcSettings, Verifier
from shared.keys import Keys
from shared.ledger import ClockGuard, Ledger
from shared.office.erasures_outside import ErasuresOutside
from shared.office.machine_gauges import watch_machine
from shared.office.office import LedgerOffice
from shared.office.settings import LedgerSettings
from shared.postgres import new_pool
from shared.relay import Relay
from shared.sealing import SealJournal, SealKeys, SealScheduler
from shared.sealing.copies import SealCopies, place_of
from shared.vault.erasure_list import ErasureList

log = structlog.get_logger()

OfficeOver = Callable[[Ledger, Keys, SealKeys | None], LedgerOffice]
"""Makes the service's office from its ledger and keys."""


def ledger_app(
    *,
    service: str,
    routers: Sequence[Router],
    office_over: OfficeOver,
    settings: LedgerSettings,
    verifier: Verifier,
) -> FastAPI:
    """The app with its background loops; connections open and close with it."""
    keys = Keys.from_base64(settings.key_encryption_key.get_secret_value())
    seal_keys = _seal_keys(settings)
    url = settings.database_url.get_secret_value()
    pool = new_pool(url, name=service, size=settings.pool_size)
    bootstrap, county = settings.kafka_bootstrap, settings.county
    relay = Relay(pool, service=service, county=county, bootstrap=bootstrap)
    clock = ClockGuard(pool, service=service, county=county)
    ledger = Ledger(pool, source=f"/{service}", on_append=relay.nudge, clock=clock)
    loops = {"relay": Background("relay", relay.run)}
    journal_file = settings.seal_journal()
    if seal_keys is not None and journal_file is not None:
        journal = SealJournal(journal_file)
        seals = SealScheduler(ledger, seal_keys, journal, service=service, county=county)
        watch_machine(service, journal_file.parent)
        loops["seals"] = Background("seals", seals.run)
        if settings.seals_to is not None:
            copies = SealCopies(journal, place_of(settings.seals_to), service=service)
            loops["seal copies"] = Background("seal copies", copies.run)

    erasures = None
    if journal_file is not None:
        listed = ErasureList(journal_file.with_suffix(".erased"))
        erasures = ErasuresOutside(ledger, listed, service, county)
        if not listed.read():
            erasures.applied.set()
        loops["erasures"] = Background("erasures", erasures.run)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with pool, _running([*loops.values(), Background("clock", clock.run)]):
            yield

    app = build_app(
        service=service,
        routers=routers,
        verifier=verifier,
        keys=keys,
        checks={
            "database": database_check(pool),
            "kafka": kafka_check(bootstrap),
            "topic": relay.check,
            **{name: loop.check for name, loop in loops.items()},
            **({"erased files": erasures.check} if erasures else {}),
        },
        degrading={"clock": clock.check},
        lifespan=lifespan,
    )
    if erasures is not None:
        app.state.begun = erasures.applied
    office_over(ledger, keys, seal_keys).open_in(app)
    return app


@contextlib.asynccontextmanager
async def _running(loops: Sequence[Background]) -> AsyncIterator[None]:
    async with contextlib.AsyncExitStack() as stack:
        for loop in loops:
            await stack.enter_async_context(loop.running())
        yield


def _seal_keys(settings: LedgerSettings) -> SealKeys | None:
    if settings.seal_key_file is None:
        log.warning("no seal key is set: ledgers are chained, and nobody signs them")
        return None
    return SealKeys.from_file(settings.seal_key_file)


def serve(service: str, settings: LedgerSettings, app_of: Callable[[Verifier], FastAPI]) -> None:
    """Serve until a signal."""
    set_up_logs(settings.log_format, service=service)
    issuer = OidcSettings(issuer=settings.oidc_issuer, audience=settings.oidc_audience)
    verifier = Verifier.of(issuer, county=settings.county, keys_file=settings.oidc_keys_file)
    sockets = inherited(settings.listen_fd)
    run(app_of(verifier), host=settings.host, port=settings.port, sockets=sockets)

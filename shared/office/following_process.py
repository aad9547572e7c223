"""The worker and the dead letters of a service that keeps ledgers and follows others."""

import asyncio
import sys
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from functools import partial

from shared.background import Background
from shared.due import DueRunner, run_together
from shared.http import set_up_logs
from shared.keys import Keys
from shared.ledger import ClockGuard, Ledger
from shared.office.settings import FollowingSettings
from shared.postgres import Pool, new_pool
from shared.relay import Announcer
from shared.streaming import Fold, Worker
from shared.streaming import WorkerSettings as StreamSettings
from shared.streaming.dead_letters_command import run

FoldsOver = Callable[[Ledger, Keys], dict[str, Fold]]
"""Makes the fold of each topic that the service follows."""

RunnersOver = Callable[[Ledger, Keys], Sequence[DueRunner]]
"""Makes the runners that turn the decisions of stateful policies into commands."""

_CONSUMING, _CARRYING_OUT = 5, 5
"""Connections: consuming and running commands never wait for each other's."""


async def work(
    service: str,
    settings: FollowingSettings,
    folds_over: FoldsOver,
    stop: asyncio.Event | None = None,
    *,
    runners_over: RunnersOver = lambda _ledger, _keys: (),
) -> None:
    """Follow until `stop` is set; raises if the process has to be started again."""
    streams = StreamSettings(
        service=service,
        county=settings.county,
        bootstrap=settings.kafka_bootstrap,
        host=settings.host,
        port=settings.worker_port,
        listen_fd=settings.listen_fd,
    )
    url = settings.database_url.get_secret_value()
    async with AsyncExitStack() as stack:
        consuming = new_pool(url, name=f"{service}-worker", size=_CONSUMING)
        carrying_out = new_pool(url, name=f"{service}-follow-ups", size=_CARRYING_OUT)
        pool = await stack.enter_async_context(consuming)
        await stack.enter_async_context(carrying_out)
        clock = ClockGuard(carrying_out, service=service, county=settings.county)
        await stack.enter_async_context(Background("clock", clock.run).running())
        announcer = Announcer(carrying_out)
        await stack.enter_async_context(announcer.running())
        own = _over(service, settings, carrying_out, clock, on_append=announcer.announce)
        worker = Worker(streams, pool, degrading=lambda: {"clock": clock.said()})
        for topic, fold in folds_over(*own).items():
            worker.attach(topic, fold)
        if runners := runners_over(*own):
            due_rows = Background("due rows", partial(run_together, runners))
            await stack.enter_async_context(due_rows.running())
        await worker.run(stop)


def run_worker(
    service: str,
    settings: FollowingSettings,
    folds_over: FoldsOver,
    *,
    runners_over: RunnersOver = lambda _ledger, _keys: (),
) -> None:
    """The entry point of the worker: work until a signal."""
    set_up_logs(settings.log_format, service=service)
    asyncio.run(work(service, settings, folds_over, runners_over=runners_over))


def dead_letters(
    service: str, settings: FollowingSettings, folds_over: FoldsOver, arguments: Sequence[str]
) -> int:
    """The entry point of the dead letters; returns the exit code."""
    set_up_logs(settings.log_format, service=service, stream=sys.stderr)
    url = settings.database_url.get_secret_value()
    own = new_pool(url, name=f"{service}-follow-ups", size=1)
    clock = ClockGuard(own, service=service, county=settings.county)
    return run(
        url,
        bootstrap=settings.kafka_bootstrap,
        county=settings.county,
        followed=folds_over(*_over(service, settings, own, clock)),
        arguments=arguments,
        opened=own,
    )


def _over(
    service: str,
    settings: FollowingSettings,
    pool: Pool,
    clock: ClockGuard,
    *,
    on_append: Callable[[], None] = lambda: None,
) -> tuple[Ledger, Keys]:
    """The service's own ledgers and its keys."""
    keys = Keys.from_base64(settings.key_encryption_key.get_secret_value())
    return Ledger(pool, source=f"/{service}", clock=clock, on_append=on_append), keys

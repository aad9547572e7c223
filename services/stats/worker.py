"""The worker of stats: folds the events of the other services (`python -m services.stats.worker`)."""

import asyncio

from services.stats.settings import WorkerSettings
from services.stats.stream.projections import attach
from shared.garbage_collection import tune_collector
from shared.http import set_up_logs
from shared.postgres import new_pool
from shared.settings import read_settings
from shared.streaming import Worker
from shared.streaming import WorkerSettings as StreamSettings

_CONNECTIONS = 5


async def work(settings: WorkerSettings, stop: asyncio.Event | None = None) -> None:
    """Fold until `stop` is set; raises if the process has to be started again."""
    url = settings.database_url.get_secret_value()
    streams = StreamSettings(
        service="stats",
        county=settings.county,
        bootstrap=settings.kafka_bootstrap,
        host=settings.host,
        port=settings.worker_port,
        listen_fd=settings.listen_fd,
    )
    async with new_pool(url, name="stats-worker", size=_CONNECTIONS) as pool:
        worker = Worker(streams, pool)
        attach(worker)
        await worker.run(stop)


def main() -> None:
    """Work until a signal."""
    tune_collector()
    settings = read_settings(WorkerSettings)
    set_up_logs(settings.log_format, service="stats")
    asyncio.run(work(settings))


if __name__ == "__main__":
    main()

"""A worker in a process of its own, so that it can be killed: address, bootstrap, port, group, topic."""

import asyncio
import sys

from shared.postgres import new_pool
from shared.streaming import Worker
from tests.shared.streams import StrictFold, trial_settings


async def main(dsn: str, bootstrap: str, port: str, group: str, topic: str) -> None:
    settings = trial_settings(bootstrap, int(port), group)
    async with new_pool(dsn, name=group, size=4) as pool:
        worker = Worker(settings, pool)
        worker.attach(topic, StrictFold())
        await worker.run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

"""A worker of grid's rules in a process of its own, so that it can be killed.

Arguments: address of the database, bootstrap, port, group, and what the topics' names end with.
Rules of time do not look here: when they look before all is read depends on the clock.
"""

import asyncio
import sys

from services.grid.stream.early_warnings import warning_runners
from services.grid.stream.policies import followed_by
from shared.background import Background
from shared.ledger import Ledger
from shared.postgres import new_pool
from shared.streaming import Worker
from tests.grid.doors import COUNTY, KEYS
from tests.shared.streams import trial_settings


async def main(dsn: str, bootstrap: str, port: str, group: str, ending: str) -> None:
    async with (
        new_pool(dsn, name=group, size=4) as consuming,
        new_pool(dsn, name=f"{group}-raising", size=4) as raising,
    ):
        ledger = Ledger(raising, source="/grid")
        worker = Worker(trial_settings(bootstrap, int(port), group), consuming)
        for topic, fold in followed_by(COUNTY)(ledger, KEYS).items():
            worker.attach(f"{topic}.{ending}", fold)
        _, raises = warning_runners(ledger, county=COUNTY)
        async with Background("due rows", raises.run).running():
            await worker.run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

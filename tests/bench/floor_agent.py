"""The other floor of `fold`: a Faust agent as it comes, with a table that only counts."""

import asyncio
import sys
import tempfile
import uuid
from collections.abc import AsyncIterable
from typing import Any

import faust

from shared.topics import PARTITIONS
from tests.bench.stage import Stopwatch


async def main(bootstrap: str, topic: str, events: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        await count_in(folder, bootstrap, topic, int(events))


async def count_in(folder: str, bootstrap: str, topic: str, events: int) -> None:
    """Prints messages a second; an app with a table makes a data folder, wherever it is told."""
    app = faust.App(
        f"bench-{uuid.uuid4().hex}",
        broker=f"kafka://{bootstrap}",
        datadir=folder,
        store="memory://",
        web_enabled=False,
        consumer_auto_offset_reset="earliest",
    )
    counts = app.Table("counts", default=int, partitions=PARTITIONS)
    done: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    @app.agent(app.topic(topic, key_type=str, value_serializer="json"))
    async def count(stream: AsyncIterable[Any]) -> None:
        watch, read = None, 0
        async for event in stream:
            watch = watch or Stopwatch()
            counts[event["case_id"][:9]] += 1
            read += 1
            if read > events and not done.done():
                done.set_result(events / watch.seconds)

    await app.start()
    print(await asyncio.wait_for(done, 120))  # noqa: T201
    await app.stop()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

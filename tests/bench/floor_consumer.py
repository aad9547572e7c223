"""The floor of `fold`: aiokafka's `getmany` and JSON, keeping nothing; tells messages a second."""

import asyncio
import sys

import orjson
from aiokafka import AIOKafkaConsumer

from tests.bench.stage import Stopwatch


async def main(bootstrap: str, topic: str, events: str) -> None:
    consumer = AIOKafkaConsumer(
        topic, bootstrap_servers=bootstrap, auto_offset_reset="earliest", enable_auto_commit=False
    )
    await consumer.start()
    try:
        first = await _read(consumer)
        watch, read = Stopwatch(), first
        while read < int(events):
            read += await _read(consumer)
        print((read - first) / watch.seconds)  # noqa: T201
    finally:
        await consumer.stop()


async def _read(consumer: AIOKafkaConsumer) -> int:
    found = await consumer.getmany(timeout_ms=10_000)
    for records in found.values():
        for record in records:
            orjson.loads(record.value)
    return sum(map(len, found.values()))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

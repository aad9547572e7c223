"""A relay that runs beside a test, the topic it writes to, and how far it has got."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from kafka.admin import KafkaAdminClient

from deploy.kafka.topics import make_topics
from shared.metrics import RELAY_LAG_EVENTS
from shared.postgres import Pool
from shared.relay import Relay
from tests.shared.ledgers import COUNTY
from tests.shared.streams import Trial, until
from tests.shared.topic_readers import sequences_on


@asynccontextmanager
async def relaying(trial: Trial, pool: Pool, bootstrap: str | None = None) -> AsyncIterator[Relay]:
    relay = Relay(
        pool,
        service="trial",
        county=COUNTY,
        bootstrap=bootstrap or trial.kafka.bootstrap,
        topic=trial.topic,
    )
    running = asyncio.ensure_future(relay.run())
    try:
        yield relay
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


def saved(trial: Trial) -> int:
    return trial.count("select coalesce(sum(seq), 0) from relayed")


async def until_saved(trial: Trial, events: int, *, within: float = 20) -> None:
    await until(lambda: saved(trial) == events, within=within, what=f"{events} saved")


async def until_on_topic(trial: Trial, messages: int) -> None:
    async def there() -> bool:
        found = await sequences_on(trial.kafka.bootstrap, trial.topic)
        return sum(map(len, found.values())) == messages

    for _ in range(100):
        if await there():
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{messages} messages did not come")


def lag_told() -> float:
    return float(RELAY_LAG_EVENTS.labels("trial")._value.get())


def lose(trial: Trial) -> None:
    """The topic, and wait until the broker has none of that name."""
    admin = KafkaAdminClient(bootstrap_servers=trial.kafka.bootstrap)
    try:
        admin.delete_topics([trial.topic])
        deadline = time.monotonic() + 20
        while trial.topic in admin.list_topics():
            assert time.monotonic() < deadline
            time.sleep(0.01)
    finally:
        admin.close()


def make_again(trial: Trial) -> None:
    lose(trial)
    make_topics(trial.kafka.bootstrap, [trial.topic])


def upto(last: int) -> list[int]:
    return list(range(1, last + 1))


def first_occurrences(sequences: list[int]) -> list[int]:
    return list(dict.fromkeys(sequences))

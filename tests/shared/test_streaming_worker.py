"""A worker on the real parts: each event is folded once and in order, whatever happens."""

import random
import signal
import subprocess

import httpx
import pytest
from kafka.admin import KafkaAdminClient

from deploy.kafka.topics import make_topics
from deploy.local.ports import reserved_ports
from shared.metrics import CONSUMER_GAPS, CONSUMER_LEDGERS_WAITING
from shared.partitions import partition_of
from shared.topics import PARTITIONS
from tests.shared.ledgers import DIVISION, NEIGHBOUR
from tests.shared.streams import SOURCE, SlowAtFirst, Trial, event, ledger, until

pytestmark = pytest.mark.parts
THIRD = "519900103"


def _upto(last: int) -> list[int]:
    return list(range(1, last + 1))


async def test_ledgers_are_folded_in_order(trial: Trial) -> None:
    await trial.send(ledger(500) + ledger(300, NEIGHBOUR))
    async with trial.worker():
        await trial.until_folded({DIVISION: _upto(500), NEIGHBOUR: _upto(300)})


async def test_duplicates_and_reordering_change_nothing(trial: Trial) -> None:
    dice = random.Random(3)
    messages = [*ledger(150), *ledger(150, NEIGHBOUR), *ledger(150, THIRD)]
    messages += dice.choices(messages, k=150)
    dice.shuffle(messages)
    async with trial.worker():
        # in several sendings, so that what belongs together falls into different chunks
        for start in range(0, len(messages), 100):
            await trial.send(messages[start : start + 100])
        await until(
            lambda: sum(map(len, trial.folded().values())) == 450, within=40, what="every event"
        )
    assert trial.folded() == {name: _upto(150) for name in (DIVISION, NEIGHBOUR, THIRD)}


async def test_a_ledger_with_a_gap_waits_alone_until_the_event_comes(trial: Trial) -> None:
    whole = ledger(20)
    await trial.send(whole[:9] + whole[10:] + ledger(5, NEIGHBOUR))
    async with trial.worker():
        await trial.until_folded({DIVISION: _upto(9), NEIGHBOUR: _upto(5)})
        await until(lambda: _waiting(trial) == 1, what="the alarm")
        assert CONSUMER_GAPS.labels(trial.topic, SOURCE)._value.get() == 1
        await trial.send([whole[9]])
        await trial.until_folded({DIVISION: _upto(20), NEIGHBOUR: _upto(5)})
        await until(lambda: _waiting(trial) == 0, what="the end of the alarm")


async def test_a_gap_outlives_a_restart(trial: Trial) -> None:
    whole = ledger(12)
    other = _same_partition(DIVISION)
    await trial.send(whole[:4] + whole[5:] + ledger(3, other))
    async with trial.worker():
        await trial.until_folded({DIVISION: _upto(4), other: _upto(3)})
        await until(lambda: _waiting(trial) == 1, what="the end of the search")
    await trial.send([whole[4]])
    async with trial.worker():
        await trial.until_folded({DIVISION: _upto(12), other: _upto(3)})


async def test_a_new_database_is_filled_although_kafka_remembers_the_group(trial: Trial) -> None:
    gaps = CONSUMER_GAPS.labels(trial.topic, SOURCE)
    await trial.send(ledger(40))
    async with trial.worker():
        await trial.until_folded({DIVISION: _upto(40)})
    trial.make_database_again()
    await trial.send([event(41)])
    async with trial.worker():
        await trial.until_folded({DIVISION: _upto(41)})
    assert gaps._value.get() == 0


async def test_a_database_dropped_under_an_idle_worker_is_filled_again(trial: Trial) -> None:
    await trial.send(ledger(40))
    async with trial.worker():
        await trial.until_folded({DIVISION: _upto(40)})
        trial.make_database_again()
        await trial.until_folded({DIVISION: _upto(40)})
        await trial.send([event(41)])
        await trial.until_folded({DIVISION: _upto(41)})


async def test_a_topic_made_again_is_read_from_its_beginning(trial: Trial) -> None:
    await trial.send(ledger(40))
    async with trial.worker():
        await trial.until_folded({DIVISION: _upto(40)})
        admin = KafkaAdminClient(bootstrap_servers=trial.kafka.bootstrap)
        admin.delete_topics([trial.topic])
        admin.close()
        make_topics(trial.kafka.bootstrap, [trial.topic])
        await trial.send(ledger(60))
        await trial.until_folded({DIVISION: _upto(60)}, within=40)


async def test_the_door_tells_health_readiness_and_metrics(trial: Trial) -> None:
    await trial.send(ledger(3))
    async with trial.worker() as worker, httpx.AsyncClient() as client:
        await trial.until_folded({DIVISION: _upto(3)})
        await until(lambda: not any(worker.checks().values()), what="readiness")
        url = f"http://127.0.0.1:{trial.port}"
        assert (await client.get(f"{url}/healthz")).status_code == 200
        assert (await client.get(f"{url}/readyz")).json() == {
            "status": "ready",
            "checks": {"database": "ok", "kafka": "ok", "partitions": "ok", "lag": "ok"},
        }
        missing = await client.get(f"{url}/nowhere")
        assert missing.headers["content-type"].startswith("application/problem+json")
        assert missing.json()["type"] == "/problems/not-found"
        assert (await client.post(f"{url}/readyz")).status_code == 405
        assert "concord_consumer_lag_events" in (await client.get(f"{url}/metrics")).text


async def test_sigterm_is_a_clean_end(trial: Trial) -> None:
    await trial.send(ledger(5))
    with trial.process() as process:
        await trial.until_folded({DIVISION: _upto(5)})
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


@pytest.mark.slow
async def test_a_killed_worker_leaves_its_partitions_to_the_other(trial: Trial) -> None:
    towns = [f"5199001{number:02}" for number in range(1, 13)]
    with reserved_ports(1) as (other,), trial.process() as first:
        await trial.send([one for town in towns for one in ledger(50, town)])
        await trial.until_folded({town: _upto(50) for town in towns})
        with trial.process(other) as second:
            try:
                await until(lambda: _ready(other), what="the second worker")
                first.kill()
                await trial.send([event(number, town) for town in towns for number in (51, 52)])
                await trial.until_folded({town: _upto(52) for town in towns}, within=30)
            finally:
                _end(second)
                _end(first)


@pytest.mark.slow
async def test_a_worker_killed_in_the_middle_folds_nothing_twice(trial: Trial) -> None:
    await trial.send([one for town in (DIVISION, NEIGHBOUR) for one in ledger(20_000, town)])
    with trial.process() as process:
        await until(lambda: _count(trial) > 0, what="the middle of the fold")
        process.kill()
    async with trial.worker():
        await until(lambda: _count(trial) == 40_000, within=30, what="every event")
    assert trial.folded() == {name: _upto(20_000) for name in (DIVISION, NEIGHBOUR)}


@pytest.mark.slow
async def test_a_slow_fold_loses_neither_its_partitions_nor_its_events(trial: Trial) -> None:
    await trial.send(ledger(10))
    async with trial.worker(SlowAtFirst(trial.settings.session_timeout + 1)) as worker:
        await trial.until_folded({DIVISION: _upto(10)})
        await trial.send([event(11)])
        await trial.until_folded({DIVISION: _upto(11)})
        assert worker.checks()["partitions"] is None


def _waiting(trial: Trial) -> float:
    return float(CONSUMER_LEDGERS_WAITING.labels(trial.topic, SOURCE)._value.get())


def _same_partition(division: str) -> str:
    """Another ledger that shares the division's partition."""
    towns = (f"5199002{number:02}" for number in range(100))
    home = partition_of(division, PARTITIONS)
    return next(town for town in towns if partition_of(town, PARTITIONS) == home)


def _count(trial: Trial) -> int:
    return trial.count("select count(*) from folded")


def _ready(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=1).status_code == 200
    except httpx.HTTPError:
        return False


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        process.wait(15)

"""The relay and a topic that is lost, made again, cut short, or of another shape."""

import dataclasses
import itertools
import shutil
import time
from typing import Any

import psycopg
import pytest
from kafka.admin import KafkaAdminClient

from deploy.kafka.topics import make_topics
from deploy.local.kafka import Kafka
from deploy.local.parts import RunningPart, start_kafka
from deploy.local.ports import reserved_ports
from shared.broker import Broker, TopicState
from shared.metrics import RELAY_STARTED_AGAIN
from shared.partitions import partition_of
from shared.postgres import Pool
from shared.relay import leader, outbox
from shared.relay.sending import Sender
from shared.topics import PARTITIONS
from tests.running_parts import folder_that_vanishes
from tests.shared.ledgers import DIVISION
from tests.shared.relaying import (
    first_occurrences,
    lag_told,
    lose,
    make_again,
    relaying,
    until_on_topic,
    until_saved,
    upto,
)
from tests.shared.streams import Trial, until
from tests.shared.topic_readers import append, sequences_on

pytestmark = pytest.mark.parts

_SAVED_ON_ANOTHER = "select coalesce(sum(seq), 0) from relayed where topic_id = 'another'"


def _make(trial: Trial, partitions: int) -> None:
    admin = KafkaAdminClient(bootstrap_servers=trial.kafka.bootstrap)
    made = {trial.topic: {"num_partitions": partitions, "replication_factor": 1}}
    while admin.create_topics(made, raise_errors=False)["topics"][0]["error_code"]:
        time.sleep(0.05)  # the one that was deleted is still going
    admin.close()


@pytest.mark.parametrize("partitions", [PARTITIONS // 2, PARTITIONS * 2])
async def test_a_topic_with_another_number_of_partitions_is_refused_until_it_is_made_again(
    trial: Trial, pool: Pool, partitions: int
) -> None:
    """Ledgers would land in other partitions than before."""
    lose(trial)
    _make(trial, partitions)
    await append(pool, DIVISION, 3)
    async with relaying(trial, pool) as relay:
        await until(lambda: f"has {partitions} part" in str(relay._refusal), what="a refusal")
        await until(lambda: lag_told() == 3, what="the lag")
        assert await sequences_on(trial.kafka.bootstrap, trial.topic, partitions) == {}
        make_again(trial)
        await until_saved(trial, 3)
        assert await relay.check() is None


async def test_what_stood_on_the_topic_before_is_behind_while_another_number_is_refused(
    trial: Trial, pool: Pool
) -> None:
    await append(pool, DIVISION, 3)
    async with relaying(trial, pool) as relay:
        await until_saved(trial, 3)
        lose(trial)
        _make(trial, PARTITIONS // 2)
        await until(lambda: "partitions" in str(relay._refusal), what="a refusal")
        await until(lambda: lag_told() == 3, within=20, what="the lag")
        make_again(trial)
        await until_on_topic(trial, 3)


async def test_a_topic_made_again_gets_everything_again(trial: Trial, pool: Pool) -> None:
    started_again = RELAY_STARTED_AGAIN.labels("trial")
    before = started_again._value.get()
    await append(pool, DIVISION, 100)
    async with relaying(trial, pool):
        await until_saved(trial, 100)
        make_again(trial)
        await append(pool, DIVISION, 20)
        await until(lambda: started_again._value.get() > before, what="the discovery")
        await until_saved(trial, 120)
    found = await sequences_on(trial.kafka.bootstrap, trial.topic)
    assert first_occurrences(found[DIVISION]) == upto(120)


async def test_a_new_leader_says_where_the_topic_holds_events(
    trial: Trial, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    non_empty: list[set[int]] = []
    real = Sender.__init__

    def told(sender: Sender, *given: str, **named: Any) -> None:
        non_empty.append(set(named["non_empty"]))
        real(sender, *given, **named)

    monkeypatch.setattr(Sender, "__init__", told)
    for events in (1, 2):
        await append(pool, DIVISION, 1)
        async with relaying(trial, pool):
            await until_saved(trial, events)
    assert non_empty == [set(), {partition_of(DIVISION, PARTITIONS)}]


async def test_a_topic_that_changes_in_the_middle_gets_everything(
    trial: Trial, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "MOST_EVENTS", 10)
    monkeypatch.setattr(leader, "_SAVE_SECONDS", 0)
    looks = itertools.count()
    real = Broker.topic

    async def changing(broker: Broker, name: str) -> TopicState:
        found = await real(broker, name)
        return found if next(looks) < 4 else dataclasses.replace(found, id="another")

    async def changing_id(broker: Broker, name: str) -> str:
        return (await changing(broker, name)).id

    monkeypatch.setattr(Broker, "topic", changing)
    monkeypatch.setattr(Broker, "topic_id", changing_id)
    await append(pool, DIVISION, 100)
    async with relaying(trial, pool):
        await until(lambda: trial.count(_SAVED_ON_ANOTHER) == 100, what="the second sending")
    found = await sequences_on(trial.kafka.bootstrap, trial.topic)
    assert len(found[DIVISION]) > 100
    assert found[DIVISION][-100:] == upto(100)


async def test_a_topic_that_lost_messages_gets_everything_again(trial: Trial, pool: Pool) -> None:
    await append(pool, DIVISION, 10)
    async with relaying(trial, pool):
        await until_saved(trial, 10)
    await append(pool, DIVISION, 1)
    # as if the eleventh had been there before the topic lost its end
    with psycopg.connect(trial.database.superuser_dsn) as connection:
        connection.execute("update relayed set seq = 11")
    async with relaying(trial, pool):
        await until_on_topic(trial, 21)
    found = await sequences_on(trial.kafka.bootstrap, trial.topic)
    assert found[DIVISION] == [*upto(10), *upto(11)]


@pytest.mark.slow
async def test_kafka_stopped_started_and_emptied_ends_with_everything(
    trial: Trial, pool: Pool
) -> None:
    with folder_that_vanishes() as folder, reserved_ports(2) as (port, controller):
        kafka = Kafka(folder, port, controller)
        part = _started(kafka, trial.topic)
        try:
            await append(pool, DIVISION, 50)
            async with relaying(trial, pool, kafka.bootstrap):
                await until_saved(trial, 50)
                part.stop()
                await append(pool, DIVISION, 50)
                await until(lambda: lag_told() == 50, what="the lag")
                part = start_kafka(kafka)
                await until_saved(trial, 100)
                # acknowledged by a broker whose folder is gone, and lost with it
                shutil.rmtree(kafka.folder)
                await append(pool, DIVISION, 50)
                part.process.wait(20)
                part = _started(kafka, trial.topic)
                await append(pool, DIVISION, 50)
                await until_saved(trial, 200, within=30)
                found = await sequences_on(kafka.bootstrap, trial.topic)
        finally:
            part.kill()
    assert first_occurrences(found[DIVISION]) == upto(200)


def _started(kafka: Kafka, topic: str) -> RunningPart:
    part = start_kafka(kafka)
    make_topics(kafka.bootstrap, [topic])
    return part

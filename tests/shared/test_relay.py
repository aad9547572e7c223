"""The relay on the real parts: every event on Kafka, in order, whatever dies in between."""

import asyncio
import dataclasses
import itertools
import shutil
import time
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import psycopg
import pytest
from kafka.admin import KafkaAdminClient

from deploy.local.kafka import Kafka
from deploy.local.parts import RunningPart, start_kafka
from deploy.local.ports import reserved_ports
from deploy.local.topics import make_topics
from shared.broker import Broker, TopicState
from shared.cloudevents import RecordedEvent
from shared.metrics import RELAY_LAG_EVENTS, RELAY_LAG_SECONDS, RELAY_STARTED_AGAIN
from shared.partitions import partition_of
from shared.postgres import Pool, new_pool
from shared.relay import Relay, lag, outbox, resend, term
from shared.relay.positions import Positions
from shared.relay.sending import Arrived, Sender, SendingFailed
from shared.topics import PARTITIONS
from tests.parts import folder_that_vanishes
from tests.shared.ledgers import COUNTY, DIVISION, NEIGHBOUR
from tests.shared.streams import Trial, event, until
from tests.shared.topic_readers import append, sequences_on

pytestmark = pytest.mark.parts

_NOTED_ON_ANOTHER = "select coalesce(sum(seq), 0) from relayed where topic_id = 'another'"
_LEAD = "select pg_advisory_lock(hashtextextended('concord relay trial', 0))"
_WAITING = "select count(*) from pg_locks where locktype = 'advisory' and not granted"
_NOTED_OF_NEIGHBOUR = "select coalesce(sum(seq), 0) from relayed where division_code = '519900102'"


@pytest.fixture
async def pool(trial: Trial) -> AsyncIterator[Pool]:
    async with new_pool(trial.database.dsn, name="relay test", size=4) as opened:
        yield opened


@asynccontextmanager
async def _relaying(
    trial: Trial, pool: Pool, bootstrap: str | None = None
) -> AsyncIterator[Relay]:
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


def _sender(trial: Trial, *, begun: Collection[int] = ()) -> Sender:
    return Sender(trial.kafka.bootstrap, topic=trial.topic, partitions=PARTITIONS, begun=begun)


def _noted(trial: Trial) -> int:
    return trial.count("select coalesce(sum(seq), 0) from relayed")


async def _until_noted(trial: Trial, events: int, *, within: float = 20) -> None:
    await until(lambda: _noted(trial) == events, within=within, what=f"{events} noted")


def _make_again(trial: Trial) -> None:
    _lose(trial)
    make_topics(trial.kafka.bootstrap, [trial.topic])


def _make(trial: Trial, partitions: int) -> None:
    admin = KafkaAdminClient(bootstrap_servers=trial.kafka.bootstrap)
    made = {trial.topic: {"num_partitions": partitions, "replication_factor": 1}}
    while admin.create_topics(made, raise_errors=False)["topics"][0]["error_code"]:
        time.sleep(0.05)  # the one that was deleted is still going
    admin.close()


def _lose(trial: Trial) -> None:
    admin = KafkaAdminClient(bootstrap_servers=trial.kafka.bootstrap)
    admin.delete_topics([trial.topic])
    admin.close()


def _restore(trial: Trial, *, last: int) -> None:
    """The database as a backup would have it that was made after that event."""
    with psycopg.connect(trial.database.superuser_dsn) as connection:
        connection.execute("delete from event where seq > %s", (last,))
        connection.execute(
            "update ledger set (head_seq, head_hash) ="
            " (select seq, hash from event where seq = %s)",
            (last,),
        )
        connection.execute("update relayed set seq = %s", (last,))


def _upto(last: int) -> list[int]:
    return list(range(1, last + 1))


async def test_every_event_arrives_once_and_in_order(trial: Trial, pool: Pool) -> None:
    await append(pool, DIVISION, 700)
    async with _relaying(trial, pool) as relay:
        await append(pool, NEIGHBOUR, 300)
        relay.nudge()
        await _until_noted(trial, 1000)
        await until(lambda: _lag() == 0, within=5, what="no lag")
    found = await sequences_on(trial.kafka.bootstrap, trial.topic)
    assert found == {DIVISION: _upto(700), NEIGHBOUR: _upto(300)}


async def test_a_ledger_whose_time_is_ahead_of_the_brokers_is_carried_too(
    trial: Trial, pool: Pool
) -> None:
    """A wrong clock was set right: the ledger's time stands still, and may be days ahead."""
    await append(pool, DIVISION, 1)
    with psycopg.connect(trial.database.superuser_dsn, autocommit=True) as connection:
        connection.execute("update ledger set head_recorded_at = now() + interval '9 days'")
    await append(pool, DIVISION, 1)
    async with _relaying(trial, pool):
        await _until_noted(trial, 2)


async def test_a_nudge_sends_at_once(trial: Trial, pool: Pool) -> None:
    async with _relaying(trial, pool) as relay:
        await append(pool, DIVISION, 1)
        await _until_noted(trial, 1)
        relay.nudge()
        await append(pool, DIVISION, 1)
        relay.nudge()
        await _until_noted(trial, 2, within=2)


async def test_killed_between_sending_and_noting_it_sends_again(
    trial: Trial, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await append(pool, DIVISION, 200)
    with monkeypatch.context() as before_the_kill:
        before_the_kill.setattr(Positions, "note", _never)
        async with _relaying(trial, pool):
            await _until_on_topic(trial, 200)
    assert _noted(trial) == 0
    await append(pool, DIVISION, 50)
    async with _relaying(trial, pool):
        await _until_noted(trial, 250)
    found = await sequences_on(trial.kafka.bootstrap, trial.topic)
    assert found[DIVISION] == [*_upto(200), *_upto(250)]


async def test_two_relays_contend_and_one_takes_over(trial: Trial, pool: Pool) -> None:
    await append(pool, DIVISION, 100)
    async with _relaying(trial, pool), _relaying(trial, pool):
        await _until_noted(trial, 100)
        assert _locks(trial) == 1
        _end_the_leader(trial)
        await append(pool, DIVISION, 100)
        await _until_noted(trial, 200)
        assert _locks(trial) == 1
    found = await sequences_on(trial.kafka.bootstrap, trial.topic)
    assert _first_occurrences(found[DIVISION]) == _upto(200)


async def test_whoever_leads_no_more_tells_no_lag(trial: Trial, pool: Pool) -> None:
    """The other tells it; what was told last would be an alarm for good."""
    await append(pool, DIVISION, 3)
    async with (
        _relaying(trial, pool, bootstrap="127.0.0.1:1"),
        await psycopg.AsyncConnection.connect(trial.database.superuser_dsn) as another,
    ):
        await until(lambda: _lag() == 3, what="the lag")
        leading = asyncio.create_task(another.execute(_LEAD))
        await until(lambda: trial.count(_WAITING) == 1, what="another that waits")
        _end_the_leader(trial)
        await leading
        await until(lambda: _lag() == 0, what="no lag")
        assert RELAY_LAG_SECONDS.labels("trial")._value.get() == 0


async def test_a_database_older_than_the_topic_sends_nothing_there(
    trial: Trial, pool: Pool
) -> None:
    """As after a backup was restored: its next events would be skipped as duplicates."""
    assert partition_of(DIVISION, PARTITIONS) != partition_of(NEIGHBOUR, PARTITIONS)
    await append(pool, DIVISION, 5)
    async with _relaying(trial, pool):
        await _until_noted(trial, 5)
    _restore(trial, last=3)
    await append(pool, DIVISION, 2)
    async with _relaying(trial, pool) as relay:
        await until(lambda: "event 4 of" in str(relay._refusal), within=20, what="a refusal")
        assert f"event 4 of {DIVISION}" in (await relay.check() or "")
        assert (await sequences_on(trial.kafka.bootstrap, trial.topic))[DIVISION] == _upto(5)
        # townships of other partitions do not wait for it
        await append(pool, NEIGHBOUR, 2)
        await _until_noted(trial, 3 + 2)
        _make_again(trial)
        await _until_noted(trial, 5 + 2)
        assert await relay.check() is None
    assert (await sequences_on(trial.kafka.bootstrap, trial.topic))[DIVISION] == _upto(5)


@pytest.mark.parametrize("partitions", [PARTITIONS // 2, PARTITIONS * 2])
async def test_a_topic_with_another_number_of_partitions_is_refused_until_it_is_made_again(
    trial: Trial, pool: Pool, partitions: int
) -> None:
    """Ledgers would land in other partitions than before."""
    _lose(trial)
    _make(trial, partitions)
    await append(pool, DIVISION, 3)
    async with _relaying(trial, pool) as relay:
        await until(lambda: f"has {partitions} part" in str(relay._refusal), what="a refusal")
        await until(lambda: _lag() == 3, what="the lag")
        assert await sequences_on(trial.kafka.bootstrap, trial.topic, partitions) == {}
        _make_again(trial)
        await _until_noted(trial, 3)
        assert await relay.check() is None


async def test_a_relay_is_not_ready_before_it_has_looked(pool: Pool) -> None:
    relay = Relay(pool, service="trial", county=COUNTY, bootstrap="127.0.0.1:1")
    assert "not yet" in (await relay.check() or "")


async def test_a_forged_message_at_the_end_of_the_topic_does_not_stop_the_relay(
    trial: Trial, pool: Pool
) -> None:
    await trial.send([event(77)])
    await append(pool, DIVISION, 3)
    async with _relaying(trial, pool):
        await _until_noted(trial, 3)


async def test_a_topic_made_again_gets_everything_again(trial: Trial, pool: Pool) -> None:
    started_again = RELAY_STARTED_AGAIN.labels("trial")
    before = started_again._value.get()
    await append(pool, DIVISION, 100)
    async with _relaying(trial, pool):
        await _until_noted(trial, 100)
        _make_again(trial)
        await append(pool, DIVISION, 20)
        await until(lambda: started_again._value.get() > before, what="the discovery")
        await _until_noted(trial, 120)
    found = await sequences_on(trial.kafka.bootstrap, trial.topic)
    assert _first_occurrences(found[DIVISION]) == _upto(120)


async def test_what_a_lost_topic_did_not_take_does_not_come_first_on_the_new_one(
    trial: Trial,
) -> None:
    async with _sender(trial) as sender:
        await sender.send([event(1)])
        _lose(trial)
        sending = asyncio.create_task(sender.send([event(2)]))
        # by now it was refused once, as by a broker that came back and has no topic yet
        await asyncio.sleep(0.1)
        make_topics(trial.kafka.bootstrap, [trial.topic])
        # unless the lost topic took it in its last moment, it is refused
        with suppress(SendingFailed):
            await sending
    assert await sequences_on(trial.kafka.bootstrap, trial.topic) == {}


async def test_what_an_earlier_producer_began_does_not_go_on_first_on_a_new_topic(
    trial: Trial,
) -> None:
    await trial.send([event(1)])
    async with _sender(trial, begun=range(PARTITIONS)) as sender:
        _lose(trial)
        sending = asyncio.create_task(sender.send([event(2)]))
        await asyncio.sleep(0.1)
        make_topics(trial.kafka.bootstrap, [trial.topic])
        # unless the lost topic took it in its last moment, it is refused
        with suppress(SendingFailed):
            await sending
    assert await sequences_on(trial.kafka.bootstrap, trial.topic) == {}


async def test_what_a_producer_that_missed_the_topic_holds_does_not_come_first_on_the_new_one(
    trial: Trial,
) -> None:
    async with _sender(trial) as sender:
        await sender.send([event(1)])
        _lose(trial)
        # as the client does by itself every few seconds: it knows of no such topic now
        client = sender._producer.client
        while client.cluster.partitions_for_topic(trial.topic):
            await client.force_metadata_update()
        make_topics(trial.kafka.bootstrap, [trial.topic])
        await trial.send([event(1, NEIGHBOUR)])
        with pytest.raises(SendingFailed, match="a partition is gone"):
            await sender.send([event(2)])
    assert await sequences_on(trial.kafka.bootstrap, trial.topic) == {NEIGHBOUR: [1]}


async def test_a_new_term_says_where_the_topic_holds_events(
    trial: Trial, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[set[int]] = []
    real = Sender.__init__

    def told(sender: Sender, *given: str, **named: Any) -> None:
        begun.append(set(named["begun"]))
        real(sender, *given, **named)

    monkeypatch.setattr(Sender, "__init__", told)
    for events in (1, 2):
        await append(pool, DIVISION, 1)
        async with _relaying(trial, pool):
            await _until_noted(trial, events)
    assert begun == [set(), {partition_of(DIVISION, PARTITIONS)}]


async def test_a_topic_that_changes_in_the_middle_gets_everything(
    trial: Trial, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "MOST_EVENTS", 10)
    monkeypatch.setattr(term, "_NOTE_SECONDS", 0)
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
    async with _relaying(trial, pool):
        await until(lambda: trial.count(_NOTED_ON_ANOTHER) == 100, what="the second sending")
    found = await sequences_on(trial.kafka.bootstrap, trial.topic)
    assert len(found[DIVISION]) > 100
    assert found[DIVISION][-100:] == _upto(100)


async def test_a_township_does_not_wait_for_the_whole_backlog_of_another(
    trial: Trial, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does the lag: a backlog may take many minutes."""
    monkeypatch.setattr(outbox, "MOST_EVENTS", 10)
    monkeypatch.setattr(term, "_ROUND_SECONDS", 0.1)
    monkeypatch.setattr(lag, "_EVERY_SECONDS", 0.1)
    await append(pool, DIVISION, 2000)
    real = Sender.send

    async def send_slowly(sender: Sender, events: Sequence[RecordedEvent]) -> Arrived:
        await asyncio.sleep(0.02)
        return await real(sender, events)

    monkeypatch.setattr(Sender, "send", send_slowly)
    async with _relaying(trial, pool):
        await until(lambda: _noted(trial) > 0, what="the first of the backlog")
        await append(pool, NEIGHBOUR, 1)
        await until(lambda: trial.count(_NOTED_OF_NEIGHBOUR) == 1, what="the neighbour's event")
        assert 0 < _noted(trial) < 2000
        await until(lambda: _lag() < 2000, what="a lag that is measured meanwhile")
        assert _noted(trial) < 2001


async def test_a_topic_that_lost_messages_gets_everything_again(trial: Trial, pool: Pool) -> None:
    await append(pool, DIVISION, 10)
    async with _relaying(trial, pool):
        await _until_noted(trial, 10)
    await append(pool, DIVISION, 1)
    # as if the eleventh had been there before the topic lost its end
    with psycopg.connect(trial.database.superuser_dsn) as connection:
        connection.execute("update relayed set seq = 11")
    async with _relaying(trial, pool):
        await _until_on_topic(trial, 21)
    found = await sequences_on(trial.kafka.bootstrap, trial.topic)
    assert found[DIVISION] == [*_upto(10), *_upto(11)]


async def test_a_ledger_is_sent_again_when_asked_for(trial: Trial, pool: Pool) -> None:
    await append(pool, DIVISION, 30)
    await append(pool, NEIGHBOUR, 30)
    async with _relaying(trial, pool):
        await _until_noted(trial, 60)
        assert await resend(pool, county=COUNTY, division=DIVISION) == [DIVISION]
        await _until_on_topic(trial, 90)
        await _until_noted(trial, 60)
    found = await sequences_on(trial.kafka.bootstrap, trial.topic)
    assert found == {DIVISION: _upto(30) * 2, NEIGHBOUR: _upto(30)}


@pytest.mark.slow
async def test_kafka_stopped_started_and_emptied_ends_with_everything(
    trial: Trial, pool: Pool
) -> None:
    with folder_that_vanishes() as folder, reserved_ports(2) as (port, controller):
        kafka = Kafka(folder, port, controller)
        part = _started(kafka, trial.topic)
        try:
            await append(pool, DIVISION, 50)
            async with _relaying(trial, pool, kafka.bootstrap):
                await _until_noted(trial, 50)
                part.stop()
                await append(pool, DIVISION, 50)
                await until(lambda: _lag() == 50, what="the lag")
                part = start_kafka(kafka)
                await _until_noted(trial, 100)
                # acknowledged by a broker whose folder is gone, and lost with it
                shutil.rmtree(kafka.folder)
                await append(pool, DIVISION, 50)
                part.process.wait(20)
                part = _started(kafka, trial.topic)
                await append(pool, DIVISION, 50)
                await _until_noted(trial, 200, within=30)
                found = await sequences_on(kafka.bootstrap, trial.topic)
        finally:
            part.kill()
    assert _first_occurrences(found[DIVISION]) == _upto(200)


def _started(kafka: Kafka, topic: str) -> RunningPart:
    part = start_kafka(kafka)
    make_topics(kafka.bootstrap, [topic])
    return part


def _lag() -> float:
    return float(RELAY_LAG_EVENTS.labels("trial")._value.get())


async def _never(positions: Positions) -> None:
    if positions.unnoted():
        await asyncio.Event().wait()


async def _until_on_topic(trial: Trial, messages: int) -> None:
    async def there() -> bool:
        found = await sequences_on(trial.kafka.bootstrap, trial.topic)
        return sum(map(len, found.values())) == messages

    for _ in range(100):
        if await there():
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{messages} messages did not come")


def _first_occurrences(sequences: list[int]) -> list[int]:
    return list(dict.fromkeys(sequences))


def _locks(trial: Trial) -> int:
    return trial.count(
        "select count(*) from pg_locks l join pg_database d on d.oid = l.database"
        " where l.locktype = 'advisory' and l.granted and d.datname = current_database()"
    )


def _end_the_leader(trial: Trial) -> None:
    trial.count(
        "select count(pg_terminate_backend(l.pid)) from pg_locks l"
        " join pg_database d on d.oid = l.database"
        " where l.locktype = 'advisory' and l.granted and d.datname = current_database()"
    )

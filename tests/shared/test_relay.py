"""The relay on the real parts: every event on Kafka, in order, whatever dies in between."""

import asyncio
from collections.abc import Sequence

import psycopg
import pytest

from shared.cloudevents import RecordedEvent
from shared.metrics import RELAY_LAG_SECONDS
from shared.partitions import partition_of
from shared.postgres import Pool
from shared.relay import Announcer, Relay, lag, leader, outbox, resend
from shared.relay.positions import Positions
from shared.relay.sending import Arrived, Sender
from shared.topics import PARTITIONS
from tests.shared.ledgers import COUNTY, DIVISION, NEIGHBOUR
from tests.shared.relaying import (
    first_occurrences,
    lag_told,
    make_again,
    relaying,
    saved,
    until_on_topic,
    until_saved,
    upto,
)
from tests.shared.streams import Trial, event, until
from tests.shared.topic_readers import append, sequences_on

pytestmark = pytest.mark.parts

_LEAD = "select pg_advisory_lock(hashtextextended('concord relay trial', 0))"
_WAITING = """
    select count(*) from pg_locks l join pg_database d on d.oid = l.database
    where l.locktype = 'advisory' and not l.granted and d.datname = current_database()
"""
_SAVED_OF_NEIGHBOUR = "select coalesce(sum(seq), 0) from relayed where division_code = '519900102'"


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


async def test_every_event_arrives_once_and_in_order(trial: Trial, pool: Pool) -> None:
    await append(pool, DIVISION, 700)
    async with relaying(trial, pool) as relay:
        await append(pool, NEIGHBOUR, 300)
        relay.nudge()
        await until_saved(trial, 1000)
        await until(lambda: lag_told() == 0, within=5, what="no lag")
    found = await sequences_on(trial.kafka.bootstrap, trial.topic)
    assert found == {DIVISION: upto(700), NEIGHBOUR: upto(300)}


async def test_a_ledger_whose_time_is_ahead_of_the_brokers_is_carried_too(
    trial: Trial, pool: Pool
) -> None:
    """A wrong clock was set right: the ledger's time stands still, and may be days ahead."""
    await append(pool, DIVISION, 1)
    with psycopg.connect(trial.database.superuser_dsn, autocommit=True) as connection:
        connection.execute("update ledger set head_recorded_at = now() + interval '9 days'")
    await append(pool, DIVISION, 1)
    async with relaying(trial, pool):
        await until_saved(trial, 2)


async def test_a_nudge_sends_at_once(
    trial: Trial, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.relay.relay._IDLE_SECONDS", 3600.0)
    async with relaying(trial, pool) as relay:
        for messages in 1, 2:
            await append(pool, DIVISION, 1)
            relay.nudge()
            await until_on_topic(trial, messages)


async def test_what_another_process_announces_is_sent_at_once(
    trial: Trial, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.relay.relay._IDLE_SECONDS", 3600.0)
    async with relaying(trial, pool), Announcer(pool).running() as announcer:
        await append(pool, DIVISION, 1)
        await until_on_topic(trial, 1)
        for messages in 2, 3:
            await append(pool, DIVISION, 1)
            announcer.announce()
            await until_on_topic(trial, messages)


async def test_a_lost_connection_ends_the_wait_for_announcements(
    trial: Trial, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.relay.relay._IDLE_SECONDS", 3600.0)
    async with relaying(trial, pool):
        await append(pool, DIVISION, 1)
        await until_saved(trial, 1)
        await append(pool, DIVISION, 1)
        _end_the_leader(trial)
        await until_saved(trial, 2)


async def test_killed_between_sending_and_saving_it_sends_again(
    trial: Trial, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await append(pool, DIVISION, 200)
    with monkeypatch.context() as before_the_kill:
        before_the_kill.setattr(Positions, "save", _never)
        async with relaying(trial, pool):
            await until_on_topic(trial, 200)
    assert saved(trial) == 0
    await append(pool, DIVISION, 50)
    async with relaying(trial, pool):
        await until_saved(trial, 250)
    found = await sequences_on(trial.kafka.bootstrap, trial.topic)
    assert found[DIVISION] == [*upto(200), *upto(250)]


async def test_two_relays_contend_and_one_takes_over(trial: Trial, pool: Pool) -> None:
    await append(pool, DIVISION, 100)
    async with relaying(trial, pool), relaying(trial, pool):
        await until_saved(trial, 100)
        assert _locks(trial) == 1
        _end_the_leader(trial)
        await append(pool, DIVISION, 100)
        await until_saved(trial, 200)
        assert _locks(trial) == 1
    found = await sequences_on(trial.kafka.bootstrap, trial.topic)
    assert first_occurrences(found[DIVISION]) == upto(200)


async def test_whoever_leads_no_more_tells_no_lag(trial: Trial, pool: Pool) -> None:
    """The other tells it; what was told last would be an alarm for good."""
    await append(pool, DIVISION, 3)
    async with (
        relaying(trial, pool, bootstrap="127.0.0.1:1"),
        await psycopg.AsyncConnection.connect(trial.database.superuser_dsn) as another,
    ):
        await until(lambda: lag_told() == 3, what="the lag")
        leading = asyncio.create_task(another.execute(_LEAD))
        await until(lambda: trial.count(_WAITING) == 1, what="another that waits")
        _end_the_leader(trial)
        await leading
        await until(lambda: lag_told() == 0, what="no lag")
        assert RELAY_LAG_SECONDS.labels("trial")._value.get() == 0


async def test_a_database_older_than_the_topic_sends_nothing_there(
    trial: Trial, pool: Pool
) -> None:
    """As after a backup was restored: its next events would be skipped as duplicates."""
    assert partition_of(DIVISION, PARTITIONS) != partition_of(NEIGHBOUR, PARTITIONS)
    await append(pool, DIVISION, 5)
    async with relaying(trial, pool):
        await until_saved(trial, 5)
    _restore(trial, last=3)
    await append(pool, DIVISION, 2)
    async with relaying(trial, pool) as relay:
        await until(lambda: "event 4 of" in str(relay._refusal), within=20, what="a refusal")
        assert f"event 4 of {DIVISION}" in (await relay.check() or "")
        assert (await sequences_on(trial.kafka.bootstrap, trial.topic))[DIVISION] == upto(5)
        # townships of other partitions do not wait for it
        await append(pool, NEIGHBOUR, 2)
        await until_saved(trial, 3 + 2)
        make_again(trial)
        await until_saved(trial, 5 + 2)
        assert await relay.check() is None
    assert (await sequences_on(trial.kafka.bootstrap, trial.topic))[DIVISION] == upto(5)


async def test_a_relay_is_not_ready_before_it_has_looked(pool: Pool) -> None:
    relay = Relay(pool, service="trial", county=COUNTY, bootstrap="127.0.0.1:1")
    assert "not yet" in (await relay.check() or "")


async def test_a_forged_message_at_the_end_of_the_topic_does_not_stop_the_relay(
    trial: Trial, pool: Pool
) -> None:
    await trial.send([event(77)])
    await append(pool, DIVISION, 3)
    async with relaying(trial, pool):
        await until_saved(trial, 3)


async def test_a_township_does_not_wait_for_the_whole_backlog_of_another(
    trial: Trial, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does the lag: a backlog may take many minutes."""
    monkeypatch.setattr(outbox, "MOST_EVENTS", 10)
    monkeypatch.setattr(leader, "_ROUND_SECONDS", 0.1)
    monkeypatch.setattr(lag, "_EVERY_SECONDS", 0.1)
    await append(pool, DIVISION, 2000)
    real = Sender.send

    async def send_slowly(sender: Sender, events: Sequence[RecordedEvent]) -> Arrived:
        await asyncio.sleep(0.02)
        return await real(sender, events)

    monkeypatch.setattr(Sender, "send", send_slowly)
    async with relaying(trial, pool):
        await until(lambda: saved(trial) > 0, what="the first of the backlog")
        await append(pool, NEIGHBOUR, 1)
        await until(lambda: trial.count(_SAVED_OF_NEIGHBOUR) == 1, what="the neighbour's event")
        assert 0 < saved(trial) < 2000
        await until(lambda: lag_told() < 2000, what="a lag that is measured meanwhile")
        assert saved(trial) < 2001


async def test_a_ledger_is_sent_again_when_asked_for(trial: Trial, pool: Pool) -> None:
    await append(pool, DIVISION, 30)
    await append(pool, NEIGHBOUR, 30)
    async with relaying(trial, pool):
        await until_saved(trial, 60)
        assert await resend(pool, county=COUNTY, division=DIVISION) == [DIVISION]
        await until_on_topic(trial, 90)
        await until_saved(trial, 60)
    found = await sequences_on(trial.kafka.bootstrap, trial.topic)
    assert found == {DIVISION: upto(30) * 2, NEIGHBOUR: upto(30)}


async def _never(positions: Positions) -> None:
    if positions.unsaved():
        await asyncio.Event().wait()


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

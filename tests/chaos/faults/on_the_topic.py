"""Messages that no relay sent: copies, events out of their order, and rubbish."""

import asyncio
from random import Random

from aiokafka.structs import ConsumerRecord
from psycopg.rows import class_row

from shared.cloudevents import RecordedEvent, to_headers
from shared.testing.waiters import eventually
from tests.chaos.deeds import LOADED
from tests.chaos.faults.fault import Fault, Inflict, Townships
from tests.chaos.ground import Connection, Ground
from tests.chaos.observed import Ledger
from tests.chaos.topic import TOPICS, everything, injecting, ledger_of

_COPIES = 200
_AHEAD = 5
_FILLED_SECONDS = _UNSENT_SECONDS = 30.0
_UNSENT = """
    select %s as source, division_code as division, event.seq as sequence, stream_id, event_id,
           kind, schema_version, convert_to(data, 'UTF8') as data, actor_ref, correlation_id,
           causation_id, occurred_at, recorded_at, previous_hash, hash
    from event join relayed using (division_code)
    where event.seq > relayed.seq + 1 and division_code = any(%s) order by division_code, event.seq
"""


async def _copy_messages(ground: Ground, chance: Random, _: Townships) -> None:
    ours = await eventually(lambda: _ours(ground), within=_FILLED_SECONDS, every=0.5)
    async with injecting(ground.run.kafka.bootstrap) as injector:
        for record in chance.choices(ours, k=_COPIES):
            await injector.put(ledger_of(record), record.value, record.headers)


async def _ours(ground: Ground) -> list[ConsumerRecord]:
    """None yet, on topics that were lost a moment ago."""
    records = await everything(ground.run.kafka.bootstrap)
    return [record for record in records if "ce_sequence" in dict(record.headers)]


def _shuffling_ahead(service: str) -> Inflict:
    async def inflict(ground: Ground, chance: Random, townships: Townships) -> None:
        """With the relay's table locked nothing is sent, so later events can be put there first."""
        async with injecting(ground.run.kafka.bootstrap) as injector:
            with ground.database(service) as held, held.transaction():
                held.execute("lock table relayed in access exclusive mode")
                unsent = await eventually(
                    lambda: _unsent(held, service, townships), within=_UNSENT_SECONDS
                )
                chance.shuffle(unsent)
                for event in unsent:
                    ledger = Ledger(service, event.division)
                    await injector.put(ledger, event.data, to_headers(event))

    return inflict


def _unsent(connection: Connection, service: str, townships: Townships) -> list[RecordedEvent]:
    with connection.cursor(row_factory=class_row(RecordedEvent)) as cursor:
        found = cursor.execute(_UNSENT, (f"/{service}", townships)).fetchall()
    return found if len(found) >= _AHEAD else []


async def _throw_rubbish(ground: Ground, chance: Random, townships: Townships) -> None:
    rubbish = (b"not json at all", b'{"hello": "world"}', None)
    async with injecting(ground.run.kafka.bootstrap) as injector:
        for service in TOPICS:
            for value in chance.sample(rubbish, 2):
                ledger = Ledger(service, chance.choice(townships))
                await injector.put(ledger, value, [("content-type", b"text/plain")])
                await asyncio.sleep(chance.uniform(0.2, 1))


ON_THE_TOPIC = (
    Fault(
        "duplicates",
        f"{_COPIES} messages of both topics, drawn at random, put there again",
        "skipped by their sequence",
        _copy_messages,
        needs=("kafka",),
    ),
    *(
        Fault(
            f"reordering of {service}",
            f"the relay of {service} held, later events of its ledgers put on the topic first and"
            " shuffled",
            "they lie until the missing one has come, then all are taken in order",
            _shuffling_ahead(service),
            needs=("postgres", "kafka", service),
        )
        for service in LOADED
    ),
    Fault(
        "rubbish",
        "two messages that are not ours on each topic",
        "parked with the reason; the rest goes on",
        _throw_rubbish,
        needs=("kafka",),
    ),
)

"""What a rebuild makes of messages that were parked, and of a topic that is another one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

import pytest
from aiokafka import AIOKafkaProducer
from kafka import KafkaAdminClient

from deploy.kafka.topics import make_topics
from deploy.local.ports import reserved_ports
from services.stats.rebuilding.refusals import SeveralSpoiled
from services.stats.stream.subject_fold import SubjectFold
from shared.cloudevents import RecordedEvent
from shared.partitions import partition_of
from shared.postgres import Connection
from shared.streaming.park_by_hand import park_by_hand
from shared.streaming.poison import MOST_IN_A_ROW
from shared.topics import PARTITIONS
from tests.parts import KafkaForTests, PostgresForTests
from tests.shared.streams import until
from tests.stats.lives import COUNTY, NEIGHBOUR, TOWNSHIP, Ledger
from tests.stats.rebuilds import Stage

pytestmark = pytest.mark.parts
HERE = partition_of(TOWNSHIP, PARTITIONS)


class Choosy(SubjectFold):
    """A release that cannot fold some places of ledgers."""

    refused: ClassVar[set[int]] = {4}

    async def apply(self, connection: Connection, events: Sequence[RecordedEvent]) -> None:
        if any(event.sequence in self.refused for event in events):
            raise ValueError("not to our taste")
        await super().apply(connection, events)


class Disgusted(Choosy):
    refused: ClassVar[set[int]] = set(range(3, 10))


@pytest.fixture
def stage(postgres: PostgresForTests, kafka: KafkaForTests) -> Iterator[Stage]:
    stage = Stage.fresh(postgres, kafka)
    with reserved_ports(1) as (stage.port,):
        yield stage


def a_ledger(division: str = TOWNSHIP) -> Ledger:
    ledger = Ledger(division)
    for day in range(1, 6):
        case = ledger.file(f"2025-03-0{day}")
        ledger.accept(case, "2025-04-02")
    return ledger


PARKED = "select division_code, seq, replayed_at is not null from parked order by 1, 2, parked_at"


async def test_what_was_parked_is_folded_by_a_rebuild_after_the_mend(stage: Stage) -> None:
    ledger, neighbour = a_ledger(), a_ledger(NEIGHBOUR)
    await stage.send([*ledger.events, *neighbour.events])
    async with stage.worker(Choosy(stage.view.subjects)):
        await stage.until_folded(ledger.events, neighbour.events)
    assert stage.ask(PARKED) == [(TOWNSHIP, 4, False), (NEIGHBOUR, 4, False)]
    live = stage.rows()

    # nothing is mended yet
    await stage.rebuild(replace(stage.view, folds=Choosy))
    assert stage.rows() == live
    assert stage.ask(PARKED) == [(TOWNSHIP, 4, False), (NEIGHBOUR, 4, False)]

    rebuilt = await stage.rebuild()
    assert stage.ask(PARKED) == [(TOWNSHIP, 4, True), (NEIGHBOUR, 4, True)]
    assert stage.ask("select distinct parked_seqs from inbox") == [([],)]
    assert len(stage.rows()["case_step"]) == 20 == rebuilt.swapped.events


async def test_what_was_made_good_by_a_whole_copy_stays_good_in_a_rebuild(stage: Stage) -> None:
    ledger = a_ledger()
    spoilt = replace(ledger.events[3], data=b'{"a":')
    await stage.send([*ledger.events[:3], spoilt, *ledger.events[3:]])
    async with stage.worker():
        await stage.until_folded(ledger.events)
        await until(lambda: stage.ask(PARKED) == [(TOWNSHIP, 4, True)], what="the mend")

    rebuilt = await stage.rebuild()

    assert rebuilt.swapped.newly_parked == 0
    assert stage.ask(PARKED) == [(TOWNSHIP, 4, True)]
    assert stage.ask("select distinct parked_seqs from inbox") == [([],)]


async def test_strangers_that_are_aside_do_not_stop_a_rebuild(stage: Stage) -> None:
    ledger = a_ledger()
    await stage.send(ledger.events[:5])
    async with AIOKafkaProducer(bootstrap_servers=stage.kafka.bootstrap) as producer:
        for _ in range(MOST_IN_A_ROW + 1):
            await producer.send_and_wait(stage.topic, b"rubbish", partition=HERE)
    await stage.send(ledger.events[5:])
    with pytest.raises(SeveralSpoiled, match="concord dead park"):
        await stage.rebuild()

    async with stage.pool() as pool:
        await park_by_hand(
            pool,
            bootstrap=stage.kafka.bootstrap,
            topic=stage.topic,
            source="/intake",
            county=COUNTY,
            partition=HERE,
            offsets=range(5, 6 + MOST_IN_A_ROW),
        )
    rebuilt = await stage.rebuild()

    assert rebuilt.swapped.newly_parked == 0
    assert len(stage.rows()["case_step"]) == 10


async def test_what_only_the_rebuild_cannot_fold_is_parked_by_it(stage: Stage) -> None:
    ledger = a_ledger()
    await stage.send(ledger.events)
    await stage.fold(ledger.events)

    rebuilt = await stage.rebuild(replace(stage.view, folds=Choosy))

    assert rebuilt.swapped.newly_parked == 1
    assert stage.ask(PARKED) == [(TOWNSHIP, 4, False)]
    assert stage.ask("select parked_seqs from inbox") == [([4],)]
    assert len(stage.rows()["case_step"]) == 9


async def test_a_release_that_can_fold_little_makes_no_view_of_it(stage: Stage) -> None:
    ledger = a_ledger()
    await stage.send(ledger.events)
    await stage.fold(ledger.events)
    live = stage.rows()

    with pytest.raises(SeveralSpoiled, match="in a row cannot be folded"):
        await stage.rebuild(replace(stage.view, folds=Disgusted))

    assert stage.rows() == live
    assert stage.ask(PARKED) == []
    assert stage.schemas() == set()


async def test_a_topic_that_was_made_anew_gives_the_same_view(stage: Stage) -> None:
    ledger = a_ledger()
    await stage.send(ledger.events)
    await stage.rebuild()
    live, [[old_id]] = stage.rows(), stage.ask("select topic_id from inbox")
    admin = KafkaAdminClient(bootstrap_servers=stage.kafka.bootstrap)
    try:
        admin.delete_topics([stage.topic])
        make_topics(stage.kafka.bootstrap, [stage.topic])
    finally:
        admin.close()
    await stage.send(ledger.events)

    await stage.rebuild()

    assert stage.rows() == live
    assert stage.ask("select topic_id from inbox") != [(old_id,)]

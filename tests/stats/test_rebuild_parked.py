"""What a rebuild makes of messages that were parked, and of a topic that is another one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

import pytest
from kafka import KafkaAdminClient

from deploy.local.ports import reserved_ports
from deploy.local.topics import make_topics
from services.stats.rebuilding.refusals import SeveralSpoiled
from services.stats.stream.subject_fold import SubjectFold
from shared.cloudevents import RecordedEvent
from shared.postgres import Connection
from tests.parts import KafkaForTests, PostgresForTests
from tests.stats.lives import NEIGHBOUR, TOWNSHIP, Ledger
from tests.stats.rebuilds import Stage

pytestmark = pytest.mark.parts


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

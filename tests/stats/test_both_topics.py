"""One worker follows every topic, and a page of figures stands by all of them."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest

from deploy.kafka.topics import make_topics
from deploy.local.ports import reserved_ports
from services.stats.stream.views import VIEWS
from shared.postgres import transaction
from shared.streaming import Worker, WorkerSettings
from shared.topics import TOPICS, dead_letters_of
from tests.parts import KafkaForTests, PostgresForTests
from tests.shared.streams import send, until
from tests.stats.grid_lives import Grids
from tests.stats.lives import COUNTY, TOWNSHIP, Ledger
from tests.stats.mediation_lives import Mediations
from tests.stats.rebuilds import Stage

pytestmark = pytest.mark.parts


@pytest.fixture
def stage(postgres: PostgresForTests, kafka: KafkaForTests) -> Iterator[Stage]:
    stage = Stage.fresh(postgres, kafka)
    with reserved_ports(1) as (stage.port,):
        yield stage


def test_every_view_has_a_topic_that_is_made() -> None:
    for view in VIEWS:
        assert {view.topic, dead_letters_of(view.topic)} <= set(TOPICS)


async def test_a_worker_folds_what_every_service_tells(stage: Stage, kafka: KafkaForTests) -> None:
    cases, ledger, grids = Ledger(), Mediations(), Grids()
    cases.accept(cases.file("2025-03-04"), "2025-03-05")
    ledger.fail(ledger.apply("2025-03-01"), "2025-03-02")
    grids.validate(grids.submit("2025-03-01"), "2025-03-02")
    grids.enrol("2025-01-01")
    topics = {
        "cases": stage.topic,
        "mediations": kafka.fresh_topic("mediation"),
        "grids": kafka.fresh_topic("grid"),
    }
    make_topics(kafka.bootstrap, [dead_letters_of(topics[name]) for name in topics])
    await send(kafka.bootstrap, topics["cases"], cases.events)
    await send(kafka.bootstrap, topics["mediations"], ledger.events)
    await send(kafka.bootstrap, topics["grids"], grids.events)

    def folded() -> dict[str, int]:
        return dict(stage.ask("select source, next_seq - 1 from inbox"))

    stop = asyncio.Event()
    streams = WorkerSettings(
        service=stage.topic,
        county=COUNTY,
        bootstrap=kafka.bootstrap,
        port=stage.port,
        session_timeout=6.0,
        metadata_age=1.0,
    )
    async with stage.pool() as pool:
        worker = Worker(streams, pool)
        for view in VIEWS:
            worker.attach(topics[view.name], replace(view, topic=topics[view.name]).fold())
        running = asyncio.ensure_future(worker.run(stop))
        try:
            wanted = {"/intake": 2, "/mediation": 2, "/grid": 3}
            await until(lambda: folded() == wanted, what="every ledger")
        finally:
            stop.set()
            await running
        async with transaction(pool, COUNTY) as connection:
            for table in ("case_fact", "mediation_fact", "report_fact", "worker_fact"):
                found = await connection.execute(f"select division_code from {table}")
                assert await found.fetchall() == [(TOWNSHIP,)]

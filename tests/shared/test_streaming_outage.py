"""A worker whose Kafka or PostgreSQL goes away waits for it, commits nothing, and goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.parts import start_kafka, start_postgres
from deploy.local.ports import reserved_ports
from tests.running_parts import (
    OwnKafka,
    OwnPostgres,
    folder_that_vanishes,
    running_kafka,
    running_postgres,
)
from tests.shared.ledgers import DIVISION
from tests.shared.streams import Trial, event, folding_database, ledger, until

pytestmark = [pytest.mark.parts, pytest.mark.slow]


Lonely = tuple[Trial, OwnPostgres, OwnKafka]


@pytest.fixture
def lonely_trial(tmp_path: Path) -> Iterator[Lonely]:
    """A trial whose parts nobody else uses."""
    with (
        folder_that_vanishes() as folder,
        reserved_ports(1) as (port,),
    ):
        folder.chmod(0o711)
        with running_postgres(folder) as postgres, running_kafka(folder) as kafka:
            database = folding_database(postgres, tmp_path)
            trial = Trial(postgres, kafka, database, kafka.fresh_topic(), port, tmp_path)
            yield trial, postgres, kafka


async def test_postgres_and_kafka_go_and_come_back(lonely_trial: Lonely) -> None:
    trial, first_postgres, first_kafka = lonely_trial
    await trial.send(ledger(10))
    async with trial.worker() as worker:
        await trial.until_folded({DIVISION: list(range(1, 11))})

        first_postgres.part.kill()
        # it is told before there is anything to fold
        await until(lambda: worker.checks()["database"] is not None, what="the worker's waiting")
        await trial.send([event(11)])
        postgres = start_postgres(trial.postgres.cluster, trial.postgres.password)
        await trial.until_folded({DIVISION: list(range(1, 12))})

        first_kafka.part.stop()
        await until(lambda: worker.checks()["kafka"] is not None, what="the worker's waiting")
        kafka = start_kafka(trial.kafka.broker)
        await trial.send([event(12)])
        await trial.until_folded({DIVISION: list(range(1, 13))}, within=40)
        await until(lambda: not any(worker.checks().values()), what="readiness")
    kafka.stop()
    postgres.stop()

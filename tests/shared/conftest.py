"""What tests of streams share: a trial of its own for each."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from deploy.local.ports import reserved_ports
from shared.postgres import Pool, new_pool
from tests.parts import KafkaForTests, PostgresForTests
from tests.shared.streams import Trial, folding_database


@pytest.fixture
def trial(postgres: PostgresForTests, kafka: KafkaForTests, tmp_path: Path) -> Iterator[Trial]:
    database = folding_database(postgres, tmp_path)
    with reserved_ports(1) as (port,):
        yield Trial(postgres, kafka, database, kafka.fresh_topic(), port, tmp_path)


@pytest.fixture
async def pool(trial: Trial) -> AsyncIterator[Pool]:
    async with new_pool(trial.database.dsn, name="trial", size=4) as opened:
        yield opened

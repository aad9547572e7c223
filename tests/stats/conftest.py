"""What tests of the store and of the doors of stats start from."""

from collections.abc import AsyncIterator

import pytest

from shared.postgres import Pool
from tests.parts import PostgresForTests
from tests.stats.doors import Doors, open_doors
from tests.stats.folding import stats_pool


@pytest.fixture
async def pool(postgres: PostgresForTests) -> AsyncIterator[Pool]:
    async with stats_pool(postgres) as opened:
        yield opened


@pytest.fixture
async def doors(postgres: PostgresForTests) -> AsyncIterator[Doors]:
    async with open_doors(postgres) as opened:
        yield opened

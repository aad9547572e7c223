"""One database and one app for all tests of grid's API; each has villages of its own."""

from collections.abc import AsyncIterator

import pytest

from tests.grid.doors import Doors, fresh_grid, open_doors
from tests.parts import PostgresForTests


@pytest.fixture(scope="session")
async def doors(postgres: PostgresForTests) -> AsyncIterator[Doors]:
    async with open_doors(fresh_grid(postgres)) as opened:
        yield opened


@pytest.fixture
async def empty_doors(postgres: PostgresForTests) -> AsyncIterator[Doors]:
    """For what counts or lists everything that is there."""
    async with open_doors(fresh_grid(postgres)) as opened:
        yield opened

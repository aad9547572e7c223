"""One database and one app for all tests of mediation's doors; each has disputes of its own."""

from collections.abc import AsyncIterator

import pytest

from tests.mediation.doors import Committee, Doors, fresh_mediation, open_doors
from tests.parts import PostgresForTests


@pytest.fixture(scope="session")
async def doors(postgres: PostgresForTests) -> AsyncIterator[Doors]:
    async with open_doors(fresh_mediation(postgres)) as opened:
        yield opened


@pytest.fixture
async def empty_doors(postgres: PostgresForTests) -> AsyncIterator[Doors]:
    """For what counts or lists everything that is there."""
    async with open_doors(fresh_mediation(postgres)) as opened:
        yield opened


@pytest.fixture(scope="session")
async def committee(doors: Doors) -> Committee:
    return await doors.set_up()

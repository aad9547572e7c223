"""A client of the whole system's doors, for all flows."""

from collections.abc import Iterator

import pytest

from tests.deploy.commands import System
from tests.flow.doors import Doors


@pytest.fixture(scope="session")
def doors(whole: System) -> Iterator[Doors]:
    with Doors.of(whole.run_folder) as opened:
        yield opened

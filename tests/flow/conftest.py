"""The whole system, started once for all flows, as `concord up` starts it."""

from collections.abc import Iterator

import pytest

from deploy.local.run_ports import USUAL
from tests.deploy.commands import System
from tests.deploy.conftest import a_system
from tests.flow.doors import Doors


@pytest.fixture(scope="session")
def whole() -> Iterator[System]:
    with a_system("whole", USUAL, whole=True) as system:
        system.up()
        yield system


@pytest.fixture(scope="session")
def doors(whole: System) -> Iterator[Doors]:
    with Doors.of(whole.run_folder) as opened:
        yield opened

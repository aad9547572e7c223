"""The whole system of the session, and two townships of it that the attacks are about."""

from collections.abc import Iterator

import pytest

from deploy.local.run_folder import RunFolder
from tests.attack.townships import Townships
from tests.deploy.commands import System
from tests.flow.doors import Doors


@pytest.fixture(scope="session")
def townships(whole: System) -> Iterator[Townships]:
    with Doors.of(whole.run_folder) as doors:
        yield Townships.settled(doors)


@pytest.fixture(scope="session")
def run(townships: Townships) -> RunFolder:
    """With cases in two townships, so that there is something to steal."""
    return townships.doors.run

"""Fixtures for everyone: the real parts, started when first asked for and once per run."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.run_ports import USUAL
from tests.deploy.commands import System
from tests.deploy.conftest import a_system
from tests.parts import KafkaForTests, PostgresForTests
from tests.running_parts import folder_that_vanishes, running_kafka, running_postgres


@pytest.fixture(scope="session")
def parts_folder() -> Iterator[Path]:
    with folder_that_vanishes() as folder:
        # `nobody`, as whom PostgreSQL runs for root, has to get through
        folder.chmod(0o711)
        yield folder


@pytest.fixture(scope="session")
def postgres(parts_folder: Path) -> Iterator[PostgresForTests]:
    with running_postgres(parts_folder) as running:
        yield running


@pytest.fixture(scope="session")
def kafka(parts_folder: Path) -> Iterator[KafkaForTests]:
    with running_kafka(parts_folder) as running:
        yield running


@pytest.fixture(scope="session")
def whole() -> Iterator[System]:
    """The whole system as `concord up` starts it, by somebody whose umask hides nothing."""
    with a_system("whole", USUAL, whole=True) as system:
        theirs = os.umask(0)
        try:
            system.up()
        finally:
            os.umask(theirs)
        yield system


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs the whole system comes last: until then it takes no memory from the others."""
    items.sort(key=lambda item: "whole" in getattr(item, "fixturenames", ()))

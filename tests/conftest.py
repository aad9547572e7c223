"""Fixtures for everyone: the real parts, started when first asked for and once per run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.parts import (
    KafkaForTests,
    PostgresForTests,
    folder_that_vanishes,
    running_kafka,
    running_postgres,
)


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

"""Kafka and PostgreSQL of a test's own, in a folder that vanishes."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local import jars
from deploy.local.kafka import Kafka
from deploy.local.parts import RunningPart, start_kafka, start_postgres
from deploy.local.ports import reserved_ports
from deploy.local.postgres import Postgres
from tests.belongings import janitor
from tests.parts import KafkaForTests, PostgresForTests


@dataclass(frozen=True)
class OwnPostgres(PostgresForTests):
    """One that this process may stop and start."""

    part: RunningPart = field(repr=False)


@dataclass(frozen=True)
class OwnKafka(KafkaForTests):
    """One that this process may stop and start."""

    part: RunningPart = field(repr=False)


@contextmanager
def folder_that_vanishes(prefix: str = "concord-tests-") -> Iterator[Path]:
    """A folder that is removed at the end, also when this process is killed."""
    folder = Path(tempfile.mkdtemp(prefix=prefix)).resolve()
    with janitor("", str(folder)):
        yield folder


@contextmanager
def running_postgres(folder: Path, **settings: str) -> Iterator[OwnPostgres]:
    password = secrets.token_urlsafe(16)
    with reserved_ports(1) as (port,):
        cluster = Postgres.in_folder(folder / "pg", port)
        # tests survive no power failure, so nothing needs to reach the disk
        hasty = {"fsync": "off", "full_page_writes": "off"}
        part = start_postgres(cluster, password, **(hasty | settings))
        try:
            yield OwnPostgres(cluster, password, part)
        finally:
            part.stop()


@contextmanager
def running_kafka(folder: Path) -> Iterator[OwnKafka]:
    jars.fetch_jars(jars.jars_folder(), jars.read_pins(), jars.fetch_from_registry)
    with reserved_ports(2) as (port, controller_port):
        broker = Kafka(folder, port, controller_port)
        part = start_kafka(broker)
        try:
            yield OwnKafka(broker, part.process.pid, part)
        finally:
            part.stop()

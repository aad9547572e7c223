"""The real Kafka and PostgreSQL of a test run: each starts when first asked for, once."""

import itertools
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local import jars
from deploy.local.databases import ensure_database
from deploy.local.kafka import Kafka
from deploy.local.parts import RunningPart, start_kafka, start_postgres
from deploy.local.ports import LOOPBACK, reserved_ports
from deploy.local.postgres import Postgres
from deploy.local.service_database import ServiceDatabase
from deploy.local.topics import make_topics

_numbers = itertools.count(1)


@dataclass(frozen=True)
class FreshDatabase:
    """An empty database of its own: `owner_dsn` migrates, `dsn` is what a service runs as."""

    name: str
    role: str
    owner_dsn: str
    dsn: str
    superuser_dsn: str


@dataclass(frozen=True)
class PostgresForTests:
    cluster: Postgres
    password: str
    part: RunningPart = field(repr=False)

    @property
    def host(self) -> str:
        return LOOPBACK

    @property
    def port(self) -> int:
        return self.cluster.port

    @property
    def superuser_dsn(self) -> str:
        return self.cluster.dsn(self.password)

    def fresh_database(self, prefix: str = "test") -> FreshDatabase:
        """Made as `concord up` makes a service's: two roles, nothing for anyone else."""
        name = f"{prefix}_{next(_numbers)}"
        made = ServiceDatabase(name, secrets.token_urlsafe(8), secrets.token_urlsafe(8))
        ensure_database(self.superuser_dsn, made)
        dsn = self.cluster.dsn
        return FreshDatabase(
            name=name,
            role=made.role,
            owner_dsn=dsn(made.owner_password, user=made.owner, database=name),
            dsn=dsn(made.role_password, user=made.role, database=name),
            superuser_dsn=dsn(self.password, database=name),
        )


@dataclass(frozen=True)
class KafkaForTests:
    broker: Kafka
    part: RunningPart = field(repr=False)

    @property
    def bootstrap(self) -> str:
        return self.broker.bootstrap

    def fresh_topic(self, prefix: str = "test") -> str:
        """An empty topic of its own, shaped as `concord up` shapes them."""
        name = f"{prefix}.{next(_numbers)}"
        make_topics(self.bootstrap, [name])
        return name


@contextmanager
def folder_that_vanishes(prefix: str = "concord-tests-") -> Iterator[Path]:
    """A folder that is removed at the end, also when this process is killed."""
    folder = Path(tempfile.mkdtemp(prefix=prefix)).resolve()
    janitor = Path(__file__).parent / "parts_janitor.py"
    command = [sys.executable, "-S", "-E", str(janitor), str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, cwd="/"):
        yield folder


@contextmanager
def running_postgres(folder: Path, **settings: str) -> Iterator[PostgresForTests]:
    password = secrets.token_urlsafe(16)
    with reserved_ports(1) as (port,):
        cluster = Postgres.in_folder(folder / "pg", port)
        # tests survive no power failure, so nothing needs to reach the disk
        hasty = {"fsync": "off", "full_page_writes": "off"}
        part = start_postgres(cluster, password, **(hasty | settings))
        try:
            yield PostgresForTests(cluster, password, part)
        finally:
            part.stop()


@contextmanager
def running_kafka(folder: Path) -> Iterator[KafkaForTests]:
    jars.fetch_jars(jars.jars_folder(), jars.read_pins(), jars.fetch_from_registry)
    with reserved_ports(2) as (port, controller_port):
        broker = Kafka(folder, port, controller_port)
        part = start_kafka(broker)
        try:
            yield KafkaForTests(broker, part)
        finally:
            part.stop()

"""What tests ask the real Kafka and PostgreSQL for: databases and topics of their own."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import LiteralString

import psycopg
from psycopg import sql

from deploy.kafka.topics import make_topics
from deploy.local.kafka import Kafka
from deploy.local.ports import LOOPBACK
from deploy.local.postgres import Postgres
from deploy.postgres.databases import ensure_database
from deploy.postgres.service_database import ServiceDatabase

Connection = psycopg.Connection[tuple[object, ...]]

_IS_COMPLETE = """
    select 1 from pg_database
    where datname = %s and shobj_description(oid, 'pg_database') = 'complete'
"""


@dataclass(frozen=True)
class FreshDatabase:
    """A database of its own: `owner_dsn` migrates, `dsn` is what a service runs as."""

    name: str
    role: str
    owner_dsn: str
    dsn: str
    superuser_dsn: str


@dataclass(frozen=True)
class PostgresForTests:
    cluster: Postgres
    password: str

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
        """Empty, and made as `concord up` makes a service's: two roles, nothing for anyone else."""
        name = _unique(prefix)
        ensure_database(self.superuser_dsn, self._roles(name))
        return self._database(name, roles=name)

    def cloned_database(
        self, prefix: str, fill: Callable[[FreshDatabase], None], name: str | None = None
    ) -> FreshDatabase:
        """A copy of a database that is filled once a run; the copies share its two roles."""
        name, template = name or _unique(prefix), f"{prefix}_template"
        with psycopg.connect(self.superuser_dsn, autocommit=True) as connection:
            self._ensure_template(connection, template, fill)
            statement = "create database {0} template {1} owner {2}"
            _run(connection, statement, name, template, self._roles(template).owner)
            _run(connection, "revoke all on database {} from public", name)
            _run(connection, "grant connect on database {} to {}", name, template)
        return self._database(name, roles=template)

    def _ensure_template(
        self, connection: Connection, template: str, fill: Callable[[FreshDatabase], None]
    ) -> None:
        """One process makes it while the others wait; its comment says that it is complete."""
        connection.execute("select pg_advisory_lock(hashtext(%s))", (template,))
        if connection.execute(_IS_COMPLETE, (template,)).fetchone() is None:
            _run(connection, "drop database if exists {}", template)
            ensure_database(self.superuser_dsn, self._roles(template))
            fill(self._database(template, roles=template))
            _run(connection, "comment on database {} is 'complete'", template)
        connection.execute("select pg_advisory_unlock(hashtext(%s))", (template,))

    def _roles(self, name: str) -> ServiceDatabase:
        """Every process of the run knows their passwords."""
        return ServiceDatabase(name, f"{self.password}-owner", f"{self.password}-role")

    def _database(self, name: str, *, roles: str) -> FreshDatabase:
        made, dsn = self._roles(roles), self.cluster.dsn
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
    pid: int

    @property
    def bootstrap(self) -> str:
        return self.broker.bootstrap

    def fresh_topic(self, prefix: str = "test") -> str:
        """An empty topic of its own, shaped as `concord up` shapes them."""
        name = f"{prefix}.{secrets.token_hex(4)}"
        make_topics(self.bootstrap, [name])
        return name


def _unique(prefix: str) -> str:
    """A name that no other process of the run takes."""
    return f"{prefix}_{secrets.token_hex(4)}"


def _run(connection: Connection, statement: LiteralString, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

"""The parts that tests run on are the real ones, shaped as in the one-machine run."""

import psycopg
import pytest
from kafka import KafkaAdminClient

from shared.topics import PARTITIONS
from tests.parts import KafkaForTests, PostgresForTests

pytestmark = pytest.mark.parts


def test_a_service_reaches_its_own_database_only(postgres: PostgresForTests) -> None:
    own, other = postgres.fresh_database("own"), postgres.fresh_database("other")
    psycopg.connect(own.dsn).close()
    for foreign in (other.name, "postgres", "template1"):
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(own.dsn, dbname=foreign)


def test_a_service_owns_nothing_and_makes_nothing(postgres: PostgresForTests) -> None:
    own = postgres.fresh_database()
    with (
        psycopg.connect(own.dsn) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("create table t (x int)")


def test_the_owner_migrates(postgres: PostgresForTests) -> None:
    own = postgres.fresh_database()
    with psycopg.connect(own.owner_dsn) as connection:
        connection.execute("create table t (x int)")


def test_a_wrong_password_is_refused(postgres: PostgresForTests) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres.cluster.dsn("guessed"))


def test_a_topic_has_our_partitions_and_never_expires(kafka: KafkaForTests) -> None:
    name = kafka.fresh_topic()
    admin = KafkaAdminClient(bootstrap_servers=kafka.bootstrap)
    (described,) = admin.describe_topics([name])
    assert len(described["partitions"]) == PARTITIONS
    admin.close()

"""The jobs that a county runs before its services: topics and databases, made once, from secrets."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from deploy.kafka.topics import admin_client
from shared.services import LEDGER_KEEPERS, SERVICES
from shared.topics import PARTITIONS, TOPICS
from tests.parts import KafkaForTests, PostgresForTests

pytestmark = [pytest.mark.parts, pytest.mark.slow]


def run_job(name: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", f"deploy.county.{name}"],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    for service in SERVICES:
        for kind in ("owner_database_password", "database_password"):
            (tmp_path / f"{service.name}_{kind}").write_text(f"{service.name} {kind}/%\n")
    return tmp_path


def test_databases_are_made_with_the_passwords_that_the_services_read(
    postgres: PostgresForTests, secrets: Path
) -> None:
    (secrets / "postgres_superuser_password").write_text(postgres.password)
    given = {
        "POSTGRES_SUPERUSER_URL": f"postgresql://postgres@{postgres.host}:{postgres.port}/postgres",
        "CONCORD_SECRETS_DIR": str(secrets),
    }
    for _ in range(2):
        done = run_job("databases_job", **given)
        assert done.returncode == 0, done.stderr
        assert all(
            f"{service.name}'s database is of this release" in done.stdout for service in SERVICES
        )
    with psycopg.connect(
        host=postgres.host,
        port=postgres.port,
        user="intake",
        password="intake database_password/%",
        dbname="intake",
    ) as connection:
        assert connection.execute("select count(*) from event").fetchone() == (0,)


def test_what_was_erased_is_deleted_with_passwords_from_files(
    postgres: PostgresForTests, secrets: Path
) -> None:
    (secrets / "postgres_superuser_password").write_text(postgres.password)
    place = f"{postgres.host}:{postgres.port}"
    given = {"CONCORD_SECRETS_DIR": str(secrets)}
    url = f"postgresql://postgres@{place}/postgres"
    assert run_job("databases_job", POSTGRES_SUPERUSER_URL=url, **given).returncode == 0
    for service in LEDGER_KEEPERS:
        prefix = service.upper()
        given[f"{prefix}_OWNER_DATABASE_URL"] = f"postgresql://{service}_owner@{place}/{service}"
        given[f"{prefix}_COUNTY"] = "519900"
    done = subprocess.run(
        [sys.executable, "-c", "from cli.main import run; run(['purge'])"],
        env={"PATH": os.environ["PATH"], **given},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for service in LEDGER_KEEPERS:
        assert f"{service}: files of erased persons deleted: 0" in done.stdout


def test_a_cluster_that_is_not_there_is_one_sentence(secrets: Path) -> None:
    url = "postgresql://postgres:secret-of-one@127.0.0.1:1/postgres"
    done = run_job("databases_job", POSTGRES_SUPERUSER_URL=url, CONCORD_SECRETS_DIR=str(secrets))
    assert done.returncode == 1
    assert "The databases were not made" in done.stderr
    assert "secret-of-one" not in done.stderr


def test_a_missing_password_is_named(tmp_path: Path) -> None:
    url = "postgresql://postgres:one@127.0.0.1:1/postgres"
    done = run_job("databases_job", POSTGRES_SUPERUSER_URL=url, CONCORD_SECRETS_DIR=str(tmp_path))
    assert done.returncode == 2
    assert "INTAKE_OWNER_DATABASE_PASSWORD is missing" in done.stderr


def test_topics_are_made_once(kafka: KafkaForTests) -> None:
    first = run_job("topics_job", TOPICS_KAFKA_BOOTSTRAP=kafka.bootstrap)
    assert first.returncode == 0, first.stderr
    again = run_job("topics_job", TOPICS_KAFKA_BOOTSTRAP=kafka.bootstrap)
    assert "Every topic is there." in again.stdout
    admin = admin_client(kafka.bootstrap)
    try:
        described = admin.describe_topics(list(TOPICS))
    finally:
        admin.close()
    assert {len(topic["partitions"]) for topic in described} == {PARTITIONS}


def test_a_broker_that_is_not_there_is_one_sentence() -> None:
    done = run_job("topics_job", TOPICS_KAFKA_BOOTSTRAP="127.0.0.1:1")
    assert done.returncode == 1
    assert "The topics were not made" in done.stderr

"""Databases of a service as its migration leaves them: migrated once a run, then copied."""

from pathlib import Path

from shared.migrating import migrate
from tests.parts import FreshDatabase, PostgresForTests


def migrated(postgres: PostgresForTests, service: str, versions: Path) -> FreshDatabase:
    def fill(database: FreshDatabase) -> None:
        migrate(database.owner_dsn, service=service, role=database.role, versions=versions)

    return postgres.cloned_database(service, fill)

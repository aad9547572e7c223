"""A ledger with the real tables for tests of what is built on it, without any service."""

from pathlib import Path

from shared.migrating import migrate
from tests.parts import FreshDatabase, PostgresForTests

DIVISION = "519900101"
NEIGHBOUR = "519900102"
COUNTY = "519900"

_REVISION = """
revision = "{service}_0001"
down_revision = None
branch_labels = ("{service}",)
depends_on = ("ledger_0002", "inbox_0002")


def upgrade() -> None:
    pass
"""


def fresh_ledgers(
    postgres: PostgresForTests, folder: Path, service: str = "trial"
) -> FreshDatabase:
    """A fresh database with a ledger and an inbox, as a service without tables of its own has."""
    database = postgres.fresh_database(service)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{service}_0001.py").write_text(_REVISION.format(service=service))
    migrate(database.owner_dsn, service=service, role=database.role, versions=folder)
    return database

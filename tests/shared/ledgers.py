"""A ledger with the real tables for tests of what is built on it, without any service."""

from pathlib import Path

from tests.migrated import migrated
from tests.parts import FreshDatabase, PostgresForTests

DIVISION = "519900101"
NEIGHBOUR = "519900102"
COUNTY = "519900"

_REVISION = """
revision = "trial_0001"
down_revision = None
branch_labels = ("trial",)
depends_on = ("ledger_0005", "inbox_0002", "due_0003")


def upgrade() -> None:
    pass
"""


def fresh_ledgers(postgres: PostgresForTests, folder: Path) -> FreshDatabase:
    """A fresh database with a ledger, an inbox and due rows, as a service without tables of its own has."""
    return migrated(postgres, "trial", trial_revisions(folder))


def trial_revisions(folder: Path) -> Path:
    """What brings a database there, written into that folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "trial_0001.py").write_text(_REVISION)
    return folder

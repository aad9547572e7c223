"""Rows that fall due, and the lease under which one process works on those of a ledger."""

from shared.migrating import run_sql

revision = "due_0001"
down_revision = None
branch_labels = ("due",)
depends_on = ("scope_0001",)


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

"""What a service has consumed of others' ledgers, and what it had to park."""

from shared.migrating import run_sql

revision = "inbox_0001"
down_revision = None
branch_labels = ("inbox",)
depends_on = ("scope_0001",)


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

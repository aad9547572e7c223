"""Leases and pauses that a clock which ran ahead cannot prolong."""

from shared.migrating import run_sql

revision = "due_0002"
down_revision = "due_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

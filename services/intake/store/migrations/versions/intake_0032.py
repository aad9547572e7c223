"""Visits to higher levels that were reported back, one row a report."""

from shared.migrating import run_sql

revision = "intake_0032"
down_revision = "intake_0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

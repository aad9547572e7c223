"""Signals and work orders, and the cases with which they may count."""

from shared.migrating import run_sql

revision = "grid_0009"
down_revision = "grid_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

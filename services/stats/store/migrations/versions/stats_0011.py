"""Whom a grid report is about, and what of it was corrected."""

from shared.migrating import run_sql

revision = "stats_0011"
down_revision = "stats_0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

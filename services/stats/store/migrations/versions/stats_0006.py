"""Columns for corrected, voided and declined cases, notices, extensions and grounds."""

from shared.migrating import run_sql

revision = "stats_0006"
down_revision = "stats_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

"""Steps, facts and rollups of cases."""

from shared.migrating import run_sql

revision = "stats_0001"
down_revision = None
branch_labels = ("stats",)
depends_on = ("scope_0001", "inbox_0001")


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

"""Steps, facts and rollups of grid reports, villages, grids and grid workers."""

from shared.migrating import run_sql

revision = "stats_0007"
down_revision = "stats_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

"""Tables of patrols done, and of grids as they have to be patrolled."""

from shared.migrating import run_sql

revision = "stats_0008"
down_revision = "stats_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

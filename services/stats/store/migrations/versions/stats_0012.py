"""Tables of what leaders and units did: receptions, visits, conferences."""

from shared.migrating import run_sql

revision = "stats_0012"
down_revision = "stats_0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

"""The units that signals complain of, by their codes."""

from shared.migrating import run_sql

revision = "grid_0019"
down_revision = "grid_0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

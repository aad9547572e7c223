"""The unit that has a case, as intake says it."""

from shared.migrating import run_sql

revision = "grid_0016"
down_revision = "grid_0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

"""When the row of a report was written last, for who asks again what has changed."""

from shared.migrating import run_sql

revision = "grid_0021"
down_revision = "grid_0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

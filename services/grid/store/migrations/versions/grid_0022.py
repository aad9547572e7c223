"""Which orders came back to the desk, and when rows of signals and warnings were written last."""

from shared.migrating import run_sql

revision = "grid_0022"
down_revision = "grid_0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

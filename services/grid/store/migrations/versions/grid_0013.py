"""Weekly reports of townships whose grids were there before them."""

from shared.migrating import run_sql

revision = "grid_0013"
down_revision = "grid_0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

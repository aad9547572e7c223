"""The unit that a dispute complains of."""

from shared.migrating import run_sql

revision = "grid_0017"
down_revision = "grid_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

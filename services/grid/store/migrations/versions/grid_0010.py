"""Which signals complain of a unit, found by an index."""

from shared.migrating import run_sql

revision = "grid_0010"
down_revision = "grid_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

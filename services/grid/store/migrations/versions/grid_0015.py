"""The matters that a rule's warning is made of."""

from shared.migrating import run_sql

revision = "grid_0015"
down_revision = "grid_0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

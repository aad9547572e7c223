"""The units that a post is in charge of."""

from shared.migrating import run_sql

revision = "intake_0026"
down_revision = "intake_0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

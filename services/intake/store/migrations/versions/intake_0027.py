"""The days by which accusations are counted."""

from shared.migrating import run_sql

revision = "intake_0027"
down_revision = "intake_0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

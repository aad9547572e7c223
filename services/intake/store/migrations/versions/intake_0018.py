"""The division of the unit that a petition complains of, where the complaint states it."""

from shared.migrating import run_sql

revision = "intake_0018"
down_revision = "intake_0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

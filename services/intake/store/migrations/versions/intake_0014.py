"""The unit that each petition complains of: lists leave its cases out for its members."""

from shared.migrating import run_sql

revision = "intake_0014"
down_revision = "intake_0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

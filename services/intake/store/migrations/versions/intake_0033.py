"""Key cases that a leader owns, one row each."""

from shared.migrating import run_sql

revision = "intake_0033"
down_revision = "intake_0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

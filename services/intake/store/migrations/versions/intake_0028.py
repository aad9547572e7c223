"""Reveals: who asked to be shown a case that is not with them, and who approved it."""

from shared.migrating import run_sql

revision = "intake_0028"
down_revision = "intake_0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

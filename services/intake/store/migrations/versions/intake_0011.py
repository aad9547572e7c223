"""Numbers of the documents that petitioners receive, by unit and year."""

from shared.migrating import run_sql

revision = "intake_0011"
down_revision = "intake_0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

"""Whether a case waits for the office to answer its petitioner, and whether it is under review."""

from shared.migrating import run_sql

revision = "intake_0029"
down_revision = "intake_0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

"""Where the matter of each case came from, whom it reports to, and whether it is on its way."""

from shared.migrating import run_sql

revision = "intake_0015"
down_revision = "intake_0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

"""What the case board has for the work at hand, the search, and the figures that it explains."""

from shared.migrating import run_sql

revision = "intake_0020"
down_revision = "intake_0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

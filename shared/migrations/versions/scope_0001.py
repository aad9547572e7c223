"""Row-level security by division: what every protected table is set up with."""

from shared.migrating import run_sql

revision = "scope_0001"
down_revision = None
branch_labels = ("scope",)
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

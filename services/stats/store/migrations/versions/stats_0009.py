"""Tables of early warnings, and of watched matters."""

from shared.migrating import run_sql

revision = "stats_0009"
down_revision = "stats_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

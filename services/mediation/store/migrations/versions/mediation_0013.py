"""The units that disputes complain of, by their codes."""

from shared.migrating import run_sql

revision = "mediation_0013"
down_revision = "mediation_0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

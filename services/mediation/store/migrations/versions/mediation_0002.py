"""A paper may take its place back from the one that had replaced it."""

from shared.migrating import run_sql

revision = "mediation_0002"
down_revision = "mediation_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

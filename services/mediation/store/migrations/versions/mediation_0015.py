"""The day by which a dispute goes on, and when its row was written last, for lists of work at hand."""

from shared.migrating import run_sql

revision = "mediation_0015"
down_revision = "mediation_0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

"""Who was recused from a case to which a report was converted."""

from shared.migrating import run_sql

revision = "grid_0014"
down_revision = "grid_0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

"""As which posts a mediator came before."""

from shared.migrating import run_sql

revision = "mediation_0004"
down_revision = "mediation_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

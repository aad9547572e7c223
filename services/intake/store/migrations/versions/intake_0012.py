"""Which case each case is linked to, or repeats: what a registration is not voided under."""

from shared.migrating import run_sql

revision = "intake_0012"
down_revision = "intake_0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

"""The division of the unit with which each case is: another one while its matter is on its way."""

from shared.migrating import run_sql

revision = "intake_0017"
down_revision = "intake_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

"""Units and posts of the county as intake publishes them."""

from shared.migrating import run_sql

revision = "units_0001"
down_revision = None
branch_labels = ("units",)
depends_on = ("scope_0001",)


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

"""Villages, grids with their boundaries, workers, and who serves where."""

from shared.migrating import run_sql

revision = "grid_0001"
down_revision = None
branch_labels = ("grid",)
depends_on = ("ledger_0004", "due_0003", "inbox_0002", "vault_0003")


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

"""The vault, the case board, case numbers, query codes and registers' references."""

from shared.migrating import run_sql

revision = "intake_0001"
down_revision = None
branch_labels = ("intake",)
depends_on = ("ledger_0001", "inbox_0001")


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

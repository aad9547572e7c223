"""The ledger, its events, receipts and the relay's positions."""

from shared.migrating import run_sql

revision = "ledger_0001"
down_revision = None
branch_labels = ("ledger",)
depends_on = ("scope_0001",)


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

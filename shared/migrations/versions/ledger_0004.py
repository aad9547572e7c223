"""Appends that a clock which jumped cannot stamp, and the one way back in time."""

from shared.migrating import run_sql

revision = "ledger_0004"
down_revision = "ledger_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

"""The append of one event, without the work of sets."""

from shared.migrating import run_sql

revision = "ledger_0002"
down_revision = "ledger_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

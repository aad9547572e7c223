"""The mediation board, the roster, the committees, and the papers with their numbers."""

from shared.migrating import run_sql

revision = "mediation_0001"
down_revision = None
branch_labels = ("mediation",)
depends_on = ("ledger_0002", "inbox_0002", "vault_0001")


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

"""Attachments beside the texts of a vault, and who read them."""

from shared.migrating import run_sql

revision = "attachments_0001"
down_revision = None
branch_labels = ("attachments",)
depends_on = ("scope_0001",)


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

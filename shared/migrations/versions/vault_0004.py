"""Drafts: what a post has begun to write and not sent."""

from shared.migrating import run_sql

revision = "vault_0004"
down_revision = "vault_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

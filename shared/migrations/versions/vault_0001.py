"""The vault of a service that keeps persons: their wrapped keys, and what is sealed under them."""

from shared.migrating import run_sql

revision = "vault_0001"
down_revision = None
branch_labels = ("vault",)
depends_on = ("scope_0001",)


def upgrade() -> None:
    """Forward only: there is no way back that keeps what was recorded."""
    run_sql(__file__)

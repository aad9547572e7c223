"""Erasing files of the vault."""

revision = "mediation_0007"
down_revision = "mediation_0006"
branch_labels = None
depends_on = ("vault_0002",)


def upgrade() -> None:
    """Nothing of its own: it asks for the shared revision."""

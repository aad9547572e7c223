"""Entries of the vault whose words were corrected."""

revision = "mediation_0008"
down_revision = "mediation_0007"
branch_labels = None
depends_on = ("vault_0003",)


def upgrade() -> None:
    """Nothing of its own: it asks for the shared revision."""

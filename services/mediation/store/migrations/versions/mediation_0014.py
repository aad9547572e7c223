"""Drafts of posts."""

revision = "mediation_0014"
down_revision = "mediation_0013"
branch_labels = None
depends_on = ("vault_0004",)


def upgrade() -> None:
    """Nothing of its own: it asks for the shared revision."""

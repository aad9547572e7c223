"""Drafts of posts."""

revision = "grid_0020"
down_revision = "grid_0019"
branch_labels = None
depends_on = ("vault_0004",)


def upgrade() -> None:
    """Nothing of its own: it asks for the shared revision."""

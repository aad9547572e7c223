"""Attachments of reports."""

revision = "grid_0007"
down_revision = "grid_0006"
branch_labels = None
depends_on = ("attachments_0001",)


def upgrade() -> None:
    """Nothing of its own: it asks for the shared revision."""

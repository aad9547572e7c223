"""Attachments of cases."""

revision = "intake_0016"
down_revision = "intake_0015"
branch_labels = None
depends_on = ("attachments_0001",)


def upgrade() -> None:
    """Nothing of its own: it asks for the shared revision."""

"""What a service that follows others keeps: parked events beside the position of their ledger."""

revision = "intake_0003"
down_revision = "intake_0002"
branch_labels = None
depends_on = ("inbox_0002",)


def upgrade() -> None:
    """Nothing of its own: it asks for the shared revision."""
